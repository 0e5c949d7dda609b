"""Every task that an office may see as one list: filtered, sorted, taken along as a file."""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import choice, flag, text
from gateway.orders_behind import orders_behind
from gateway.policies import WORDS_READERS
from gateway.routing import page
from gateway.web import labels
from gateway.web.lists import Column, ListQuery, answer
from gateway.web.places import choices_at, top
from gateway.words import _
from services.dispatch.contracts import ListCategories, ListTasks, State, TaskSort, TaskView
from services.intake.contracts import OrderView
from services.kit.actor import VISITOR
from services.kit.asking import Page
from services.kit.rpc import Unavailable


@dataclass(frozen=True, kw_only=True)
class Row:
    """``order`` is None where intake is away, or the caller may not read it."""

    task: TaskView
    order: OrderView | None
    place: str
    category: str


class TasksQuery(ListQuery):
    node = text(_("地方"), most=20, required=False)
    state = choice(State, _("状态"), required=False)
    category = text(_("类别"), most=50, required=False)
    overdue = flag(_("只看超时的"))
    sort = choice(TaskSort, _("排列"), required=False)


COLUMNS: tuple[Column[Row], ...] = (
    Column(
        name=_("内容"),
        cell=lambda row: row.order.words if row.order else "",
        link=lambda row: f"/orders/{row.task.order_ids[0]}",
    ),
    Column(name=_("地方"), cell=lambda row: labels.place(row.place)),
    Column(
        name=_("状态"),
        cell=lambda row: labels.STATES[row.task.state],
        chip=lambda row: row.task.state,
        sort=TaskSort.CHANGED,
    ),
    Column(name=_("类别"), cell=lambda row: row.category),
    Column(name=_("点单时间"), cell=lambda row: labels.moment(row.order.collected_at) if row.order else ""),
    Column(
        name=_("承诺时间"),
        cell=lambda row: _promise(row.task),
        chip=lambda row: "late" if row.task.overdue else "",
        sort=TaskSort.URGENT,
    ),
)


@page("GET", "/tasks", policy=WORDS_READERS, summary=_("任务清单：筛选、排列、下载"), query=TasksQuery)
def tasks_page(call: Call) -> Response:
    node = call.query.get("node") or ""
    return answer(
        call,
        "tasks.html",
        name="tasks",
        columns=COLUMNS,
        read=lambda cursor, limit: _read(call, cursor, limit),
        usual=TaskSort.CHANGED,
        places=choices_at(call, node or top(call)),
        states=[(state, labels.STATES[state]) for state in State],
        categories=_categories(call),
    )


def _promise(task: TaskView) -> str:
    if task.promised_at is None:
        return ""
    promised = labels.moment(task.promised_at)
    return _("{}，已超时").format(promised) if task.overdue else promised


def _read(call: Call, cursor: str | None, limit: int) -> Page[Row]:
    asked = call.query
    wanted = ListTasks(
        node=asked.get("node") or "",
        states=(asked["state"],) if asked.get("state") else (),
        category=asked.get("category"),
        overdue=bool(asked.get("overdue")),
        sort=asked.get("sort") or TaskSort.CHANGED,
        cursor=cursor,
        limit=limit,
    )
    found = call.ask(wanted)
    orders = orders_behind(call, (task.order_ids[0] for task in found.items))
    places = call.desk.names.of_places(task.grid_code or task.community_code for task in found.items)
    rows = tuple(
        Row(
            task=task,
            order=orders.get(task.order_ids[0]),
            place=places.get(task.grid_code or task.community_code, task.community_code),
            category=call.desk.names.of_category(task.category) if task.category else "",
        )
        for task in found.items
    )
    return Page(items=rows, next=found.next)


def _categories(call: Call) -> list[tuple[str, str]]:
    try:
        return [(each.code, each.label) for each in call.ask(ListCategories(), actor=VISITOR)]
    except Unavailable:
        return []
