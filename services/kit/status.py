"""What operators ask of every service: how it is, which messages it has parked, and to try those again.

``of`` names the service that is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.kit.asking import EVERY, Ask, Page


@dataclass(frozen=True, kw_only=True)
class Status:
    """``faults`` says by part (database, broker, process) why the service is not ready; empty when it is."""

    service: str
    faults: dict[str, str]
    outbox_depth: int
    outbox_oldest_seconds: float
    outbox_unwanted: int
    inbox_retrying: int
    inbox_parked: int


@dataclass(frozen=True, kw_only=True)
class ParkedMessage:
    """A message that was set aside after ``attempts`` tries; ``body`` is its envelope as JSON text."""

    consumer: str
    message_id: str
    event_type: str
    reason: str
    attempts: int
    received_at: datetime
    body: str


@dataclass(frozen=True, kw_only=True)
class Replayed:
    """How many messages will be tried again."""

    count: int


@dataclass(frozen=True, kw_only=True)
class ToOne:
    """A request that any one service answers."""

    of: str

    def target(self) -> str:
        return self.of


@dataclass(frozen=True, kw_only=True)
class GetStatus(ToOne, Ask[Status], service=EVERY):
    """Refused: not-allowed."""


@dataclass(frozen=True, kw_only=True)
class ListParked(ToOne, Ask[Page[ParkedMessage]], service=EVERY):
    """Parked messages, of one consumer or of all, the newest first; an operator of a district sees those that say that they are the
    district's. Refused: not-allowed, invalid (cursor).
    """

    consumer: str | None = None
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class ReplayParked(ToOne, Ask[Replayed], service=EVERY):
    """Try one parked message again, or all of a consumer. For operators of the city. Refused: not-allowed, no-such-message."""

    consumer: str
    message_id: str | None = None
