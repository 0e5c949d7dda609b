"""The clock that counts for whoever has a task: until when to answer an offer, to begin a grab, to report the work done."""

from __future__ import annotations

from datetime import datetime

from gateway.duties import Duty
from gateway.web.labels import moment, span
from gateway.web.promise import Promise
from gateway.words import _
from services.dispatch.contracts import PartState, State, TaskView

WORKING = {State.REGISTERED, State.ASSIGNED, State.ACTING}


def clock_of(duty: Duty, now: datetime) -> Promise | None:
    """None where nothing runs for the caller any more."""
    task = duty.task
    if "accept" in task.allowed and task.hold_until:
        return _asked(task.hold_until, now)
    if duty.own and duty.own.state in {PartState.CALLED, PartState.SILENT}:
        return _asked(duty.own.report_by, now) if duty.own.report_by else None
    if task.state not in WORKING:
        return None
    if task.paused_since:
        told = _("自 {} 起暂停").format(moment(task.paused_since))
        return Promise("paused", _("暂停计时中"), told + _resumes(task))
    if "start" in task.allowed and task.start_by:
        return _to_begin(task, task.start_by, now)
    return _promised(task.promised_at, now) if task.promised_at else None


def _asked(until: datetime, now: datetime) -> Promise:
    told = _("{} 前没有答复就去问下一位，不算谢绝").format(moment(until))
    if now >= until:
        return Promise("late", _("答复时间到了"), told)
    return Promise("running", _("还有 {} 答复").format(span(until - now)), told)


def _to_begin(task: TaskView, until: datetime, now: datetime) -> Promise:
    told = _("{} 前没有开始，任务会放回给别人").format(moment(until))
    if task.free_until and now < task.free_until:
        told += _("；{} 前自己放回不计次").format(moment(task.free_until))
    left = until - now
    headline = _("还有 {} 开始办理").format(span(left)) if now < until else _("该开始办理了")
    return Promise("running" if now < until else "late", headline, told)


def _promised(until: datetime, now: datetime) -> Promise:
    told = _("答应居民 {} 前办好").format(moment(until))
    if now > until:
        return Promise("late", _("已超时 {}").format(span(now - until)), told)
    return Promise("running", _("还有 {} 办好").format(span(until - now)), told)


def _resumes(task: TaskView) -> str:
    return _("，{} 自动恢复").format(moment(task.resume_by)) if task.resume_by else ""
