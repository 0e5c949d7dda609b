"""Cases by id and by order, and the guarded update that settles races between their steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import (
    Connection,
    Row,
    and_,
    delete,
    false,
    insert,
    or_,
    select,
    text,
    tuple_,
    update,
)

from services.dispatch.contracts import CaseEntry, CaseState, HandKind, PlanStep
from services.dispatch.domain.cases.case import Case
from services.dispatch.domain.cases.deciding import CaseChange
from services.dispatch.domain.task import Task
from services.dispatch.store.case_tables import case_entries, case_orders, cases
from services.dispatch.store.places import below
from services.dispatch.store.tables import orders, tasks
from services.dispatch.store.tasks import COLUMNS as TASK_COLUMNS
from services.dispatch.store.tasks import as_task
from services.members.contracts import Level

FIELDS = tuple(field.name for field in fields(Case))
COLUMNS = tuple(cases.c[name] for name in FIELDS)
LIVE = (CaseState.PROPOSED, CaseState.OPEN, CaseState.SOLVED)


def alone_with(db: Connection, community: str) -> None:
    """Wait until nobody else proposes cases there; held until the transaction ends."""
    db.execute(text("SELECT pg_advisory_xact_lock(hashtext('cases of ' || :place))"), {"place": community})


def case_by_id(db: Connection, case_id: str) -> Case | None:
    row = db.execute(select(*COLUMNS).where(cases.c.case_id == case_id)).first()
    return _as_case(row) if row else None


def cases_of_orders(db: Connection, order_ids: Iterable[str]) -> dict[str, Case]:
    """The case to which each of the orders belongs, for those that belong to one."""
    query = select(case_orders.c.order_id, *COLUMNS).join(
        case_orders, case_orders.c.case_id == cases.c.case_id
    )
    rows = db.execute(query.where(case_orders.c.order_id.in_(sorted(set(order_ids)))))
    return {row.order_id: _as_case(row) for row in rows}


def dismissed_with(db: Connection, community: str, order_ids: Iterable[str]) -> Case | None:
    """The latest dismissed case that had one of the orders."""
    row = db.execute(
        select(*COLUMNS)
        .where(
            cases.c.community_code == community,
            cases.c.state == CaseState.DISMISSED,
            cases.c.order_ids.overlap(sorted(set(order_ids))),
        )
        .order_by(cases.c.changed_at.desc())
        .limit(1)
    ).first()
    return _as_case(row) if row else None


def save(db: Connection, change: CaseChange) -> bool:
    """Write a step; False if the case is no longer what the decision saw. None of its orders belongs to another case."""
    after = change.after
    if change.before is None:
        db.execute(insert(cases).values(_values(after)))
    else:
        guard = and_(cases.c.case_id == after.case_id, cases.c.sequence == change.before.sequence)
        if (
            db.execute(update(cases).where(guard).values(_values(after)).returning(cases.c.case_id)).first()
            is None
        ):
            return False
    db.execute(
        insert(case_entries).values(
            case_id=after.case_id,
            step=change.step,
            at=change.at,
            by=change.by,
            role=change.role,
            words=change.words,
        )
    )
    _link(db, after)
    return True


def entries_of(db: Connection, case_id: str) -> tuple[CaseEntry, ...]:
    rows = db.execute(
        select(case_entries).where(case_entries.c.case_id == case_id).order_by(case_entries.c.id)
    )
    return tuple(
        CaseEntry(step=row.step, at=row.at, by=row.by, role=row.role, words=row.words) for row in rows
    )


def tasks_of_orders(db: Connection, order_ids: Iterable[str]) -> list[Task]:
    """The tasks that speak for the orders now, each once, in the order of their ids."""
    speaking = select(orders.c.task_id).where(orders.c.order_id.in_(sorted(set(order_ids))))
    rows = db.execute(select(*TASK_COLUMNS).where(tasks.c.task_id.in_(speaking)).order_by(tasks.c.task_id))
    return [as_task(row) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """``nodes``: where the asker has an office; ``owners``: as whom the asker owns cases. ``after`` is the last row's
    (begun_at, case_id) of the page before.
    """

    nodes: tuple[str, ...]
    owners: tuple[tuple[HandKind, str], ...]
    node: str
    states: tuple[CaseState, ...]
    mine: bool
    since: datetime | None
    until: datetime | None
    after: tuple[datetime, str] | None
    limit: int


def listed(db: Connection, wish: Wish) -> list[Case]:
    own = tuple_(cases.c.owner_kind, cases.c.owner_id).in_(wish.owners) if wish.owners else false()
    query = select(*COLUMNS).where(
        own if wish.mine else or_(own, *(below(cases.c.community_code, n) for n in wish.nodes))
    )
    if wish.node:
        query = query.where(below(cases.c.community_code, wish.node))
    if wish.states:
        query = query.where(cases.c.state.in_(wish.states))
    if wish.since is not None:
        query = query.where(cases.c.begun_at >= wish.since)
    if wish.until is not None:
        query = query.where(cases.c.begun_at < wish.until)
    if wish.after is not None:
        query = query.where(tuple_(cases.c.begun_at, cases.c.case_id) < wish.after)
    newest = query.order_by(cases.c.begun_at.desc(), cases.c.case_id.desc()).limit(wish.limit)
    return [_as_case(row) for row in db.execute(newest)]


def _link(db: Connection, case: Case) -> None:
    """Its orders belong to it from now on, and no others do."""
    kept = set(case.order_ids if case.state in LIVE else ())
    own = case_orders.c.case_id == case.case_id
    linked = set(db.scalars(select(case_orders.c.order_id).where(own)))
    if gone := linked - kept:
        db.execute(delete(case_orders).where(own, case_orders.c.order_id.in_(sorted(gone))))
    if new := sorted(kept - linked):
        db.execute(insert(case_orders), [{"order_id": order, "case_id": case.case_id} for order in new])


def _as_case(row: Row[Any]) -> Case:
    found = {name: getattr(row, name) for name in FIELDS}
    return Case(
        **found
        | {
            "state": CaseState(row.state),
            "order_ids": tuple(row.order_ids),
            "suggested": tuple(row.suggested),
            "owner_kind": HandKind(row.owner_kind) if row.owner_kind else None,
            "escalated_to": Level(row.escalated_to) if row.escalated_to else None,
            "plan": msgspec.convert(row.plan, tuple[PlanStep, ...]),
        }
    )


def _values(case: Case) -> dict[str, Any]:
    values = {name: getattr(case, name) for name in FIELDS}
    return values | {
        "order_ids": list(case.order_ids),
        "suggested": list(case.suggested),
        "plan": msgspec.to_builtins(case.plan),
    }
