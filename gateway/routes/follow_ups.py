"""Follow-ups as a list; one is recorded on its order."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Paged, text
from gateway.policies import WORDS_READERS
from gateway.routing import route
from gateway.words import _
from services.evaluation.contracts import FollowUpView, ListFollowUps
from services.kit.asking import Page


class FollowUpQuery(Paged):
    node = text(_("只看这个地方（区划代码）及其下级"), most=20, required=False)
    order_id = text(_("只看这张点单"), most=40, required=False)


@route(
    "GET",
    "/follow-ups",
    policy=WORDS_READERS,
    summary=_("回访列表"),
    tag="follow-ups",
    query=FollowUpQuery,
    answer=Page[FollowUpView],
)
def list_follow_ups(call: Call) -> Page[FollowUpView]:
    return call.ask(ListFollowUps(**call.query))
