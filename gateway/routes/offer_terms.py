"""On what terms people are asked, place by place: budgets, quiet hours, holds and waves."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Request, whole
from gateway.policies import ACCOUNTS, RULE_SETTERS
from gateway.routing import route
from gateway.words import _
from services.dispatch.contracts import GetOfferTerms, OfferTermsView, SetOfferTerms, UnsetOfferTerms

WEEK = 7 * 24 * 60
DAY_ENDS = 24 * 60 - 1
"""Minutes."""


class Terms(Request):
    most_a_day = whole(_("一位党员 24 小时内最多被系统询问几次；默认 2"), least=1, most=1000)
    most_a_week = whole(_("一位党员七天内最多被系统询问几次；默认 6"), least=1, most=1000)
    most_a_task = whole(_("同一任务最多问同一位党员几次；默认 1"), least=1, most=10)
    quiet_from = whole(_("每天从第几分钟起不打扰；默认 1260，即 21:00"), least=0, most=DAY_ENDS)
    quiet_until = whole(_("每天到第几分钟为止不打扰；默认 480，即 8:00"), least=0, most=DAY_ENDS)
    hold_minutes = whole(_("每个人留多少分钟考虑，不打扰的时间不计；默认 120"), least=1, most=WEEK)
    emergency_hold_minutes = whole(_("紧急任务每个人留多少分钟考虑；默认 10"), least=1, most=WEEK)
    wave = whole(_("一般任务一次同时问几位；默认 1"), least=1, most=5)
    urgent_wave = whole(_("加急和紧急任务一次同时问几位；默认 3"), least=1, most=5)


@route(
    "GET",
    "/nodes/{node}/offer-terms",
    policy=ACCOUNTS,
    summary=_("一个地方的派单询问规则：自己的，或最近上级的"),
    tag="rules",
    answer=OfferTermsView,
)
def get_offer_terms(call: Call) -> OfferTermsView:
    return call.ask(GetOfferTerms(**call.path))


@route(
    "PUT",
    "/nodes/{node}/offer-terms",
    policy=RULE_SETTERS,
    summary=_("设置一个地方及其下级的派单询问规则"),
    tag="rules",
    body=Terms,
    answer=OfferTermsView,
)
def set_offer_terms(call: Call) -> OfferTermsView:
    return call.ask(SetOfferTerms(**call.path, **call.body))


@route(
    "DELETE",
    "/nodes/{node}/offer-terms",
    policy=RULE_SETTERS,
    summary=_("取消一个地方自己的派单询问规则，沿用上级的"),
    tag="rules",
    answer=OfferTermsView,
)
def unset_offer_terms(call: Call) -> OfferTermsView:
    return call.ask(UnsetOfferTerms(**call.path))
