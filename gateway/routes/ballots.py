"""Ballots in which a team elects its leader."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Paged, Request, text, whole
from gateway.policies import ACCOUNTS, BOND_KEEPERS, MEMBERS
from gateway.routing import route
from gateway.words import _
from services.kit.asking import Page
from services.members.contracts import (
    BallotView,
    CastVote,
    CloseBallot,
    GetBallot,
    ListBallots,
    OpenBallot,
)


class NewBallot(Request):
    term_months = whole(_("任期几个月，默认 24"), least=1, most=60)


class Vote(Request):
    candidate_id = text(_("候选人的党员编号"), most=40)


@route(
    "GET",
    "/teams/{team_id}/ballots",
    policy=ACCOUNTS,
    summary=_("一个团组的历次领队推选"),
    tag="teams",
    query=Paged,
    answer=Page[BallotView],
)
def list_ballots(call: Call) -> Page[BallotView]:
    return call.ask(ListBallots(**call.path, **call.query))


@route(
    "POST",
    "/teams/{team_id}/ballots",
    policy=BOND_KEEPERS,
    summary=_("发起领队推选；上一轮并列时，只在并列者中推选"),
    tag="teams",
    body=NewBallot,
    answer=BallotView,
    status=201,
    creates=True,
)
def open_ballot(call: Call) -> BallotView:
    return call.ask(OpenBallot(**call.path, **call.body))


@route(
    "GET",
    "/ballots/{ballot_id}",
    policy=ACCOUNTS,
    summary=_("一次推选：候选人、已投人数；计票后才有得票数"),
    tag="teams",
    answer=BallotView,
)
def get_ballot(call: Call) -> BallotView:
    return call.ask(GetBallot(**call.path))


@route(
    "POST",
    "/ballots/{ballot_id}/votes",
    policy=MEMBERS,
    summary=_("投票：一人一票，不记名，不能更改"),
    tag="teams",
    body=Vote,
    answer=BallotView,
)
def cast_vote(call: Call) -> BallotView:
    return call.ask(CastVote(**call.path, **call.body))


@route(
    "POST",
    "/ballots/{ballot_id}/count",
    policy=BOND_KEEPERS,
    summary=_("结束推选并计票"),
    tag="teams",
    answer=BallotView,
)
def close_ballot(call: Call) -> BallotView:
    return call.ask(CloseBallot(**call.path))
