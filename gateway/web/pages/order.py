"""One order with its history, and what its resident may do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, text
from gateway.order_file import OrderFile, file_of
from gateway.policies import ANYONE, RESIDENTS
from gateway.problems import Problem, problem_of
from gateway.routes import order_steps as steps
from gateway.routes.looks import Look, named
from gateway.routes.orders import Words, read_order
from gateway.routing import page
from gateway.web import labels
from gateway.web.forms import check, errors_of, onward, typed
from gateway.web.promise import promise_of
from gateway.web.render import show
from gateway.web.uploads import MOST_BYTES, received
from gateway.words import _
from services.dispatch.contracts import AppealRefusal, ConfirmTask, RemindTask, ReopenTask
from services.evaluation.contracts import Grade, RateOrder
from services.intake.contracts import AmendOrder, ListLooks
from services.kit.ids import new_id
from services.kit.outcomes import Refused
from services.kit.rpc import Unavailable

RATED = {"answered", "verified", "published"}
LOOKS_SHOWN = 50
ENDED = {"closed", "refused", "merged"}

DONE = {
    "words": _("补充收到了"),
    "confirmation": _("谢谢确认，接下来公示，公示后销号"),
    "rating": _("谢谢评价"),
    "reopening": _("知道了，会继续办理"),
    "reminder": _("已经替您催办，每个工作日可以催一次"),
    "appeal": _("申诉收到了，街道会答复"),
}


@dataclass(frozen=True)
class Adding:
    """Words and photos on their way to the order; ``key`` is drawn once, so that tapping twice adds them once."""

    words: str = ""
    photos: tuple[str, ...] = ()
    errors: dict[str, str] = field(default_factory=dict)
    key: str = field(default_factory=new_id)


class OrderPageQuery(Request):
    done = text(_("刚做完的一步"), most=20, required=False)


@page("GET", "/orders/{order_id}", policy=ANYONE, summary=_("一张点单和它的经过"), query=OrderPageQuery)
def order_page(call: Call) -> Response:
    return _show(call, done=DONE.get(call.query.get("done") or "", ""))


@page("POST", "/orders/{order_id}/words", policy=RESIDENTS, summary=_("补充内容"), most=MOST_BYTES)
def amend(call: Call) -> Response:
    """The one form here in which much may be typed: a mistake shows it again with everything in it."""
    given = typed(call)
    photos, errors = received(call)
    adding = Adding(given.get("words", ""), photos, errors, given.get("key") or new_id())
    if errors or "drop" in given:
        return _show(call, status=422 if errors else 200, adding=adding)
    try:
        added = check(Words, {"words": adding.words, "photos": list(photos)})
        replace(call, key=adding.key).ask(AmendOrder(order_id=call.path["order_id"], **added))
    except (Problem, Refused) as wrong:
        problem = problem_of(wrong)
        errors = errors_of(problem)
        told = "" if errors else problem.detail
        return _show(call, status=problem.status, problem=told, adding=replace(adding, errors=errors))
    return onward(f"/orders/{call.path['order_id']}?done=words")


@page("POST", "/orders/{order_id}/confirmation", policy=RESIDENTS, summary=_("确认已解决"))
def confirm(call: Call) -> Response:
    return _step(call, "confirmation", lambda: call.ask(ConfirmTask(order_id=call.path["order_id"])))


@page("POST", "/orders/{order_id}/rating", policy=RESIDENTS, summary=_("评价"))
def rate(call: Call) -> Response:
    given = typed(call)
    order_id = call.path["order_id"]
    return _step(
        call,
        "rating",
        lambda: call.ask_about_order(RateOrder(order_id=order_id, **check(steps.Rating, given)), order_id),
    )


@page("POST", "/orders/{order_id}/reopening", policy=RESIDENTS, summary=_("还没有解决"))
def reopen(call: Call) -> Response:
    given = typed(call)
    return _step(
        call,
        "reopening",
        lambda: call.ask(ReopenTask(order_id=call.path["order_id"], **check(steps.Reopening, given))),
    )


@page("POST", "/orders/{order_id}/reminder", policy=RESIDENTS, summary=_("催一催"))
def remind(call: Call) -> Response:
    return _step(call, "reminder", lambda: call.ask(RemindTask(order_id=call.path["order_id"])))


@page("POST", "/orders/{order_id}/appeal", policy=RESIDENTS, summary=_("申诉"))
def appeal(call: Call) -> Response:
    given = typed(call)
    return _step(
        call,
        "appeal",
        lambda: call.ask(AppealRefusal(order_id=call.path["order_id"], **check(steps.Appeal, given))),
    )


def _step(call: Call, name: str, take: Callable[[], object]) -> Response:
    """Take the step and show the order again; a refusal is told on the same page."""
    try:
        take()
    except Refused as refused:
        return _show(call, status=refused.status, problem=refused.message)
    except Problem as problem:
        return _show(
            call, status=problem.status, problem=";".join(message for _name, message in problem.errors)
        )
    return onward(f"/orders/{call.path['order_id']}?done={name}")


def _show(
    call: Call, *, status: int = 200, done: str = "", problem: str = "", adding: Adding | None = None
) -> Response:
    order = file_of(call, read_order(call, call.path["order_id"]))
    state = order.task.state.value if order.task else order.state
    return show(
        call,
        "order.html",
        status=status,
        live=f"order:{order.order_id}",
        order=order,
        history=sorted(order.history, key=lambda step: step.at),
        category=call.desk.names.of_category(order.category) if order.category else "",
        state=state,
        steps=labels.WAY,
        promise=promise_of(order, state, call.now),
        actions=_actions(order, state),
        grades=Grade,
        looks=_looks(call, order),
        holding=call.actor.order_id == order.order_id,
        done=done,
        problem=problem,
        adding=adding or Adding(),
        takes_photos=call.desk.photos is not None,
    )


def _looks(call: Call, order: OrderFile) -> tuple[Look, ...] | None:
    """Who looked at the contact, for the order's own resident; None for everybody else, and while it cannot be had."""
    if not order.code:
        return None
    try:
        return named(call, call.ask(ListLooks(order_id=order.order_id, limit=LOOKS_SHOWN))).items
    except Unavailable:
        return None


def _actions(order: OrderFile, state: str) -> set[str]:
    """What the order's own resident may do now; only they are shown its code."""
    if not order.code:
        return set()
    allowed = set(order.task.allowed) & {"confirm", "reopen", "appeal", "remind"} if order.task else set()
    if state in RATED:
        allowed.add("rate")
    if state not in ENDED:
        allowed.add("amend")
    return allowed
