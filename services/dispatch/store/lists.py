"""Lists of tasks: what somebody may see, filtered, newest change first, by keyset."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, and_, case, false, func, or_, select, tuple_

from services.dispatch.contracts import CaseState, HandKind, State, Urgency
from services.dispatch.domain.offering import NODE_LENGTHS
from services.dispatch.domain.task import PROMISING, Hand, Task
from services.dispatch.store.case_tables import case_orders, cases
from services.dispatch.store.places import below
from services.dispatch.store.tables import orders, tasks
from services.dispatch.store.tasks import COLUMNS, DESERTED, as_task

GATHERED = (CaseState.OPEN, CaseState.SOLVED)
"""Cases whose orders are followed as one."""
SHARED = tasks.c.private.is_(False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What bounds somebody's lists: nodes whose tasks they see, nodes and grids whose tasks
    they see unless private, themselves, units and teams they lead, their hand.
    """

    nodes: tuple[str, ...]
    shared_nodes: tuple[str, ...]
    grids: tuple[str, ...]
    account_id: str
    units: tuple[str, ...]
    teams: tuple[str, ...]
    hand: Hand | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked of a list. ``after`` is the last row's key of the page before: (changed_at, task_id), or that of ``urgency_key``
    where the most urgent come first.
    """

    node: str
    states: tuple[State, ...]
    mine: bool
    open: bool
    overdue_at: datetime | None
    category: str | None = None
    urgent_first: bool = False
    after: tuple[int | str | datetime, ...] | None
    urged: bool
    escalated: bool
    deserted: bool = False
    limit: int


FAR = datetime(9999, 1, 1, tzinfo=UTC)
"""When a task is due that nobody waits for."""
RANKS = {Urgency.EMERGENCY: 0, Urgency.URGENT: 1, Urgency.ORDINARY: 2}
RANK = case(
    *((tasks.c.urgency == urgency, rank) for urgency, rank in RANKS.items()), else_=RANKS[Urgency.ORDINARY]
)
DUE = func.coalesce(tasks.c.promised_at, tasks.c.respond_by, FAR)


def urgency_key(task: Task) -> tuple[int, datetime, str]:
    return RANKS[task.urgency], task.promised_at or task.respond_by or FAR, task.task_id


def listed(db: Connection, sight: Sight, wish: Wish) -> list[Task]:
    query = select(*COLUMNS).where(_seen(sight, wish))
    if wish.node:
        query = query.where(_below(wish.node))
    if wish.states:
        query = query.where(tasks.c.state.in_(wish.states))
    query = query.where(*_late(wish))
    if wish.deserted:
        query = query.where(tasks.c.state == State.ACTING, DESERTED)
    if wish.category:
        query = query.where(tasks.c.category == wish.category)
    if wish.urgent_first:
        query = query.order_by(RANK, DUE, tasks.c.task_id)
        if wish.after is not None:
            query = query.where(tuple_(RANK, DUE, tasks.c.task_id) > tuple_(*wish.after))
    else:
        query = query.order_by(tasks.c.changed_at.desc(), tasks.c.task_id.desc())
        if wish.after is not None:
            query = query.where(tuple_(tasks.c.changed_at, tasks.c.task_id) < tuple_(*wish.after))
    return [as_task(row) for row in db.execute(query.limit(wish.limit))]


def _late(wish: Wish) -> Iterator[ColumnElement[bool]]:
    """What supervisors look for, among those that are still being worked on."""
    if wish.overdue_at is not None or wish.urged or wish.escalated:
        yield tasks.c.state.in_(PROMISING)
    if wish.overdue_at is not None:
        yield tasks.c.promised_at < func.coalesce(tasks.c.paused_since, wish.overdue_at)
    if wish.urged:
        yield tasks.c.urged > 0
    if wish.escalated:
        yield tasks.c.escalated_to.is_not(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Singles:
    """What is asked of the list of demands that stand alone; ``after`` is the last row's (collected_at, task_id)."""

    nodes: tuple[str, ...]
    shared_nodes: tuple[str, ...]
    node: str
    since: datetime | None
    until: datetime | None
    after: tuple[datetime, str] | None
    limit: int


