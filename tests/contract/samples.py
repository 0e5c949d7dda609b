"""Golden samples: each event once as it stands on the wire, kept in ``golden/``.

``python -m tests.contract.samples`` writes samples for events that have none yet; it never touches one that is there. A
change of a contract that breaks an old sample needs a new version of the event.
"""

from __future__ import annotations

import dataclasses
import enum
import types
import typing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec

from services.kit.catalogue import events_of
from services.kit.envelope import Envelope, Event, encode
from services.kit.migrate import SERVICES

GOLDEN = Path(__file__).parent / "golden"
MOMENT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
EVENTS = [event for service in SERVICES for event in events_of(service)]


def path_of(event: type[Event]) -> Path:
    return GOLDEN / f"{event.routing_key()}.json"


def sample_of(event: type[Event]) -> Envelope[Event]:
    """An envelope with an example value in every field, chosen by the field's type."""
    hints = typing.get_type_hints(event)
    body = event(
        **{field.name: _example(hints[field.name], field.name) for field in dataclasses.fields(event)}
    )
    return Envelope[Event](
        id="019a0000-0000-7000-8000-000000000001",
        type=event.type,
        version=event.version,
        occurred_at=MOMENT,
        aggregate="sample:1",
        sequence=3,
        correlation="019a0000-0000-7000-8000-000000000002",
        causation="019a0000-0000-7000-8000-000000000003",
        body=body,
    )


def _example(kind: Any, name: str) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in {types.UnionType, typing.Union}:
        return _example(arguments[0], name)
    if origin is tuple:
        return (_example(arguments[0], name),)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return next(iter(kind))
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(
            **{field.name: _example(hints[field.name], field.name) for field in dataclasses.fields(kind)}
        )
    return {
        str: f"{name}-1",
        int: 7,
        float: 7.5,
        bool: True,
        datetime: MOMENT,
        date: MOMENT.date(),
    }[kind]


def main() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for event in EVENTS:
        if not path_of(event).exists():
            pretty = msgspec.json.format(encode(sample_of(event)), indent=2)
            path_of(event).write_bytes(pretty + b"\n")


if __name__ == "__main__":
    main()
