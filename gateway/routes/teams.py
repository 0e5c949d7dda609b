"""Teams of members: formed by the staff of a place, led by one of them."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Paged, Request, choice, flag, several, text, whole
from gateway.policies import ACCOUNTS, BOND_KEEPERS
from gateway.routing import route
from gateway.words import _
from services.kit.asking import Page
from services.members.contracts import (
    ConfirmTeam,
    DissolveTeam,
    FormTeam,
    GetTeam,
    ListTeams,
    MoveTeamMember,
    ProposedTeams,
    ProposeTeams,
    ReviseTeam,
    TeamKind,
    TeamState,
    TeamView,
)


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


class Proposal(Request):
    node = text(_("为哪个地方编组（区划代码）"), most=20)
    kind = choice(TeamKind, _("按什么编组：就近、同行、同好"))
    least = whole(_("每组至少几人，默认 5"), least=2, most=60)
    most = whole(_("每组至多几人，默认 30"), least=2, most=60)


class TeamChange(Request):
    name = text(_("新的名称"), most=64, required=False)
    add = several(text(_("党员编号"), most=40), _("加入的成员"), most=60)
    remove = several(text(_("党员编号"), most=40), _("移出的成员"), most=60)


class Move(Request):
    from_team_id = text(_("从哪个团组"), most=40)
    member_id = text(_("党员编号"), most=40)


class Confirmation(Request):
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


@route(
    "POST",
    "/team-proposals",
    policy=BOND_KEEPERS,
    summary=_("由系统按就近、同行、同好编组，供调整和确认；未确认的旧方案作废"),
    tag="teams",
    body=Proposal,
    answer=ProposedTeams,
)
def propose_teams(call: Call) -> ProposedTeams:
    return call.ask(ProposeTeams(**call.body))


@route(
    "PUT",
    "/teams/{team_id}",
    policy=BOND_KEEPERS,
    summary=_("团组改名、增减成员"),
    tag="teams",
    body=TeamChange,
    answer=TeamView,
)
def revise_team(call: Call) -> TeamView:
    return call.ask(ReviseTeam(**call.path, **call.body))


@route(
    "POST",
    "/teams/{to_team_id}/moves",
    policy=BOND_KEEPERS,
    summary=_("把一名成员从另一团组调入"),
    tag="teams",
    body=Move,
    answer=TeamView,
)
def move_team_member(call: Call) -> TeamView:
    return call.ask(MoveTeamMember(**call.path, **call.body))


@route(
    "POST",
    "/teams/{team_id}/confirmation",
    policy=BOND_KEEPERS,
    summary=_("确认编组方案，团组成立"),
    tag="teams",
    body=Confirmation,
    answer=TeamView,
)
def confirm_team(call: Call) -> TeamView:
    return call.ask(ConfirmTeam(**call.path, **call.body))


@route(
    "DELETE",
    "/teams/{team_id}",
    policy=BOND_KEEPERS,
    summary=_("解散团组"),
    tag="teams",
    answer=TeamView,
)
def dissolve_team(call: Call) -> TeamView:
    return call.ask(DissolveTeam(**call.path))
