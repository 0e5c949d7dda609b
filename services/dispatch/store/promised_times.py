"""Promised times by node."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection

from services.dispatch.contracts import PromisedTime, Urgency
from services.dispatch.store import rules
from services.dispatch.store.terms_tables import promised_times
from services.members.contracts import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLines:
    """The lines that were set at ``node``, by whom, when."""

    node: str
    lines: tuple[PromisedTime, ...]
    set_by: str
    set_at: datetime


def lines_at(db: Connection, node: str) -> SetLines | None:
    """Those of the nearest node at or above ``node`` that has any."""
    row = rules.nearest(db, promised_times, node)
    if row is None:
        return None
    lines = tuple(
        PromisedTime(
            **line
            | {
                "level": Level(line["level"]) if line["level"] else None,
                "urgency": Urgency(line["urgency"]) if line["urgency"] else None,
            }
        )
        for line in row.lines
    )
    return SetLines(node=row.node, lines=lines, set_by=row.set_by, set_at=row.set_at)


def keep(db: Connection, new: SetLines) -> None:
    lines = [asdict(line) for line in new.lines]
    rules.keep(db, promised_times, new.node, {"lines": lines, "set_by": new.set_by, "set_at": new.set_at})


def drop(db: Connection, node: str) -> bool:
    return rules.drop(db, promised_times, node)
