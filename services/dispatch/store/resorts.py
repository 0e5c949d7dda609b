"""Last resorts by node."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from services.dispatch.contracts import HandKind
from services.dispatch.store import rules
from services.dispatch.store.terms_tables import last_resorts


@dataclass(frozen=True, slots=True, kw_only=True)
class SetResort:
    """What was set at ``node``: after how many returns, who is asked then (None: the street decides), by whom, when."""

    node: str
    most_returns: int
    hand_kind: HandKind | None
    hand_id: str | None
    hold_minutes: int
    set_by: str
    set_at: datetime


def resort_at(db: Connection, node: str) -> SetResort | None:
    """The rule of the nearest node at or above ``node`` that has one."""
    row = rules.nearest(db, last_resorts, node)
    if row is None:
        return None
    return SetResort(
        node=row.node,
        most_returns=row.most_returns,
        hand_kind=HandKind(row.hand_kind) if row.hand_kind else None,
        hand_id=row.hand_id,
        hold_minutes=row.hold_minutes,
        set_by=row.set_by,
        set_at=row.set_at,
    )


def keep(db: Connection, new: SetResort) -> None:
    values = {
        "most_returns": new.most_returns,
        "hand_kind": new.hand_kind,
        "hand_id": new.hand_id,
        "hold_minutes": new.hold_minutes,
        "set_by": new.set_by,
        "set_at": new.set_at,
    }
    rules.keep(db, last_resorts, new.node, values)


def drop(db: Connection, node: str) -> bool:
    return rules.drop(db, last_resorts, node)
