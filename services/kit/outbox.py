"""The outbox: events are rows of the same transaction as the change that they tell of. Nothing leaves otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection, text

from services.kit.envelope import Envelope, Event, encode

INSERT = text(
    "INSERT INTO outbox (message_id, routing_key, body, written_at) SELECT message_id, routing_key, body, :written_at"
    " FROM unnest(:message_ids, :routing_keys, CAST(:bodies AS bytea[])) WITH ORDINALITY"
    " AS told (message_id, routing_key, body, place) ORDER BY place"
)


@dataclass
class Outbox:
    """The events of one unit of work; they are written together just before its commit."""

    service: str
    now: datetime
    correlation: str
    causation: str | None
    new_id: Callable[[], str]
    waiting: list[Envelope[Event]] = field(default_factory=list)

    def append(
        self,
        event: Event,
        *,
        aggregate: str,
        sequence: int,
        at: datetime | None = None,
        correlation: str | None = None,
    ) -> str:
        """Tell ``event`` when this work commits; returns the message's id.

        ``at`` is when it became true, where that is not now (a clock that ran out before anybody looked).
        ``correlation`` is given where one work serves several requests.

        ``aggregate`` is what changed (``order:<id>``), ``sequence`` its change counter after this change. The row lock
        that a change takes on its aggregate makes outbox ids follow the order of its changes.
        """
        if event.publisher() != self.service:
            raise ValueError(f"{self.service} may not publish {event.type}")
        envelope = Envelope[Event](
            id=self.new_id(),
            type=event.type,
            version=event.version,
            occurred_at=at or self.now,
            aggregate=aggregate,
            sequence=sequence,
            correlation=correlation or self.correlation,
            causation=self.causation,
            body=event,
        )
        self.waiting.append(envelope)
        return envelope.id

    def write(self, db: Connection) -> int:
        """Insert what was appended; returns how many."""
        told, self.waiting = self.waiting, []
        if told:
            names = {
                "message_ids": [envelope.id for envelope in told],
                "routing_keys": [envelope.routing_key for envelope in told],
                "bodies": [encode(envelope) for envelope in told],
                "written_at": datetime.now(UTC),
            }
            db.execute(INSERT, names)
        return len(told)
