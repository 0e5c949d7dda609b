"""One unit of work: what a handler is given. A transaction, who asks, what time it is, and the outbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection

from services.kit.actor import SYSTEM, Actor
from services.kit.db import Database
from services.kit.ids import new_id
from services.kit.outbox import Outbox


@dataclass
class Work:
    """``db`` is inside a transaction that commits when the handler returns and rolls back when it raises.

    ``now`` is the asking time (UTC), the same throughout; simulated time comes in here and nowhere else. ``new_id``
    gives fresh ids.
    """

    db: Connection
    now: datetime
    actor: Actor
    outbox: Outbox
    correlation: str
    new_id: Callable[[], str] = field(default=new_id)

    @classmethod
    def inside(
        cls,
        db: Connection,
        *,
        service: str,
        actor: Actor = SYSTEM,
        now: datetime | None = None,
        correlation: str | None = None,
        causation: str | None = None,
    ) -> Work:
        """A unit of work inside a transaction that the caller holds; the caller writes the outbox before it commits."""
        moment = now or datetime.now(UTC)
        thread = correlation or new_id()
        outbox = Outbox(service=service, now=moment, correlation=thread, causation=causation, new_id=new_id)
        return cls(db=db, now=moment, actor=actor, outbox=outbox, correlation=thread)


@contextmanager
def begin(
    database: Database,
    *,
    service: str,
    actor: Actor = SYSTEM,
    now: datetime | None = None,
    correlation: str | None = None,
    causation: str | None = None,
) -> Iterator[Work]:
    """Open a transaction for one handler; its events go into the outbox with its changes, or neither does."""
    with database.transaction() as db:
        work = Work.inside(
            db, service=service, actor=actor, now=now, correlation=correlation, causation=causation
        )
        yield work
        work.outbox.write(db)
