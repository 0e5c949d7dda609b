"""Matching: candidates of a task with their scores, and why somebody is or is not one."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Request, text
from gateway.policies import ACCOUNTS, TRIAGE, WORDS_READERS
from gateway.routing import route
from gateway.words import _
from services.dispatch.contracts import ListCandidates, Matching, MatchTask, Why, WhyMe


class Search(Request):
    skill = text(_("需要的专长，默认按任务的类别"), most=50, required=False)


class WhyQuery(Request):
    hand_id = text(_("哪位党员，默认本人"), most=40, required=False)


@route(
    "POST",
    "/tasks/{task_id}/matching",
    policy=TRIAGE,
    summary=_("为任务匹配接单人，并记下每个人的分项得分"),
    tag="matching",
    body=Search,
    answer=Matching,
)
def match_task(call: Call) -> Matching:
    return call.ask(MatchTask(**call.path, **call.body))


@route(
    "GET",
    "/tasks/{task_id}/candidates",
    policy=WORDS_READERS,
    summary=_("最近一次匹配的名单和分项得分"),
    tag="matching",
    answer=Matching,
)
def list_candidates(call: Call) -> Matching:
    return call.ask(ListCandidates(**call.path))


@route(
    "GET",
    "/tasks/{task_id}/why",
    policy=ACCOUNTS,
    summary=_("为什么是我，为什么不是我：党员看自己，能派单的人看任何人"),
    tag="matching",
    query=WhyQuery,
    answer=Why,
)
def why_me(call: Call) -> Why:
    return call.ask(WhyMe(**call.path, **call.query))
