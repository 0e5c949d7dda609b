"""The steps on an order: the liaison's triage, the resident's word about the result."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Request, choice, flag, maybe, moment, text
from gateway.policies import FOLLOWERS_UP, RESIDENTS, TRIAGE, Policy
from gateway.routes.readings import suggested
from gateway.routing import route
from gateway.words import _
from services.dispatch.contracts import (
    AppealRefusal,
    ConfirmTask,
    MergeOrder,
    RefuseOrder,
    RegisterTask,
    RemindTask,
    ReopenTask,
    TaskView,
    Urgency,
)
from services.evaluation.contracts import FollowUpView, Grade, RateOrder, RatingView, RecordFollowUp
from services.members.contracts import Role

REOPENERS = Policy(signed_in=True, holders=True, roles=frozenset({Role.SUPERVISOR}))


class Registration(Request):
    category = text(_("类别；不填则采用系统有把握的建议"), most=50, required=False)
    urgency = choice(Urgency, _("缓急；不填则按点单时的情形"), required=False)
    promised_at = moment(_("承诺时间；不填则按类别和缓急的常规时限，以工作时间计"))


class Refusal(Request):
    reason = text(_("不予受理的理由，居民会看到"), most=500)


class Appeal(Request):
    words = text(_("申诉的理由"), most=2000)


class Merge(Request):
    into_order_id = text(_("并入的点单编号"), most=40)


class Reopening(Request):
    reason = text(_("没有解决的地方"), most=2000)


class Rating(Request):
    grade = choice(Grade, _("评价（GB/T 39735 五级）"))
    words = text(_("评价的话"), most=1000, required=False)


class FollowUp(Request):
    way = text(_("call（电话）或 visit（上门）"), most=20)
    reached = flag(_("是否联系上"), required=True)
    solved = maybe(_("居民说解决了吗；没问到为 null"))
    grade = choice(Grade, _("居民的评价"), required=False)
    words = text(_("居民的话"), most=1000, required=False)


@route(
    "POST",
    "/orders/{order_id}/registration",
    policy=TRIAGE,
    summary=_("立项：受理并承诺时限"),
    tag="orders",
    body=Registration,
    answer=TaskView,
)
def register_order(call: Call) -> TaskView:
    order_id = call.path["order_id"]
    category = call.body.pop("category", None) or suggested(call, order_id)
    return call.ask_about_order(RegisterTask(order_id=order_id, category=category, **call.body), order_id)


@route(
    "POST",
    "/orders/{order_id}/refusal",
    policy=TRIAGE,
    summary=_("不予受理"),
    tag="orders",
    body=Refusal,
    answer=TaskView,
)
def refuse_order(call: Call) -> TaskView:
    order_id = call.path["order_id"]
    return call.ask_about_order(RefuseOrder(order_id=order_id, **call.body), order_id)


@route(
    "POST",
    "/orders/{order_id}/appeal",
    policy=RESIDENTS,
    summary=_("对不予受理向街道申诉"),
    tag="orders",
    body=Appeal,
    answer=TaskView,
)
def appeal_refusal(call: Call) -> TaskView:
    order_id = call.path["order_id"]
    return call.ask_about_order(AppealRefusal(order_id=order_id, **call.body), order_id)


@route(
    "POST",
    "/orders/{order_id}/merge",
    policy=TRIAGE,
    summary=_("并入另一张点单"),
    tag="orders",
    body=Merge,
    answer=TaskView,
)
def merge_order(call: Call) -> TaskView:
    order_id = call.path["order_id"]
    return call.ask_about_order(MergeOrder(order_id=order_id, **call.body), order_id)


@route(
    "POST",
    "/orders/{order_id}/confirmation",
    policy=RESIDENTS,
    summary=_("居民确认已解决"),
    tag="orders",
    body=Request,
    answer=TaskView,
)
def confirm_order(call: Call) -> TaskView:
    order_id = call.path["order_id"]
    return call.ask_about_order(ConfirmTask(order_id=order_id), order_id)


@route(
    "POST",
    "/orders/{order_id}/reopening",
    policy=REOPENERS,
    summary=_("居民说没有解决，或异议成立"),
    tag="orders",
    body=Reopening,
    answer=TaskView,
)
def reopen_order(call: Call) -> TaskView:
    order_id = call.path["order_id"]
    return call.ask_about_order(ReopenTask(order_id=order_id, **call.body), order_id)


@route(
    "POST",
    "/orders/{order_id}/reminder",
    policy=RESIDENTS,
    summary=_("居民催单，每个工作日一次"),
    tag="orders",
    body=Request,
    answer=TaskView,
)
def remind_order(call: Call) -> TaskView:
    order_id = call.path["order_id"]
    return call.ask_about_order(RemindTask(order_id=order_id), order_id)


@route(
    "PUT",
    "/orders/{order_id}/rating",
    policy=RESIDENTS,
    summary=_("居民评价，销号前可修改"),
    tag="orders",
    body=Rating,
    answer=RatingView,
)
def rate_order(call: Call) -> RatingView:
    order_id = call.path["order_id"]
    return call.ask_about_order(RateOrder(order_id=order_id, **call.body), order_id)


@route(
    "POST",
    "/orders/{order_id}/follow-ups",
    policy=FOLLOWERS_UP,
    summary=_("登记一次回访"),
    tag="follow-ups",
    body=FollowUp,
    answer=FollowUpView,
    status=201,
    creates=True,
)
def record_follow_up(call: Call) -> FollowUpView:
    order_id = call.path["order_id"]
    return call.ask_about_order(RecordFollowUp(order_id=order_id, **call.body), order_id)
