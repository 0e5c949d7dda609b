"""The promise clock as the resident reads it: what was promised, how long there is, and lateness said plainly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gateway.order_file import OrderFile
from gateway.web.labels import moment, span
from gateway.words import _

OPEN = {"registered", "assigned", "acting"}
ANSWERED = "task_answered"
PAUSED = "task_paused"


@dataclass(frozen=True)
class Promise:
    """``kind`` is running, paused, late or kept."""

    kind: str
    headline: str
    detail: str


def promise_of(order: OrderFile, state: str, now: datetime) -> Promise | None:
    """None before a promise is given, and when the order ended without an answer."""
    promised = order.promised_at
    if promised is None:
        return None
    told = _("承诺 {} 前答复").format(moment(promised))
    if state in OPEN:
        return _waiting(order, promised, told, now)
    answered = [step.at for step in order.history if step.step == ANSWERED]
    return _answered(min(answered), promised, told) if answered else None


def _waiting(order: OrderFile, promised: datetime, told: str, now: datetime) -> Promise:
    if order.task and order.task.paused_since:
        since = _("，自 {} 起暂停").format(moment(order.task.paused_since))
        why = [step.words for step in order.history if step.step == PAUSED and step.words]
        return Promise(
            "paused", _("暂停计时中"), told + since + (_("。原因：{}").format(why[-1]) if why else "")
        )
    if now > promised:
        return Promise("late", _("已超时 {}").format(span(now - promised)), told)
    return Promise("running", _("还有 {}").format(span(promised - now)), told)


def _answered(first: datetime, promised: datetime, told: str) -> Promise:
    if first > promised:
        return Promise("late", _("超时 {} 后答复").format(span(first - promised)), told)
    return Promise("kept", _("按时答复"), told + _("，{} 答复").format(moment(first)))
