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
    UrgeTask,
    VerifyTask,
)
from services.evaluation.contracts import RecordFollowUp
from services.kit.asking import Ask
from services.kit.outcomes import Refused

SLOT_ROWS = 3


@dataclass(frozen=True, kw_only=True)
class Step:
    """``ask`` makes the request of an id and the checked form: the task's id, or the order's (``of_order``)."""

    path: str
    policy: Policy
    summary: str
    form: type[Schema]
    ask: Callable[[str, dict[str, Any]], Ask[Any]]
    of_order: bool = False


STEPS: tuple[Step, ...] = (
    Step(
        path="registration",
        policy=TRIAGE,
        summary=_("立项"),
        form=Registration,
        ask=lambda order_id, form: RegisterTask(order_id=order_id, **form),
        of_order=True,
    ),
    Step(
        path="refusal",
        policy=TRIAGE,
        summary=_("不予受理"),
        form=Refusal,
        ask=lambda order_id, form: RefuseOrder(order_id=order_id, **form),
        of_order=True,
    ),
    Step(
        path="merge",
        policy=TRIAGE,
        summary=_("并单"),
        form=Merge,
        ask=lambda order_id, form: MergeOrder(order_id=order_id, **form),
        of_order=True,
    ),
    Step(
        path="follow-up",
        policy=FOLLOWERS_UP,
        summary=_("登记回访"),
        form=FollowUp,
        ask=lambda order_id, form: RecordFollowUp(order_id=order_id, **form),
        of_order=True,
    ),
    Step(
        path="matching",
        policy=TRIAGE,
        summary=_("找合适的人"),
        form=Search,
        ask=lambda task_id, form: MatchTask(task_id=task_id, **form),
    ),
    Step(
        path="assignment",
        policy=TRIAGE,
        summary=_("派单"),
        form=Assignment,
        ask=lambda task_id, form: AssignTask(task_id=task_id, **form),
    ),
    Step(
        path="opening",
        policy=TRIAGE,
        summary=_("开放抢单"),
        form=Opening,
        ask=lambda task_id, form: OpenTask(task_id=task_id, **form),
    ),
    Step(
        path="asking-in-turn",
        policy=TRIAGE,
        summary=_("交系统派单"),
        form=Turn,
        ask=lambda task_id, form: AskInTurn(task_id=task_id, **form),
    ),
    Step(
        path="slot-offer",
        policy=TRIAGE,
        summary=_("邀请上岗"),
        form=SlotOffer,
        ask=lambda task_id, form: OfferSlot(task_id=task_id, **form),
    ),
    Step(
        path="verification",
        policy=CHECKERS,
        summary=_("核查通过"),
        form=Remark,
        ask=lambda task_id, form: VerifyTask(task_id=task_id, **form),
    ),
    Step(
        path="sending-back",
        policy=CHECKERS,
        summary=_("核查不通过"),
        form=Reason,
        ask=lambda task_id, form: SendBackTask(task_id=task_id, **form),
    ),
    Step(
        path="escalation",
        policy=TRIAGE,
        summary=_("上报上一级"),
        form=Reason,
        ask=lambda task_id, form: RaiseTask(task_id=task_id, **form),
    ),
    Step(
        path="handing-down",
        policy=CHECKERS,
        summary=_("交回下级"),
        form=Reason,
        ask=lambda task_id, form: HandDownTask(task_id=task_id, **form),
    ),
    Step(
        path="urge",
        policy=SUPERVISORS,
        summary=_("督办"),
        form=Remark,
        ask=lambda task_id, form: UrgeTask(task_id=task_id, **form),
    ),
)


def _enter(step: Step) -> None:
    def act(call: Call) -> Response:
        return _taken(call, step.path, lambda given: _request(call, step, check(step.form, given)))

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
        return SetSlots(task_id=_task_id(call), slots=wanted)

    return _taken(call, "slots", request)


def _request(call: Call, step: Step, form: dict[str, Any]) -> Ask[Any]:
    return step.ask(call.path["order_id"] if step.of_order else _task_id(call), form)


def _task_id(call: Call) -> str:
    return call.ask_about_order(GetTask(order_id=call.path["order_id"]), call.path["order_id"]).task_id


def _taken(call: Call, path: str, request: Callable[[dict[str, str]], Ask[Any]]) -> Response:
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
