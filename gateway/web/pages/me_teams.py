"""The teams that a member is in, and the ballots in which they elect who leads."""

from __future__ import annotations

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, text
from gateway.policies import MEMBERS
from gateway.problems import Problem, problem_of
from gateway.routes.ballots import Vote
from gateway.routing import page
from gateway.web.forms import check, onward, typed
from gateway.web.render import show
from gateway.words import _
from services.kit.outcomes import Refused
from services.members.contracts import CastVote, ListBallots, ListTeams

MOST_TEAMS = 20
MOST_BALLOTS = 3


class TeamsQuery(Request):
    done = text(_("刚做完的一步"), most=20, required=False)


@page("GET", "/duties/me/teams", policy=MEMBERS, summary=_("我的团组和推选"), query=TeamsQuery)
def teams_page(call: Call) -> Response:
    return _show(call, done=_("投好了，谢谢") if call.query.get("done") else "")


@page("POST", "/duties/me/ballots/{ballot_id}/votes", policy=MEMBERS, summary=_("投票推选领队"))
def vote(call: Call) -> Response:
    try:
        call.ask(CastVote(**call.path, **check(Vote, typed(call))))
    except (Refused, Problem) as wrong:
        problem = problem_of(wrong)
        return _show(call, status=problem.status, problem=problem.detail)
    return onward("/duties/me/teams?done=vote")


def _show(call: Call, *, status: int = 200, done: str = "", problem: str = "") -> Response:
    teams = call.ask(ListTeams(mine=True, limit=MOST_TEAMS)).items
    return show(
        call,
        "me_teams.html",
        status=status,
        teams=teams,
        ballots={
            team.team_id: call.ask(ListBallots(team_id=team.team_id, limit=MOST_BALLOTS)).items
            for team in teams
        },
        places=call.desk.names.of_places(team.node for team in teams),
        done=done,
        problem=problem,
    )