def singles(db: Connection, wish: Singles) -> list[tuple[datetime, Task]]:
    """Tasks of one order that is in no open or solved case, with the time at which it was collected, newest first."""
    gathered = (
        select(case_orders.c.order_id)
        .join(cases, cases.c.case_id == case_orders.c.case_id)
        .where(case_orders.c.order_id == orders.c.order_id, cases.c.state.in_(GATHERED))
    )
    query = (
        select(orders.c.collected_at.label("begun_at"), *COLUMNS)
        .join(tasks, and_(tasks.c.task_id == orders.c.task_id, orders.c.own_task_id == orders.c.task_id))
        .where(
            func.cardinality(tasks.c.order_ids) == 1,
            orders.c.collected_at.is_not(None),
            ~gathered.exists(),
            or_(
                false(),
                *(below(tasks.c.community_code, node) for node in wish.nodes),
                *(and_(SHARED, below(tasks.c.community_code, node)) for node in wish.shared_nodes),
            ),
        )
    )
    if wish.node:
        query = query.where(_below(wish.node))
    if wish.since is not None:
        query = query.where(orders.c.collected_at >= wish.since)
    if wish.until is not None:
        query = query.where(orders.c.collected_at < wish.until)
    if wish.after is not None:
        query = query.where(tuple_(orders.c.collected_at, orders.c.task_id) < tuple_(*wish.after))
    newest = query.order_by(orders.c.collected_at.desc(), orders.c.task_id.desc()).limit(wish.limit)
    return [(row.begun_at, as_task(row)) for row in db.execute(newest)]


def _seen(sight: Sight, wish: Wish) -> ColumnElement[bool]:
    asked_for = [
        part for wanted, part in ((wish.mine, _mine(sight)), (wish.open, _grabbable(sight))) if wanted
    ]
    if asked_for:
        return and_(*asked_for)
    return or_(
        *(below(tasks.c.community_code, node) for node in sight.nodes),
        *(and_(SHARED, below(tasks.c.community_code, node)) for node in sight.shared_nodes),
        *(and_(SHARED, below(tasks.c.grid_code, node)) for node in sight.grids),
        _mine(sight),
        _grabbable(sight),
    )


def _mine(sight: Sight) -> ColumnElement[bool]:
    """Asked of, acted on, helped with or answered for by the account, or by a unit that it leads."""
    if not sight.account_id:
        return false()
    led = (
        and_(tasks.c.hand_kind == HandKind.UNIT, tasks.c.hand_id.in_(sight.units)) if sight.units else false()
    )
    with_team = (
        and_(tasks.c.hand_kind == HandKind.TEAM, tasks.c.hand_id.in_(sight.teams)) if sight.teams else false()
    )
    asked = or_(
        and_(tasks.c.hand_kind == HandKind.MEMBER, tasks.c.hand_id == sight.account_id),
        tasks.c.also_asked.overlap([sight.account_id]),
    )
    helped = tasks.c.helpers.overlap([sight.account_id, *sight.units])
    on_duty = tasks.c.duty_member_id == sight.account_id
    duty_led = tasks.c.duty_unit_id.in_(sight.units) if sight.units else false()
    return or_(tasks.c.member_id == sight.account_id, asked, led, with_team, helped, on_duty, duty_led)


def _grabbable(sight: Sight) -> ColumnElement[bool]:
    """The same rule as ``domain.task.in_scope``, for an index of scopes."""
    if sight.hand is None:
        return false()
    scopes = [sight.hand.place[:length] for length in NODE_LENGTHS if length <= len(sight.hand.place)]
    return and_(
        tasks.c.open,
        tasks.c.scope.in_(scopes),
        or_(tasks.c.skill.is_(None), tasks.c.skill.in_(sight.hand.skills)),
    )


def _below(node: str) -> ColumnElement[bool]:
    return below(tasks.c.grid_code if len(node) > max(NODE_LENGTHS) else tasks.c.community_code, node)
