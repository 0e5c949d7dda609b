"""Taking back what a member who has checked out left in hand."""

from __future__ import annotations

from gateway.call import Call
from gateway.policies import CHECKERS
from gateway.routes.tasks import Remark
from gateway.routing import route
from gateway.words import _
from services.dispatch.contracts import TakeBackTask, TaskView


@route(
    "POST",
    "/tasks/{task_id}/taking-back",
    policy=CHECKERS,
    summary=_("收回：办理人已离开，任务回到社区另派"),
    tag="tasks",
    body=Remark,
    answer=TaskView,
)
def take_back_task(call: Call) -> TaskView:
    return call.ask(TakeBackTask(**call.path, **call.body))
