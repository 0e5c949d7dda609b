"""Events and the envelope they travel in: plain values, no I/O.

An event is a frozen dataclass that says what became true. Its envelope says which telling this is: id, time, the
aggregate it belongs to and its place in that aggregate's history, and what caused it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

import msgspec


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of all events. A subclass names its type and version once:

    ``class OrderCollected(Event, type="intake.order_collected", version=1)``. The publisher's name stands before the
    dot. Fields are ids, codes, times and plain values; never a phone, an address or a person's name.
    """

    type: ClassVar[str]
    version: ClassVar[int]

    def __init_subclass__(cls, *, type: str, version: int = 1) -> None:  # noqa: A002 - the field's own word
        cls.type = type
        cls.version = version

    @classmethod
    def routing_key(cls) -> str:
        """The topic under which the event is published, e.g. ``intake.order_collected.v1``."""
        return f"{cls.type}.v{cls.version}"

    @classmethod
    def publisher(cls) -> str:
        """The service that alone may publish this event."""
        return cls.type.split(".", 1)[0]


E_co = TypeVar("E_co", bound=Event, covariant=True)
E = TypeVar("E", bound=Event)


@dataclass(frozen=True, kw_only=True)
class Envelope(Generic[E_co]):
    """One telling of one event.

    ``sequence`` counts the changes of ``aggregate`` (``order:<id>``, ``task:<id>``) from 1; a later one with a smaller
    sequence is old news. ``correlation`` is shared by all that follows from one outside request, ``causation`` is the
    id of the message that made the publisher act (None for an outside request).
    """

    id: str
    type: str
    version: int
    occurred_at: datetime
    aggregate: str
    sequence: int
    correlation: str
    causation: str | None
    body: E_co

    @property
    def routing_key(self) -> str:
        return f"{self.type}.v{self.version}"


def encode(envelope: Envelope[Event]) -> bytes:
    """The envelope as UTF-8 JSON, as it lies in the outbox, on the wire and in the inbox."""
    return msgspec.json.encode(envelope)


class UndecodableError(ValueError):
    """The bytes are no envelope of the expected event; the message says where they go wrong."""


def decode(raw: bytes, event: type[E]) -> Envelope[E]:
    """Read an envelope whose body is ``event``; unknown fields are ignored, so publishers may add some.

    Raises UndecodableError.
    """
    try:
        envelope: Envelope[E] = msgspec.json.decode(raw, type=Envelope[event])  # type: ignore[valid-type]
    except (msgspec.DecodeError, msgspec.ValidationError) as wrong:
        raise UndecodableError(str(wrong)) from wrong
    if (envelope.type, envelope.version) != (event.type, event.version):
        raise UndecodableError(f"expected {event.routing_key()}, got {envelope.routing_key}")
    if "\0" in envelope.id:
        raise UndecodableError("the id holds a zero character, which no inbox can keep")
    return envelope


def describe(raw: bytes) -> dict[str, Any]:
    """The envelope as a plain dict for logs and operators' lists, whatever its event; raises UndecodableError."""
    try:
        found: dict[str, Any] = msgspec.json.decode(raw, type=dict[str, Any])
    except (msgspec.DecodeError, msgspec.ValidationError) as wrong:
        raise UndecodableError(str(wrong)) from wrong
    return found
