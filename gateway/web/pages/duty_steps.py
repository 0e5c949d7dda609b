"""The steps of one who has a task: what each form reads, what it asks of dispatch, and what is said when it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema

from gateway.fields import Request
from gateway.routes import slots, tasks
from gateway.words import _
from services.dispatch.contracts import (
    AcceptTask,
    AnswerTask,
    BeginWork,
    DeclineTask,
    EndWork,
    EnterHours,
    FinishPart,
    GrabTask,
    JoinTask,
    LeaveTask,
    NameUnit,
    PauseTask,
    ReleaseTask,
    ResumeTask,
    ReturnTask,
    StartTask,
    TakeSlot,
    TaskView,
)
from services.kit.asking import Ask


@dataclass(frozen=True)
class Step:
    """``leaves``: afterwards the task is somebody else's affair."""

    form: type[Schema]
    ask: Callable[..., Ask[TaskView]]
    done: str
    leaves: bool = False


def _step(form: type[Schema], ask: Callable[..., Any], done: str, *, leaves: bool = False) -> Step:
    return Step(form, ask, done, leaves)


STEPS = {
    "grab": _step(Request, GrabTask, _("抢到了，这件事归您办")),
    "place": _step(slots.SlotChoice, TakeSlot, _("报上名了，岗位是您的")),
    "acceptance": _step(tasks.Acceptance, AcceptTask, _("接下了，谢谢")),
    "decline": _step(tasks.Reason, DeclineTask, _("知道了，会请别人来办"), leaves=True),
    "start": _step(Request, StartTask, _("已经开始办理")),
    "pause": _step(tasks.Pause, PauseTask, _("暂停了，办理时限不再走")),
    "resumption": _step(Request, ResumeTask, _("恢复办理，时限接着走")),
    "return": _step(tasks.Return, ReturnTask, _("退回社区了，会重新安排"), leaves=True),
    "named-unit": _step(tasks.Naming, NameUnit, _("已指明，社区会来派单，谢谢您负责到底"), leaves=True),
    "release": _step(Request, ReleaseTask, _("放回去了，别人可以接着抢"), leaves=True),
    "answer": _step(tasks.Answer, AnswerTask, _("反馈收到了，等社区核查")),
}
"""On the task as a whole, by the last word of the API's path."""

ON_PART = {
    "arrival": _step(Request, JoinTask, _("报到了")),
    "completion": _step(tasks.Answer, FinishPart, _("您这部分办完了")),
    "departure": _step(tasks.Reason, LeaveTask, _("退出了，会安排别人接手"), leaves=True),
    "work-begin": _step(Request, BeginWork, _("签到了，开始计工时")),
    "work-end": _step(Request, EndWork, _("签退了，工时已记下")),
    "hours": _step(slots.HoursEntry, EnterHours, _("工时登记好了")),
}
"""On one's own part in a task that several do together."""

DONE = {name: step.done for name, step in (STEPS | ON_PART).items()} | {"photos": _("现场照片收到了")}
