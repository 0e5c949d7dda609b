"""Passing a task up by hand, and giving it back to the level below."""

from __future__ import annotations

from gateway.call import Call
from gateway.policies import CHECKERS, TRIAGE
from gateway.routes.tasks import Reason
from gateway.routing import route
from gateway.words import _
from services.dispatch.contracts import HandDownTask, RaiseTask, TaskView


@route(
    "POST",
    "/tasks/{task_id}/escalation",
    policy=TRIAGE,
    summary=_("上报：网格报社区，社区报街道，街道报区县"),
    tag="tasks",
    body=Reason,
    answer=TaskView,
)
def raise_task(call: Call) -> TaskView:
    return call.ask(RaiseTask(**call.path, **call.body))


@route(
    "POST",
    "/tasks/{task_id}/handing-down",
    policy=CHECKERS,
    summary=_("把下级上报的任务交回下级"),
    tag="tasks",
    body=Reason,
    answer=TaskView,
)
def hand_down_task(call: Call) -> TaskView:
    return call.ask(HandDownTask(**call.path, **call.body))
