"""Matching: candidates of a task with their scores, and why somebody is or is not one."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Request, flag, text, whole
from gateway.policies import ACCOUNTS, CHECKERS, TRIAGE, WORDS_READERS
from gateway.routing import route
from gateway.words import _
from services.dispatch.contracts import (
    AskInTurn,
    GroupMatching,
    ListCandidates,
    MatchGroups,
    Matching,
    MatchingRun,
    MatchTask,
    RunMatching,
    TaskView,
    Why,
    WhyMe,
)

WEEK = 7 * 24 * 60
"""Minutes."""


class Search(Request):
    skill = text(_("需要的专长，默认按任务的类别"), most=50, required=False)


class Run(Request):
    hold_minutes = whole(_("每个人留多少分钟考虑，不打扰的时间不计；默认按当地规则"), least=1, most=WEEK)


class Batch(Run):
    reserved = flag(_("连同派单规则留给联络员的任务一起匹配；默认不含"))


class Turn(Run):
    wave = whole(_("一次同时问几位，先答应的接单；默认按当地规则"), least=1, most=5)
    groups = flag(_("问单位和团组，一次一个，按当时的排名；默认问党员"))


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
    "POST",
    "/tasks/{task_id}/group-matching",
    policy=TRIAGE,
    summary=_("为任务匹配单位和团组，列出各自的分项得分"),
    tag="matching",
    body=Search,
    answer=GroupMatching,
)
def match_groups(call: Call) -> GroupMatching:
    return call.ask(MatchGroups(**call.path, **call.body))


@route(
    "POST",
    "/tasks/{task_id}/asking-in-turn",
    policy=TRIAGE,
    summary=_("交系统派单：按名单分批询问，先答应的接单，都谢绝或超时则问下一批"),
    tag="matching",
    body=Turn,
    answer=TaskView,
)
def ask_in_turn(call: Call) -> TaskView:
    return call.ask(AskInTurn(**call.path, **call.body))


@route(
    "POST",
    "/nodes/{node}/matching",
    policy=CHECKERS,
    summary=_("为一个地方待派的任务统一匹配，并依次询问"),
    tag="matching",
    body=Batch,
    answer=MatchingRun,
)
def run_matching(call: Call) -> MatchingRun:
    return call.ask_patiently(RunMatching(**call.path, **call.body))


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
