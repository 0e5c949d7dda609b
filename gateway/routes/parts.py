"""Joint work (吹哨报到): the street calls units to one task, and each has a part in it."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Request, several, text, whole
from gateway.policies import HANDS, SUPERVISORS
from gateway.routes.tasks import WEEK, Answer, Reason
from gateway.routing import route
from gateway.words import _
from services.dispatch.contracts import CallUnits, FinishPart, JoinTask, LeaveTask, TaskView, WaivePart

MOST_UNITS = 30


class Whistle(Request):
    unit_ids = several(text(_("单位的编号"), most=40), _("请来协办的单位，至少一个"), most=MOST_UNITS)
    leading = text(_("牵头单位，任务还没有人承办时必填"), most=40, required=False)
    words = text(_("请它们来办什么"), most=500)
    report_minutes = whole(_("须在多少分钟内报到，默认一天"), least=1, most=WEEK)


@route(
    "POST",
    "/tasks/{task_id}/whistle",
    policy=SUPERVISORS,
    summary=_("吹哨：请几个单位一起办"),
    tag="tasks",
    body=Whistle,
    answer=TaskView,
)
def call_units(call: Call) -> TaskView:
    return call.ask(CallUnits(**call.path, **{"unit_ids": (), **call.body}))


@route(
    "POST",
    "/tasks/{task_id}/parts/{hand_id}/arrival",
    policy=HANDS,
    summary=_("报到"),
    tag="tasks",
    body=Request,
    answer=TaskView,
)
def join_task(call: Call) -> TaskView:
    return call.ask(JoinTask(**call.path))


@route(
    "POST",
    "/tasks/{task_id}/parts/{hand_id}/completion",
    policy=HANDS,
    summary=_("反馈协办已办结"),
    tag="tasks",
    body=Answer,
    answer=TaskView,
    creates=True,
)
def finish_part(call: Call) -> TaskView:
    return call.ask(FinishPart(**call.path, **call.body))


@route(
    "POST",
    "/tasks/{task_id}/parts/{hand_id}/departure",
    policy=HANDS,
    summary=_("退出协办"),
    tag="tasks",
    body=Reason,
    answer=TaskView,
)
def leave_task(call: Call) -> TaskView:
    return call.ask(LeaveTask(**call.path, **call.body))


@route(
    "POST",
    "/tasks/{task_id}/parts/{hand_id}/waiver",
    policy=SUPERVISORS,
    summary=_("免除一方的协办"),
    tag="tasks",
    body=Reason,
    answer=TaskView,
)
def waive_part(call: Call) -> TaskView:
    return call.ask(WaivePart(**call.path, **call.body))
