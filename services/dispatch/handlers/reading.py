"""Looking at one task, and lists of tasks."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.dispatch.contracts import GetTask, ListTasks, Slug, TaskSort, TaskView
from services.dispatch.domain.standing import WATCHERS, may_see, stands
from services.dispatch.domain.task import Task
from services.dispatch.domain.time_left import minutes_left
from services.dispatch.handlers.steps import known, own_hand
from services.dispatch.handlers.views import view_of
from services.dispatch.store import cases, days, lists, tasks
from services.dispatch.store.lists import GATHERED
from services.kit.actor import Actor
from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.paging import (
    bad_cursor,
    bounded,
    decode_cursor,
    decode_moment_cursor,
    encode_cursor,
    page_of,
)
from services.kit.work import Work

UNIT, TEAM = "unit:", "team:"


def get_task(work: Work, ask: GetTask) -> TaskView:
    """One task; whoever has nothing to do with it is told that there is none."""
    if ask.task_id is not None and ask.order_id is None:
        task, field = tasks.task_by_id(work.db, ask.task_id), "task_id"
    elif ask.order_id is not None and ask.task_id is None:
        task, field = tasks.task_of_order(work.db, ask.order_id), "order_id"
    else:
        raise Refused(Slug.INVALID, "请给出任务编号或点单编号之一", status=400, field="task_id")
    found, hand = known(task, field), own_hand(work)
    if not may_see(found, work.actor, stands(found, work.actor, hand)):
        known(None, field)
    of_order = cases.cases_of_orders(work.db, found.order_ids)
    gathered = next((case.case_id for case in of_order.values() if case.state in GATHERED), None)
    return replace(
        view_of(found, work.actor, hand, work.now),
        case_id=gathered,
        minutes_left=minutes_left(found, work.now, days.calendar(work.db)),
    )


def list_tasks(work: Work, ask: ListTasks) -> Page[TaskView]:
    if ask.node and not (ask.node.isascii() and ask.node.isdigit()):
        raise Refused(Slug.INVALID, "地点代码只含数字", status=400, field="node")
    if "\0" in (ask.category or ""):
        raise Refused(Slug.INVALID, "含有无法识别的字符", status=400, field="category")
    hand = own_hand(work)
    limit = bounded(ask.limit)
    urgent_first = ask.sort is TaskSort.URGENT
    wish = lists.Wish(
        node=ask.node,
        states=ask.states,
        mine=ask.mine,
        open=ask.open,
        overdue_at=work.now if ask.overdue else None,
        category=ask.category,
        urgent_first=urgent_first,
        after=_urgency_key(ask.cursor) if urgent_first else decode_moment_cursor(ask.cursor),
        urged=ask.urged,
        escalated=ask.escalated,
        deserted=ask.deserted,
        limit=limit + 1,
    )
    sight = lists.Sight(
        nodes=_places(work.actor, "liaison", "supervisor"),
        shared_nodes=_places(work.actor, *WATCHERS),
        grids=_places(work.actor, "grid_worker", "grid_head"),
        account_id=work.actor.id,
        units=_led(work.actor, "unit_leader", UNIT),
        teams=_led(work.actor, "team_leader", TEAM),
        hand=hand,
    )
    found = lists.listed(work.db, sight, wish)

    calendar = days.calendar(work.db)

    def view(task: Task) -> TaskView:
        left = minutes_left(task, work.now, calendar)
        return replace(view_of(task, work.actor, hand, work.now), minutes_left=left)

    if not urgent_first:
        return page_of(found, limit, key=lambda task: (task.changed_at, task.task_id), view=view)
    more = len(found) > limit
    rank, due, task_id = lists.urgency_key(found[limit - 1]) if more else (0, work.now, "")
    return Page(
        items=tuple(map(view, found[:limit])),
        next=encode_cursor(str(rank), due.isoformat(), task_id) if more else None,
    )


def _urgency_key(cursor: str | None) -> tuple[int, datetime, str] | None:
    """The key that the page before ended with. Raises Refused for a cursor that we did not make."""
    if cursor is None:
        return None
    rank, due, task_id = decode_cursor(cursor, 3)
    if rank not in map(str, lists.RANKS.values()):
        raise bad_cursor()
    try:
        return int(rank), datetime.fromisoformat(due), task_id
    except ValueError as wrong:
        raise bad_cursor() from wrong


def _led(actor: Actor, role: str, prefix: str) -> tuple[str, ...]:
    return tuple(node.removeprefix(prefix) for node in actor.nodes_of(role) if node.startswith(prefix))


def _places(actor: Actor, *roles: str) -> tuple[str, ...]:
    return tuple(node for node in actor.nodes_of(*roles) if not node.startswith(UNIT))
