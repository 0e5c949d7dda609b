"""Members as matching sees them: who they are, when they are free, what they have done and been asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, not_, or_, select

from services.dispatch.contracts import HandKind, State
from services.dispatch.domain.availability import Availability
from services.dispatch.domain.calendar import Calendar
from services.dispatch.domain.matching.agenda import agenda, is_away
from services.dispatch.domain.matching.budget import DAY, MONTH, WEEK, OfferTerms, asks_left
from services.dispatch.domain.matching.rules import STREET, box
from services.dispatch.domain.matching.values import Demand, Supply
from services.dispatch.store.assignments import DOER, WAS_OFFER
from services.dispatch.store.availability import availability_of
from services.dispatch.store.loads import parts_in_hand
from services.dispatch.store.offer_terms import terms_of
from services.dispatch.store.tables import assignments, availability, hands, tasks

IN_HAND = (State.ASSIGNED, State.ACTING)


def members_below(db: Connection, node: str) -> list[str]:
    """The ids of all members checked in at or below a node."""
    return _ids(db, _below(node))


def members_near(db: Connection, demand: Demand) -> list[str]:
    """The ids of members below the task's scope who are in its street, or whose point lies in the box around it."""
    street = demand.community_code[:STREET]
    near: ColumnElement[bool] = hands.c.place.between(street, street + ":")
    if demand.point is not None:
        west, south, east, north = box(demand.point)
        near = or_(
            near,
            and_(availability.c.longitude.between(west, east), availability.c.latitude.between(south, north)),
        )
    return _ids(db, and_(_below(demand.scope), near))


def supplies_of(db: Connection, ids: Iterable[str], now: datetime, calendar: Calendar) -> list[Supply]:
    """The members of these ids who are in service, by id; how often they may be asked is for the place to say where they are
    checked in.
    """
    wanted = sorted(set(ids))
    stated = availability_of(db, wanted)
    done = _done(db, wanted, now)
    known = _known(db, wanted)
    places = Counter(part.hand_id for part in parts_in_hand(db, wanted, leading=False))
    agendas: dict[Any, int] = {}
    found = []
    rows = db.execute(_MEMBERS.where(hands.c.id.in_(wanted)).order_by(hands.c.id)).all()
    terms = terms_of(db, {row.place for row in rows})
    for row in rows:
        one = stated[row.id]
        if not one.in_service:
            continue
        key = (one.free, one.leave)
        if key not in agendas:
            agendas[key] = agenda(one, now, calendar)
        asks = _asks_left(done.get(row.id), terms[row.place])
        supply = _supply(row, one, done.get(row.id), known.get(row.id, {}), agendas[key], now, asks)
        found.append(replace(supply, load=supply.load + places[row.id]))
    return found


_MEMBERS = select(hands.c.id, hands.c.place, hands.c.skills).where(
    hands.c.kind == HandKind.MEMBER, not_(hands.c.gone)
)


def _supply(
    row: Row[*tuple[Any, ...]],
    one: Availability,
    done: Row[Any] | None,
    known: dict[str, int],
    free: int,
    now: datetime,
    asks: int,
) -> Supply:
    return Supply(
        hand_id=row.id,
        community_code=row.place,
        point=one.point,
        skills=tuple(row.skills),
        wishes=frozenset(one.wishes),
        free=free,
        on_leave=is_away(one, now),
        load=done.load if done else 0,
        capacity=one.capacity,
        recent=done.recent if done else 0,
        known=known,
        asked=done.asked if done else 0,
        accepted=done.accepted if done else 0,
        asks_left=asks,
    )


def _asks_left(done: Row[Any] | None, terms: OfferTerms) -> int:
    return asks_left(done.asked_day, done.asked_week, terms) if done else asks_left(0, 0, terms)


def _done(db: Connection, ids: list[str], now: datetime) -> dict[str, Row[Any]]:
    """What each has in hand, took in 30 days, was ever offered and took up, and was offered lately."""
    counted = func.count()
    query = (
        select(
            DOER.label("id"),
            counted.filter(assignments.c.ended_at.is_(None), tasks.c.state.in_(IN_HAND)).label("load"),
            counted.filter(assignments.c.accepted_at > now - MONTH).label("recent"),
            counted.filter(WAS_OFFER).label("asked"),
            counted.filter(WAS_OFFER, assignments.c.accepted_at.is_not(None)).label("accepted"),
            counted.filter(WAS_OFFER, assignments.c.asked_at > now - DAY).label("asked_day"),
            counted.filter(WAS_OFFER, assignments.c.asked_at > now - WEEK).label("asked_week"),
        )
        .join(tasks, tasks.c.task_id == assignments.c.task_id)
        .where(DOER.in_(ids))
        .group_by(DOER)
    )
    return {row.id: row for row in db.execute(query)}


def _known(db: Connection, ids: list[str]) -> dict[str, dict[str, int]]:
    """How many tasks each took in which community."""
    query = (
        select(DOER.label("id"), tasks.c.community_code, func.count().label("times"))
        .join(tasks, tasks.c.task_id == assignments.c.task_id)
        .where(DOER.in_(ids), assignments.c.accepted_at.is_not(None))
        .group_by(DOER, tasks.c.community_code)
    )
    found: dict[str, dict[str, int]] = {}
    for row in db.execute(query):
        found.setdefault(row.id, {})[row.community_code] = row.times
    return found


def _ids(db: Connection, where: ColumnElement[bool]) -> list[str]:
    query = (
        select(hands.c.id)
        .outerjoin(availability, availability.c.id == hands.c.id)
        .where(hands.c.kind == HandKind.MEMBER, not_(hands.c.gone), where)
    )
    return list(db.execute(query).scalars())


def _below(node: str) -> ColumnElement[bool]:
    return and_(hands.c.place >= node, hands.c.place < node + ":")
