"""Lists and figures of wishes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, false, func, or_, select, tuple_

from services.intake.contracts import (
    WALL,
    ListWishes,
    WishCount,
    WishCounts,
    WishFigure,
    WishFigures,
    WishFiguresView,
    WishState,
)
from services.intake.domain.sight import units_led
from services.intake.domain.wishes.sight import READERS
from services.intake.domain.wishes.wish import Wish
from services.intake.store.wish_tables import wishes
from services.intake.store.wishes import SHOWN, wish_of
from services.kit.actor import Actor

MOST_ROWS = 2000
COMMUNITY, STREET, DISTRICT = 12, 9, 6
"""Digits of their codes."""
AT_LEAST: Mapping[WishFigure, tuple[WishState, ...]] = {
    WishFigure.COLLECTED: tuple(WishState),
    WishFigure.SHOWN: WALL,
    WishFigure.CLAIMED: WALL[1:],
    WishFigure.FULFILLED: WALL[-1:],
}
"""The states of the wishes that a figure counts."""


def list_wishes(
    db: Connection, ask: ListWishes, actor: Actor, *, before: tuple[datetime, str] | None, limit: int
) -> list[Wish]:
    """At most ``limit`` wishes that ``actor`` may see and ``ask`` wants, the last collected first, behind the sort key ``before``."""
    query = select(*SHOWN).where(visible_to(actor), *_wanted(ask, actor))
    if before is not None:
        query = query.where(tuple_(wishes.c.collected_at, wishes.c.wish_id) < before)
    query = query.order_by(wishes.c.collected_at.desc(), wishes.c.wish_id.desc()).limit(limit)
    return [wish_of(row) for row in db.execute(query)]


def open_near(db: Connection, community_code: str, actor: Actor, most: int) -> list[Wish]:
    """Wishes that may be claimed, those of the same community first, then of its street, its district, anywhere."""
    nearness = [at_or_below(community_code[:digits]).desc() for digits in (COMMUNITY, STREET, DISTRICT)]
    query = (
        select(*SHOWN)
        .where(wishes.c.state == WishState.SHOWN, wishes.c.wished_by.is_distinct_from(actor.id))
        .order_by(*nearness, wishes.c.collected_at, wishes.c.wish_id)
        .limit(most)
    )
    return [wish_of(row) for row in db.execute(query)]


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """``domain.wishes.sight.may_see`` in SQL."""
    return or_(wishes.c.state.in_(WALL), _own(actor), _read_by(actor))


def wish_figures(db: Connection, ask: WishFigures) -> WishFiguresView:
    wanted = [at_or_below(ask.node)]
    if ask.since is not None:
        wanted.append(wishes.c.month >= ask.since)
    if ask.until is not None:
        wanted.append(wishes.c.month <= ask.until)
    counted = [
        func.count().filter(wishes.c.state.in_(states)).label(figure.value)
        for figure, states in AT_LEAST.items()
    ]
    rows = db.execute(
        select(wishes.c.month, wishes.c.community_code, *counted)
        .where(*wanted)
        .group_by(wishes.c.month, wishes.c.community_code)
        .order_by(wishes.c.month.desc(), wishes.c.community_code)
    ).all()
    return WishFiguresView(
        node=ask.node,
        since=ask.since,
        until=ask.until,
        total=_counts({figure: sum(getattr(row, figure.value) for row in rows) for figure in WishFigure}),
        rows=tuple(
            WishCounts(
                month=row.month,
                community_code=row.community_code,
                figures=_counts({figure: getattr(row, figure.value) for figure in WishFigure}),
            )
            for row in rows[:MOST_ROWS]
        ),
    )


def _counts(numbers: Mapping[WishFigure, int]) -> tuple[WishCount, ...]:
    collected = numbers[WishFigure.COLLECTED]
    return tuple(
        WishCount(
            figure=figure,
            numerator=number,
            denominator=None if figure is WishFigure.COLLECTED else collected,
        )
        for figure, number in numbers.items()
    )


def at_or_below(node: str) -> ColumnElement[bool]:
    return wishes.c.community_code.startswith(node, autoescape=True)


def _wanted(ask: ListWishes, actor: Actor) -> list[ColumnElement[bool]]:
    wanted = [at_or_below(ask.node)] if ask.node else []
    if ask.states:
        wanted.append(wishes.c.state.in_(ask.states))
    elif not (ask.desk or ask.mine or ask.claimed):
        wanted.append(wishes.c.state.in_(WALL))
    if ask.reached is not None:
        wanted.append(wishes.c.state.in_(AT_LEAST[ask.reached]))
    for column, value in ((wishes.c.kind, ask.kind), (wishes.c.whom, ask.whom), (wishes.c.month, ask.month)):
        if value is not None:
            wanted.append(column == value)
    if ask.desk:
        wanted.append(_read_by(actor))
    if ask.mine:
        wanted.append(or_(wishes.c.wished_by == actor.id, wishes.c.collected_by == actor.id))
    if ask.claimed:
        wanted.append(_claimed_by(actor))
    return wanted


def _own(actor: Actor) -> ColumnElement[bool]:
    return or_(wishes.c.wished_by == actor.id, wishes.c.collected_by == actor.id, _claimed_by(actor))


def _claimed_by(actor: Actor) -> ColumnElement[bool]:
    return or_(wishes.c.claimed_by == actor.id, wishes.c.claimed_unit.in_(units_led(actor)))


def _read_by(actor: Actor) -> ColumnElement[bool]:
    return or_(false(), *(at_or_below(node) for node in actor.nodes_of(*READERS)))
