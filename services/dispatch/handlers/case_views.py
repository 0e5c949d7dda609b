"""Looking at cases, and at demands that stand alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from services.dispatch.contracts import (
    CaseEntry,
    CaseView,
    GetCase,
    HandKind,
    ListCases,
    ListSingles,
    Slug,
    TaskView,
)
from services.dispatch.domain.calendar import CITY
from services.dispatch.domain.cases.case import LOOKERS_ON, Case, Side, allowed, sides
from services.dispatch.domain.standing import WATCHERS
from services.dispatch.domain.task import Task
from services.dispatch.handlers.steps import own_hand
from services.dispatch.handlers.views import view_of
from services.dispatch.store import cases, lists
from services.kit.actor import Actor
from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.work import Work

UNIT = "unit:"
OFFICES = ("liaison", "supervisor", *LOOKERS_ON)


def get_case(work: Work, ask: GetCase) -> CaseView:
    """Raises Refused (no-such-case), also for those whom it does not concern."""
    if ask.case_id is not None and ask.order_id is None:
        case = cases.case_by_id(work.db, ask.case_id)
    elif ask.order_id is not None and ask.case_id is None:
        case = cases.cases_of_orders(work.db, [ask.order_id]).get(ask.order_id)
    else:
        raise Refused(Slug.INVALID, "请给出共性诉求编号或点单编号之一", status=400, field="case_id")
    if case is None:
        raise no_such_case()
    return case_view(work, case)


def case_view(work: Work, case: Case) -> CaseView:
    """Raises Refused (no-such-case) for those whom it does not concern."""
    own = own_orders(work, case)
    standing = sides(case, work.actor, resident=bool(own))
    if not standing:
        raise no_such_case()
    shown = _view(case, cases.entries_of(work.db, case.case_id))
    if standing.keys() == {Side.RESIDENT}:
        return replace(
            shown,
            order_ids=own,
            suggested=(),
            entries=tuple(replace(entry, by=None) for entry in shown.entries),
        )
    return replace(shown, allowed=allowed(case, standing))


def list_cases(work: Work, ask: ListCases) -> Page[CaseView]:
    limit = bounded(ask.limit)
    since, until = _span(ask.since, ask.until)
    wish = cases.Wish(
        nodes=_places(work.actor, *OFFICES),
        owners=_owners(work.actor),
        node=_node(ask.node),
        states=ask.states,
        mine=ask.mine,
        since=since,
        until=until,
        after=decode_moment_cursor(ask.cursor),
        limit=limit + 1,
    )
    return page_of(
        cases.listed(work.db, wish),
        limit,
        key=lambda case: (case.begun_at, case.case_id),
        view=lambda case: replace(
            _view(case, ()), allowed=allowed(case, sides(case, work.actor, resident=False))
        ),
    )


def list_singles(work: Work, ask: ListSingles) -> Page[TaskView]:
    limit = bounded(ask.limit)
    hand = own_hand(work)
    since, until = _span(ask.since, ask.until)
    wish = lists.Singles(
        nodes=_places(work.actor, "liaison", "supervisor"),
        shared_nodes=_places(work.actor, *WATCHERS),
        node=_node(ask.node),
        since=since,
        until=until,
        after=decode_moment_cursor(ask.cursor),
        limit=limit + 1,
    )
    found: list[tuple[datetime, Task]] = lists.singles(work.db, wish)
    return page_of(
        found,
        limit,
        key=lambda row: (row[0], row[1].task_id),
        view=lambda row: view_of(row[1], work.actor, hand, work.now),
    )


def own_orders(work: Work, case: Case) -> tuple[str, ...]:
    """Those orders of the case that the asker placed, or holds the code of."""
    actor = work.actor
    if actor.order_id in case.order_ids:
        return (actor.order_id,) if actor.order_id else ()
    if not actor.id:
        return ()
    placed = {
        order
        for task in cases.tasks_of_orders(work.db, case.order_ids)
        for order, resident in zip(task.order_ids, task.residents, strict=True)
        if resident == actor.id
    }
    return tuple(order for order in case.order_ids if order in placed)


def no_such_case() -> Refused:
    return Refused(Slug.NO_SUCH_CASE, "没有这个共性诉求，或与您无关", status=404, field="case_id")


def _view(case: Case, entries: tuple[CaseEntry, ...]) -> CaseView:
    return CaseView(
        case_id=case.case_id,
        community_code=case.community_code,
        state=case.state,
        title=case.title,
        sure=case.sure,
        category=case.category,
        order_ids=case.order_ids,
        orders=len(case.order_ids),
        suggested=case.suggested,
        owner_kind=case.owner_kind,
        owner_id=case.owner_id,
        plan=case.plan,
        escalated_to=case.escalated_to,
        entries=entries,
        begun_at=case.begun_at,
        opened_at=case.opened_at,
        solved_at=case.solved_at,
        verified_at=case.verified_at,
        changed_at=case.changed_at,
    )


def _places(actor: Actor, *roles: str) -> tuple[str, ...]:
    return tuple(node for node in actor.nodes_of(*roles) if not node.startswith(UNIT))


def _owners(actor: Actor) -> tuple[tuple[HandKind, str], ...]:
    units = tuple(node.removeprefix(UNIT) for node in actor.nodes_of("unit_leader") if node.startswith(UNIT))
    led = tuple((HandKind.UNIT, unit) for unit in units)
    return ((HandKind.MEMBER, actor.id), *led) if actor.id else led


def _span(first: date | None, last: date | None) -> tuple[datetime | None, datetime | None]:
    """From the first day's beginning to before the end of the last, in city time."""
    begin = datetime.combine(first, time(), CITY) if first else None
    end = datetime.combine(last, time(), CITY) + timedelta(days=1) if last else None
    return begin, end


def _node(node: str) -> str:
    if node and not (node.isascii() and node.isdigit()):
        raise Refused(Slug.INVALID, "地点代码只含数字", status=400, field="node")
    return node
