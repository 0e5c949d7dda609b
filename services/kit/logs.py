"""Structured logs: one JSON object a line (or plain text for a terminal), each carrying the correlation at hand."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog


def configure(form: str) -> None:
    """Send all of the process's logs to standard error. ``form`` is ``json`` or ``text``."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last = (
        structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            last,
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    # Each of these says at INFO what our own lines and metrics say already.
    for noisy in ("amqp", "kombu", "nameko", "alembic.runtime", "werkzeug"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # At each stop nameko warns of every greenlet that it ends; that is how ours are meant to end.
    logging.getLogger("nameko.containers").setLevel(logging.ERROR)


def bind(**values: str) -> None:
    """Put values into every following line of this greenlet, until it ends or unbinds."""
    structlog.contextvars.bind_contextvars(**values)


def unbind() -> None:
    structlog.contextvars.clear_contextvars()
