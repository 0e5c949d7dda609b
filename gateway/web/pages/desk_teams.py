"""Teams of the place: proposed by nearness, trade or interest, adjusted and confirmed by its liaison."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Paged, choice, text
from gateway.policies import IMPORTERS
from gateway.problems import Problem
from gateway.routes.teams import Confirmation, Proposal, TeamChange
from gateway.routing import page
from gateway.web.desk_places import desk_nodes, node_of
from gateway.web.forms import check, onward, typed
from gateway.web.render import show
from gateway.words import _
from services.kit.outcomes import Refused
from services.members.contracts import (
    ConfirmTeam,
    DissolveTeam,
    ListTeams,
    ProposeTeams,
    ReviseTeam,
    TeamKind,
    TeamState,
)

PER_PAGE = 20
SHOWN = (TeamState.PROPOSED, TeamState.STANDING)
DONE = {
    "proposed": _("分好了，请看一看，改一改，再确认"),
    "none": _("没有分出新的团组：人太少，或都已经在团组里了"),
    "confirmed": _("已成立，队员都收到通知"),
    "dissolved": _("已撤销"),
    "revised": _("改好了"),
}


class TeamsQuery(Paged):
    node = text(_("地方"), most=20, required=False)
    state = choice(TeamState, _("状态"), required=False)
    done = text(_("刚做完的一步"), most=20, required=False)


@page("GET", "/desk/teams", policy=IMPORTERS, summary=_("团组：待确认的和已成立的"), query=TeamsQuery)
def desk_teams(call: Call) -> Response:
    return _show(call, done=str(DONE.get(call.query.get("done") or "", "")))


@page("POST", "/desk/teams", policy=IMPORTERS, summary=_("请系统分团组"))
def propose_teams_at_desk(call: Call) -> Response:
    given = typed(call)

    def propose() -> str:
        found = call.ask(ProposeTeams(**check(Proposal, given)))
        return "proposed" if found.teams else "none"

    return _taken(call, given, propose)


@page("POST", "/desk/teams/{team_id}/confirmation", policy=IMPORTERS, summary=_("确认团组"))
def confirm_team_at_desk(call: Call) -> Response:
    given = typed(call)

    def confirm() -> str:
        call.ask(ConfirmTeam(team_id=call.path["team_id"], **check(Confirmation, given)))
        return "confirmed"

    return _taken(call, given, confirm)


@page("POST", "/desk/teams/{team_id}/change", policy=IMPORTERS, summary=_("改团组名称，移出成员"))
def revise_team_at_desk(call: Call) -> Response:
    """The button pressed says whether the name is kept (``remove``: a member's id) or the whole form is meant."""
    given = typed(call)

    def revise() -> str:
        told = {"remove": [given["remove"]]} if given.get("remove") else {"name": given.get("name", "")}
        call.ask(ReviseTeam(team_id=call.path["team_id"], **check(TeamChange, told)))
        return "revised"

    return _taken(call, given, revise)


@page("POST", "/desk/teams/{team_id}/dissolution", policy=IMPORTERS, summary=_("撤销团组"))
def dissolve_team_at_desk(call: Call) -> Response:
    def dissolve() -> str:
        call.ask(DissolveTeam(team_id=call.path["team_id"]))
        return "dissolved"

    return _taken(call, typed(call), dissolve)


def _taken(call: Call, given: dict[str, str], step: Callable[[], str]) -> Response:
    try:
        done = step()
    except Problem as problem:
        return _show(call, problem="；".join(message for _name, message in problem.errors), given=given)
    except Refused as refused:
        return _show(call, problem=refused.message, given=given)
    state = TeamState.STANDING if done == "confirmed" else TeamState.PROPOSED
    return onward("/desk/teams?" + urlencode({"node": given.get("node", ""), "state": state, "done": done}))


def _show(call: Call, *, done: str = "", problem: str = "", given: dict[str, str] | None = None) -> Response:
    nodes = desk_nodes(call)
    node = (given or {}).get("node") or node_of(call, nodes)
    state = call.query.get("state") or TeamState.PROPOSED
    found = call.ask(ListTeams(node=node, state=state, cursor=call.query.get("cursor"), limit=PER_PAGE))
    places = call.desk.names.of_places(team.node for team in found.items)
    kept = {"node": node, "state": state.value}
    return show(
        call,
        "desk_teams.html",
        status=422 if problem else 200,
        nodes=nodes,
        node=node,
        kinds=TeamKind,
        state=state,
        states=SHOWN,
        teams=found.items,
        places=places,
        more=f"/desk/teams?{urlencode({**kept, 'cursor': found.next})}" if found.next else "",
        done=done,
        problem=problem,
        given=given or {},
    )
