"""What the desk does with an order, a form for each step: the same requests as the API's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from marshmallow import Schema
from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.policies import CHECKERS, FOLLOWERS_UP, SUPERVISORS, TRIAGE, Policy
from gateway.problems import Problem, from_refused
from gateway.routes.matching import Search, Turn
from gateway.routes.order_steps import FollowUp, Merge, Refusal, Registration
from gateway.routes.slots import SlotForm, SlotOffer
from gateway.routes.tasks import Assignment, Opening, Reason, Remark
from gateway.routing import page
from gateway.web.forms import check, errors_of, onward, typed
from gateway.web.pages.desk_order import show_desk_order
from gateway.words import _
from services.dispatch.contracts import (
    AskInTurn,
    AssignTask,
    GetTask,
    HandDownTask,
    MatchTask,
    MergeOrder,
    OfferSlot,
    OpenTask,
    RaiseTask,
    RefuseOrder,
    RegisterTask,
    SendBackTask,
    SetSlots,
    SlotWanted,
    TakeBackTask,
    TaskView,
    UrgeTask,
    VerifyTask,
)
from services.evaluation.contracts import RecordFollowUp
from services.kit.asking import Ask
from services.kit.outcomes import Refused

SLOT_ROWS = 3


@dataclass(frozen=True)
class Step:
    """``ask`` is asked about the task, or about the order (``of_order``), with what the form says."""

    path: str
    policy: Policy
    summary: str
    form: type[Schema]
    ask: Callable[..., Ask[Any]]
    of_order: bool = False


STEPS = (
    Step("registration", TRIAGE, _("立项"), Registration, RegisterTask, of_order=True),
    Step("refusal", TRIAGE, _("不予受理"), Refusal, RefuseOrder, of_order=True),
    Step("merge", TRIAGE, _("并单"), Merge, MergeOrder, of_order=True),
    Step("follow-up", FOLLOWERS_UP, _("登记回访"), FollowUp, RecordFollowUp, of_order=True),
    Step("matching", TRIAGE, _("找合适的人"), Search, MatchTask),
    Step("assignment", TRIAGE, _("派单"), Assignment, AssignTask),
    Step("opening", TRIAGE, _("开放抢单"), Opening, OpenTask),
    Step("asking-in-turn", TRIAGE, _("交系统派单"), Turn, AskInTurn),
    Step("slot-offer", TRIAGE, _("邀请上岗"), SlotOffer, OfferSlot),
    Step("verification", CHECKERS, _("核查通过"), Remark, VerifyTask),
    Step("sending-back", CHECKERS, _("核查不通过"), Reason, SendBackTask),
    Step("taking-back", CHECKERS, _("收回，另派别人"), Remark, TakeBackTask),
    Step("escalation", TRIAGE, _("上报上一级"), Reason, RaiseTask),
    Step("handing-down", CHECKERS, _("交回下级"), Reason, HandDownTask),
    Step("urge", SUPERVISORS, _("督办"), Remark, UrgeTask),
)


def _enter(step: Step) -> None:
    def act(call: Call) -> Response:
        return taken(call, step.path, lambda given: _request(call, step, check(step.form, given)))

    act.__name__ = f"desk_{step.path.replace('-', '_')}"
    page("POST", f"/desk/orders/{{order_id}}/{step.path}", policy=step.policy, summary=step.summary)(act)


for _step in STEPS:
    _enter(_step)


@page("POST", "/desk/orders/{order_id}/slots", policy=TRIAGE, summary=_("设岗位"))
def set_slots_at_desk(call: Call) -> Response:
    """Up to three kinds of hands, a line each; an empty line is none."""

    def request(given: dict[str, str]) -> Ask[Any]:
        lines = [
            {name: given.get(f"{name}_{number}", "") for name in ("role", "count", "skill")}
            for number in range(1, SLOT_ROWS + 1)
        ]
        wanted = tuple(SlotWanted(**check(SlotForm, line)) for line in lines if line["role"])
        return SetSlots(task_id=task_of(call).task_id, slots=wanted)

    return taken(call, "slots", request)


def _request(call: Call, step: Step, form: dict[str, Any]) -> Ask[Any]:
    if step.of_order:
        return step.ask(order_id=call.path["order_id"], **form)
    return step.ask(task_id=task_of(call).task_id, **form)


def task_of(call: Call) -> TaskView:
    """The task that speaks for the order of the page."""
    return call.ask_about_order(GetTask(order_id=call.path["order_id"]), call.path["order_id"])


def taken(call: Call, path: str, request: Callable[[dict[str, str]], Ask[Any]]) -> Response:
    """Take the step and show the order again; what is wrong is said on the same page, with what was typed."""
    given = typed(call)
    keyed = replace(call, key=given.get("key"))
    try:
        keyed.ask_about_order(request(given), call.path["order_id"])
    except Problem as problem:
        errors = errors_of(problem)
        return show_desk_order(
            call, failed=path, problem="；".join(errors.values()), given=given, errors=errors
        )
    except Refused as refused:
        errors = errors_of(from_refused(refused))
        return show_desk_order(call, failed=path, problem=refused.message, given=given, errors=errors)
    return onward(f"/desk/orders/{call.path['order_id']}?done={path}")
