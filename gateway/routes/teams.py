"""Teams of members: formed by the staff of a place, led by one of them."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Paged, Request, choice, flag, several, text
from gateway.policies import ACCOUNTS, BOND_KEEPERS
from gateway.routing import route
from gateway.words import _
from services.kit.asking import Page
from services.members.contracts import FormTeam, GetTeam, ListTeams, TeamKind, TeamState, TeamView


class TeamQuery(Paged):
    node = text(_("只看这个地方（区划代码）及其下级"), most=20, required=False)
    kind = choice(TeamKind, _("只看这一类"), required=False)
    state = choice(TeamState, _("状态，默认只看已成立的"), required=False)
    mine = flag(_("只看自己所在的"))


class NewTeam(Request):
    name = text(_("团组名称"), most=64)
    node = text(_("服务的地方（区划代码）"), most=20)
    kind = choice(TeamKind, _("因何组成：就近、同行、同好"))
    member_ids = several(text(_("党员编号"), most=40), _("成员，2 至 60 人"), most=60)
    leader_id = text(_("暂由谁领队，须是成员之一"), most=40, required=False)


@route(
    "GET",
    "/teams",
    policy=ACCOUNTS,
    summary=_("志愿服务队、团组"),
    tag="teams",
    query=TeamQuery,
    answer=Page[TeamView],
)
def list_teams(call: Call) -> Page[TeamView]:
    return call.ask(ListTeams(**call.query))


@route(
    "GET",
    "/teams/{team_id}",
    policy=ACCOUNTS,
    summary=_("一个团组及其成员"),
    tag="teams",
    answer=TeamView,
)
def get_team(call: Call) -> TeamView:
    return call.ask(GetTeam(**call.path))


@route(
    "POST",
    "/teams",
    policy=BOND_KEEPERS,
    summary=_("指定成员组成团组，即时成立"),
    tag="teams",
    body=NewTeam,
    answer=TeamView,
    status=201,
    creates=True,
)
def form_team(call: Call) -> TeamView:
    return call.ask(FormTeam(**{"member_ids": (), **call.body}))
