"""Bounds on grabbing by node, and what a member has grabbed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, func, or_, select

from services.dispatch.contracts import HandKind, PartState, State
from services.dispatch.domain.grabbing import GrabLimits, GrabRecord
from services.dispatch.domain.parts import Part
from services.dispatch.store import rules
from services.dispatch.store.loads import parts_in_hand
from services.dispatch.store.tables import assignments, hands, tasks
from services.dispatch.store.terms_tables import grab_limits

SETTINGS = ("most_in_hand", "most_a_day", "cool_down_minutes", "hold_minutes", "free_minutes")


@dataclass(frozen=True, slots=True)
class SetLimits:
    """Bounds with who set them, and when."""

    limits: GrabLimits
    set_by: str
    set_at: datetime


def limits_at(db: Connection, node: str) -> SetLimits | None:
    """The bounds of the nearest node at or above ``node`` that has any."""
    row = rules.nearest(db, grab_limits, node)
    if row is None:
        return None
    limits = GrabLimits(node=row.node, **{name: getattr(row, name) for name in SETTINGS})
    return SetLimits(limits, row.set_by, row.set_at)


def keep(db: Connection, new: SetLimits) -> None:
    """Enter the bounds of a node, or replace them."""
    values = {name: getattr(new.limits, name) for name in SETTINGS}
    rules.keep(db, grab_limits, new.limits.node, values | {"set_by": new.set_by, "set_at": new.set_at})


def drop(db: Connection, node: str) -> bool:
    """Forget the bounds of a node; False if it had none of its own."""
    return rules.drop(db, grab_limits, node)


def record_of(db: Connection, member_id: str, since: datetime) -> GrabRecord:
    """What the member has grabbed, the day's since ``since``. The member's row is locked first: of two grabs at once the
    second waits, and counts the first.
    """
    db.execute(
        select(hands.c.id).where(hands.c.kind == HandKind.MEMBER, hands.c.id == member_id).with_for_update()
    )
    in_hand = select(func.count()).where(
        tasks.c.member_id == member_id, tasks.c.grabbed, tasks.c.state == State.ACTING
    )
    let_go_in_time = and_(assignments.c.outcome == "release", ~assignments.c.struck)
    mine = and_(assignments.c.hand_id == member_id, assignments.c.grabbed)
    counted = select(
        func.count().filter(
            assignments.c.asked_at >= since, or_(assignments.c.outcome.is_(None), ~let_go_in_time)
        ),
        func.max(assignments.c.ended_at).filter(assignments.c.struck),
    ).where(mine)
    today, struck_at = db.execute(counted).one()
    places = _places_taken(db, member_id)
    return GrabRecord(
        in_hand=db.execute(in_hand).scalar_one() + len(places),
        today=today + sum(part.called_at >= since for part in places),
        struck_at=struck_at,
    )


def _places_taken(db: Connection, member_id: str) -> list[Part]:
    """The places of teams that the member took unasked and still has, in tasks that are not answered yet."""
    return [
        part
        for part in parts_in_hand(db, [member_id], leading=True)
        if part.grabbed and part.state is PartState.JOINED
    ]
