"""One order at the desk: what it seems to be, what is like it, who could do it, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass, replace

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, text
from gateway.order_file import OrderFile, file_of
from gateway.policies import CONTACT_VIEWERS, TRIAGE
from gateway.problems import Problem, from_refused
from gateway.routes.orders import Purpose, read_order
from gateway.routing import page
from gateway.web import labels
from gateway.web.desk_cards import clock_of
from gateway.web.desk_hands import Hands, hands_of
from gateway.web.desk_joint import groups_of, parts_of, whistle_of
from gateway.web.forms import check, errors_of, typed
from gateway.web.render import show
from gateway.words import _
from services.dispatch.contracts import CategoryView, GroupMatching, ListCategories, State, TaskView, Urgency
from services.evaluation.contracts import Grade
from services.intake.contracts import (
    ContactRevealed,
    Reading,
    ReadOrder,
    RevealContact,
    SimilarOrder,
    SimilarOrders,
)
from services.kit.actor import VISITOR
from services.kit.ids import new_id
from services.kit.outcomes import Refused
from services.kit.rpc import Unavailable

MOST_SIMILAR = 5
MINUTES_A_DAY = 8 * 60
"""Of working time."""
FOLLOWED_UP = {State.ACTING, State.ANSWERED, State.VERIFIED, State.PUBLISHED}

DONE = {
    "registration": _("已立项，承诺时间已告诉居民"),
    "refusal": _("已告诉居民不予受理和理由；居民可以向街道申诉一次"),
    "merge": _("已并单，办好后一并告诉居民；并错了，居民可以申诉一次，由街道恢复"),
    "matching": _("名单找好了，按得分排列"),
    "assignment": _("已派单，等对方接单"),
    "opening": _("已开放抢单"),
    "asking-in-turn": _("已交系统依次询问，有人接单就停"),
    "verification": _("核查通过，等居民确认"),
    "sending-back": _("已退回重办"),
    "urge": _("已督办"),
    "taking-back": _("已收回，请另派别人"),
    "escalation": _("已上报，由上一级负责；他们会收到消息"),
    "handing-down": _("已交回，下级会收到消息"),
    "follow-up": _("回访记下了"),
    "slots": _("岗位设好了"),
    "slot-offer": _("已邀请上岗"),
    "whistle": _("已吹哨，各单位会收到消息，请留意谁来报到"),
    "waiver": _("已免除，不用等它办结"),
}


class DeskOrderQuery(Request):
    done = text(_("刚做完的一步"), most=20, required=False)
    who = text(_("按姓名找接单人"), most=20, required=False)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A category as the triage offers it; ``percent`` is None where the system does not suggest it."""

    code: str
    label: str
    promise: str
    percent: int | None = None


@page(
    "GET",
    "/desk/orders/{order_id}",
    policy=TRIAGE,
    summary=_("工作台上的一张点单：受理、派单、核查"),
    query=DeskOrderQuery,
)
def desk_order(call: Call) -> Response:
    return show_desk_order(call, done=DONE.get(call.query.get("done") or "", ""))


@page("POST", "/desk/orders/{order_id}/contact", policy=CONTACT_VIEWERS, summary=_("查看联系方式，留痕"))
def contact_at_desk(call: Call) -> Response:
    """Shown once, on the answer to this form: going back to the page shows it no more."""
    given = typed(call)
    try:
        told = call.ask(RevealContact(order_id=call.path["order_id"], **check(Purpose, given)))
    except Problem as problem:
        return show_desk_order(call, given=given, errors=errors_of(problem))
    except Refused as refused:
        return show_desk_order(call, problem=refused.message, errors=errors_of(from_refused(refused)))
    return show_desk_order(call, contact=told)


def show_desk_order(
    call: Call,
    *,
    done: str = "",
    problem: str = "",
    failed: str = "",
    given: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    contact: ContactRevealed | None = None,
    ranked: GroupMatching | None = None,
) -> Response:
    """The page as the order stands; ``given`` and ``errors`` are those of the form (``failed``) that could not be accepted."""
    order = file_of(call, read_order(call, call.path["order_id"]))
    task = order.task
    allowed = frozenset(task.allowed) if task else frozenset()
    triage = "register" in allowed
    reading = _reading(call, order) if triage else None
    return show(
        call,
        "desk_order.html",
        status=422 if errors or problem else 200,
        live=f"order:{order.order_id}",
        order=order,
        task=task,
        state=task.state.value if task else order.state,
        allowed=allowed,
        steps=labels.WAY,
        clock=clock_of(task) if task else None,
        category=call.desk.names.of_category(order.category) if order.category else "",
        grid_name=call.desk.names.of_places([order.grid_code]).get(order.grid_code or "", ""),
        reading=reading,
        suggested=_suggested(call, reading) if reading else [],
        choices=_choices(call) if triage else [],
        urgencies=Urgency,
        similar=_similar(call, order) if triage else (),
        hands=_hands(call, task, allowed),
        whistle=whistle_of(call, task) if task and "call" in allowed else None,
        named=_named(call, task) if task else {},
        groups=groups_of(call, task, ranked) if task and ranked else None,
        parts=parts_of(call, task) if task else [],
        follows=bool(task and task.state in FOLLOWED_UP),
        grades=Grade,
        history=sorted(order.history, key=lambda step: step.at, reverse=True),
        contact=contact,
        done=done,
        problem=problem,
        failed=failed,
        given=given or {},
        errors=errors or {},
        key=new_id(),
    )


def _reading(call: Call, order: OrderFile) -> Reading | None:
    try:
        return call.ask(ReadOrder(order_id=order.order_id))
    except (Refused, Unavailable):
        return None


def _similar(call: Call, order: OrderFile) -> tuple[SimilarOrder, ...]:
    try:
        return call.ask(SimilarOrders(order_id=order.order_id))[:MOST_SIMILAR]
    except (Refused, Unavailable):
        return ()


def _suggested(call: Call, reading: Reading) -> list[Choice]:
    offered = {choice.code: choice for choice in _choices(call, reading.urgency)}
    return [
        replace(offered[each.category], percent=int(each.probability * 100))
        for each in reading.categories
        if each.category in offered
    ]


def _choices(call: Call, urgency: Urgency = Urgency.ORDINARY) -> list[Choice]:
    try:
        found = call.ask(ListCategories(), actor=VISITOR)
    except Unavailable:
        return []
    return [Choice(code=each.code, label=each.label, promise=_promised(each, urgency)) for each in found]


def _promised(category: CategoryView, urgency: Urgency) -> str:
    """The usual time for solving it, as a desk says it: 5 个工作日, 4 小时."""
    minutes = next(
        (each.solve_minutes for each in category.promises if each.urgency is urgency),
        category.days * MINUTES_A_DAY,
    )
    if minutes >= MINUTES_A_DAY:
        return _("{} 个工作日").format(round(minutes / MINUTES_A_DAY))
    return _("{} 小时").format(max(1, round(minutes / 60)))


def _hands(call: Call, task: TaskView | None, allowed: frozenset[str]) -> Hands | None:
    if task is None or not allowed & {"assign", "offer"}:
        return None
    return hands_of(call, task, call.query.get("who"))


def _named(call: Call, task: TaskView) -> dict[str, str]:
    """The names of those whom a return is about: the unit or team named, and who is on duty for it."""
    named = (task.named_unit_id, task.named_team_id, task.duty_member_id, task.duty_unit_id)
    return call.desk.names.of_hands(named, call.actor)
