"""Work that computes for long, done in a process of its own, so that whoever else asks is not kept waiting.

``aside(work, ask, "package.module:handler")`` does ``handler(work, ask)`` in a fresh process, in a transaction of its own,
with the same asker, time and correlation; what it answers or refuses comes back. A process a call: nothing to look after,
and its memory and its libraries go with it. The child reads its settings from the environment as every service does.
"""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, cast

import msgspec

from services.kit.actor import Actor
from services.kit.asking import Ask
from services.kit.db import Database
from services.kit.outcomes import Refused
from services.kit.settings import Settings
from services.kit.work import Work, begin

PATIENCE = 60.0
"""Seconds after which the child is ended, and its transaction with it."""

R = TypeVar("R")


class Errand(msgspec.Struct, kw_only=True):
    """What the child is told."""

    handler: str
    kind: str
    ask: msgspec.Raw
    actor: Actor
    now: datetime
    correlation: str


class Return(msgspec.Struct, kw_only=True):
    """What it says: a result, or why it refused."""

    result: msgspec.Raw = msgspec.Raw(b"null")
    refused: dict[str, Any] | None = None


def aside(work: Work, ask: Ask[R], handler: str, *, patience: float = PATIENCE) -> R:
    """The handler's answer. Raises Refused as it did, RuntimeError if the process failed, TimeoutExpired if it took too
    long; then nothing was done.
    """
    errand = Errand(
        handler=handler,
        kind=f"{type(ask).__module__}:{type(ask).__qualname__}",
        ask=msgspec.Raw(msgspec.json.encode(ask)),
        actor=work.actor,
        now=work.now,
        correlation=work.correlation,
    )
    done = subprocess.run(
        [sys.executable, "-m", "services.kit.aside"],
        input=msgspec.json.encode(errand),
        capture_output=True,
        timeout=patience,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{handler} failed aside: {done.stderr.decode(errors='replace')[-2000:]}")
    answer = msgspec.json.decode(done.stdout, type=Return)
    if answer.refused is not None:
        facts = answer.refused
        raise Refused(
            facts["slug"], facts["message"], status=facts["status"], field=facts["field"], **facts["facts"]
        )
    return cast(R, msgspec.json.decode(answer.result, type=type(ask).result))


def main(told: bytes) -> bytes:
    """The child's side: do the errand and say how it went."""
    errand = msgspec.json.decode(told, type=Errand)
    kind: type[Ask[Any]] = _named(errand.kind)
    handler: Callable[[Work, Ask[Any]], Any] = _named(errand.handler)
    url = Settings.load(kind.service).database_url
    if url is None:
        raise RuntimeError(f"{kind.service} has no database")
    database = Database(url, kind.service, pool_size=1)
    try:
        with begin(
            database,
            service=kind.service,
            actor=errand.actor,
            now=errand.now,
            correlation=errand.correlation,
        ) as work:
            result = handler(work, msgspec.json.decode(errand.ask, type=kind))
    except Refused as refused:
        reason = {name: getattr(refused, name) for name in ("slug", "message", "status", "field", "facts")}
        return msgspec.json.encode(Return(refused=reason))
    finally:
        database.close()
    return msgspec.json.encode(Return(result=msgspec.Raw(msgspec.json.encode(result))))


def _named(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(importlib.import_module(module), name)


if __name__ == "__main__":
    sys.stdout.buffer.write(main(sys.stdin.buffer.read()))
