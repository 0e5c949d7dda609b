"""The evidence of who did not act: kept with the step that shows it, counted and listed by period and place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    and_,
    false,
    func,
    insert,
    or_,
    select,
    tuple_,
)

from services.dispatch.contracts import Answerable, LapseCount, LapseKind, LapseView
from services.dispatch.domain.lapses import Lapse
from services.dispatch.store.places import below
from services.dispatch.store.tables import lapses, tasks

NOTE = insert(lapses)
HOLDER: dict[Answerable, Column[Any]] = {
    Answerable.MEMBER: lapses.c.member_id,
    Answerable.UNIT: lapses.c.unit_id,
    Answerable.COMMUNITY: lapses.c.community_code,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """At and below ``node``, from ``start`` to before ``end``."""

    node: str
    start: datetime
    end: datetime


def note(db: Connection, lapse: Lapse) -> None:
    db.execute(
        NOTE,
        {
            "task_id": lapse.task_id,
            "sequence": lapse.sequence,
            "kind": lapse.kind,
            "at": lapse.at,
            "community_code": lapse.community_code,
            "member_id": lapse.member_id,
            "unit_id": lapse.unit_id,
            "by": lapse.by,
        },
    )


def counted(
    db: Connection, period: Period, of: Answerable, after: tuple[int, str] | None, limit: int
) -> list[LapseCount]:
    """By holder, most lapses first, then by id; ``after`` is the (total, id) that the page before ended with."""
    holder = HOLDER[of]
    by_kind = (
        select(
            holder.label("id"),
            lapses.c.kind,
            func.count().label("times"),
        )
        .where(_within(period), holder.is_not(None))
        .group_by(holder, lapses.c.kind)
        .subquery()
    )
    total = func.sum(by_kind.c.times)
    query = select(
        by_kind.c.id,
        total.label("total"),
        func.jsonb_object_agg(by_kind.c.kind, by_kind.c.times).label("kinds"),
    ).group_by(by_kind.c.id)
    if after is not None:
        count, last = after
        query = query.having(or_(total < count, and_(total == count, by_kind.c.id > last)))
    rows = db.execute(query.order_by(total.desc(), by_kind.c.id).limit(limit)).all()
    touched = _tasks_of(db, period, holder, [row.id for row in rows])
    return [
        LapseCount(kind=of, id=row.id, total=int(row.total), tasks=touched[row.id], kinds=row.kinds)
        for row in rows
    ]


def listed(
    db: Connection,
    period: Period,
    *,
    holder: tuple[Answerable, str],
    kind: LapseKind | None,
    private: bool,
    after: tuple[datetime, str] | None,
    limit: int,
) -> list[LapseView]:
    """Newest first; ``private`` shows those on private tasks too."""
    of, holder_id = holder
    query = (
        select(lapses, tasks.c.order_ids)
        .join(tasks, tasks.c.task_id == lapses.c.task_id)
        .where(_within(period), HOLDER[of] == holder_id)
    )
    if kind is not None:
        query = query.where(lapses.c.kind == kind)
    if not private:
        query = query.where(tasks.c.private.is_(False))
    if after is not None:
        query = query.where(tuple_(lapses.c.at, _key()) < tuple_(*after))
    rows = db.execute(query.order_by(lapses.c.at.desc(), _key().desc()).limit(limit))
    return [
        LapseView(
            task_id=row.task_id,
            sequence=row.sequence,
            order_ids=tuple(row.order_ids),
            kind=LapseKind(row.kind),
            at=row.at,
            community_code=row.community_code,
            member_id=row.member_id,
            unit_id=row.unit_id,
            by=row.by,
        )
        for row in rows
    ]


def key_of(view: LapseView) -> str:
    """What orders evidence of one moment, as ``_key`` does in SQL."""
    return f"{view.task_id}:{view.sequence}"


def _key() -> ColumnElement[str]:
    return func.concat(lapses.c.task_id, ":", lapses.c.sequence)


def _within(period: Period) -> ColumnElement[bool]:
    here = below(lapses.c.community_code, period.node)
    return and_(here, lapses.c.at >= period.start, lapses.c.at < period.end)


def _tasks_of(db: Connection, period: Period, holder: Column[Any], ids: list[str]) -> dict[str, int]:
    mine = holder.in_(ids) if ids else false()
    query = select(holder.label("id"), func.count(lapses.c.task_id.distinct()).label("tasks"))
    return {row.id: row.tasks for row in db.execute(query.where(_within(period), mine).group_by(holder))}
