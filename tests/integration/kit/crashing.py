"""Places at which the probe kills itself, named by ``PROBE_CRASH``: each dies as by SIGKILL when first passed."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

from services.kit import relay
from services.kit.broker import WindowPublisher
from services.kit.events import EventsConsumer
from services.kit.outbox import Outbox
from services.kit.workshop import Workshop

CHOSEN = os.environ.get("PROBE_CRASH")
BEFORE_COMMIT = "before commit"
AFTER_COMMIT = "after commit"
AFTER_PUBLISH = "after publish"
IN_HANDLER = "in handler"
BEFORE_ACK = "before ack"
ALL = (BEFORE_COMMIT, AFTER_COMMIT, AFTER_PUBLISH, IN_HANDLER, BEFORE_ACK)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def arm() -> None:
    """Put the chosen death into the kit."""
    match CHOSEN:
        case "before commit":
            _die_after(Outbox, "write")
        case "after commit":
            # The relay holds still, so that nothing has left the outbox when the process dies.
            relay.carry_window = lambda *_, **__: 0
            _die_after(Workshop, "committed")
        case "after publish":
            _die_after(WindowPublisher, "publish")
        case "before ack":
            _die_instead_of(EventsConsumer, "_settled")


def _die_after(owner: type, name: str) -> None:
    act: Callable[..., Any] = getattr(owner, name)

    def act_and_die(*arguments: Any) -> None:
        act(*arguments)
        die()

    setattr(owner, name, act_and_die)


def _die_instead_of(owner: type, name: str) -> None:
    setattr(owner, name, lambda *_arguments, **_named: die())
