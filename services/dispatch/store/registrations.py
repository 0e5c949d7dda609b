"""What each task was when it was registered, and which rule took it: kept for replays, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, select, true, tuple_
from sqlalchemy.dialects.postgresql import insert

from services.dispatch.contracts import HandKind, Urgency
from services.dispatch.domain.routing.deciding import Verdict
from services.dispatch.domain.routing.facts import Facts
from services.dispatch.domain.routing.replaying import Happened, Registered
from services.dispatch.store.register_tables import registrations
from services.dispatch.store.tables import assignments

FACTS = tuple(
    registrations.c[name]
    for name in (
        "category",
        "parent",
        "urgency",
        "channel",
        "community_code",
        "grid_code",
        "private",
        "working",
    )
)
FIRST = (
    select(assignments.c.hand_kind, assignments.c.hand_id, assignments.c.grabbed)
    .where(assignments.c.task_id == registrations.c.task_id)
    .order_by(assignments.c.id)
    .limit(1)
    .lateral("first")
)
HAPPENED = (FIRST.c.hand_kind, FIRST.c.hand_id, FIRST.c.grabbed)


@dataclass(frozen=True, slots=True)
class Period:
    """Tasks registered below ``node`` from ``since`` until before ``until``."""

    node: str
    since: datetime
    until: datetime


def keep(db: Connection, task_id: str, at: datetime, facts: Facts, verdict: Verdict | None) -> None:
    db.execute(
        insert(registrations).values(
            task_id=task_id,
            registered_at=at,
            category=facts.category,
            parent=facts.parent,
            urgency=facts.urgency,
            channel=facts.channel,
            community_code=facts.community_code,
            grid_code=facts.grid_code,
            private=facts.private,
            working=facts.working,
            rule_node=verdict.node if verdict else None,
            rule_version=verdict.version if verdict else None,
            rule=verdict.rule.name if verdict else None,
            routed_to=verdict.rule.to if verdict else None,
        )
    )


def count(db: Connection, period: Period) -> int:
    found: int = db.execute(select(func.count()).where(_inside(period))).scalar_one()
    return found


def grouped(db: Connection, period: Period, most: int) -> Iterator[tuple[Facts, Happened, int]]:
    """The newest ``most`` registrations of the period, counted by what they were and what happened."""
    newest = _newest(select(registrations.c.task_id), period).limit(most).subquery()
    query = (
        select(*FACTS, *HAPPENED, func.count().label("tasks"))
        .select_from(
            registrations.join(newest, newest.c.task_id == registrations.c.task_id).outerjoin(FIRST, true())
        )
        .group_by(*FACTS, *HAPPENED)
    )
    rows: Iterable[Row[Any]] = db.execute(query)
    for row in rows:
        yield _facts_of(row), _happened_of(row), row.tasks


def page(db: Connection, period: Period, after: tuple[datetime, str] | None, limit: int) -> list[Registered]:
    """Registrations of the period, newest first, older than the sort key ``after``."""
    columns = (registrations.c.task_id, registrations.c.registered_at, *FACTS, *HAPPENED)
    query = _newest(select(*columns).select_from(registrations.outerjoin(FIRST, true())), period)
    if after is not None:
        query = query.where(tuple_(registrations.c.registered_at, registrations.c.task_id) < tuple_(*after))
    return [
        Registered(
            task_id=row.task_id,
            registered_at=row.registered_at,
            facts=_facts_of(row),
            happened=_happened_of(row),
        )
        for row in db.execute(query.limit(limit))
    ]


def _newest(query: Select[Any], period: Period) -> Select[Any]:
    return query.where(_inside(period)).order_by(
        registrations.c.registered_at.desc(), registrations.c.task_id.desc()
    )


def _inside(period: Period) -> ColumnElement[bool]:
    place = registrations.c.community_code
    return and_(
        registrations.c.registered_at >= period.since,
        registrations.c.registered_at < period.until,
        place >= period.node,
        place < period.node + ":",
    )


def _facts_of(row: Row[Any]) -> Facts:
    return Facts(
        category=row.category,
        parent=row.parent,
        urgency=Urgency(row.urgency),
        channel=row.channel,
        community_code=row.community_code,
        grid_code=row.grid_code,
        private=row.private,
        working=row.working,
    )


def _happened_of(row: Row[Any]) -> Happened:
    return Happened(
        kind=HandKind(row.hand_kind) if row.hand_kind else None,
        hand_id=row.hand_id,
        grabbed=bool(row.grabbed),
    )
