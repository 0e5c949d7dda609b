"""Teams: formed, told of, looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.kit.actor import Actor
from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.work import Work
from services.members.contracts import (
    FormTeam,
    GetTeam,
    ListTeams,
    Role,
    Slug,
    TeamFormed,
    TeamMemberView,
    TeamState,
    TeamView,
)
from services.members.domain.accounts import clean_name
from services.members.domain.authority import FILE_READERS, check_keeping, is_system, may_see_bonds, refused
from services.members.domain.teams import Seat, Team, check_leader, check_places, check_seats, team_node
from services.members.handlers.accounts import give
from services.members.store import teams, tree

BY_HAND = "由社区指定"


def form_team(work: Work, ask: FormTeam) -> TeamView:
    """A team that stands at once; its leader gets the role over it."""
    check_keeping(work.actor, ask.node)
    if not tree.exists(work.db, ask.node):
        raise Refused(Slug.NO_SUCH_NODE, "没有这个区划节点", status=422, field="node")
    seats = tuple(Seat(member_id=member_id, why=BY_HAND) for member_id in ask.member_ids)
    check_seats(seats)
    check_places(ask.node, teams.places_of(work.db, ask.member_ids), ask.member_ids)
    check_leader(ask.leader_id, seats)
    team = Team(
        id=work.new_id(),
        name=clean_name(ask.name),
        node=ask.node,
        kind=ask.kind,
        state=TeamState.STANDING,
        leader_id=ask.leader_id,
        seats=seats,
        formed_at=work.now,
    )
    teams.enter(work.db, team)
    tell(work, team, joined=team.member_ids)
    if team.leader_id is not None:
        give(work, team.leader_id, Role.TEAM_LEADER, team_node(team.id))
    return team_view(work, team)


def tell(work: Work, team: Team, joined: tuple[str, ...] = ()) -> None:
    """Tell of a team that is new or has changed."""
    told = TeamFormed(
        team_id=team.id,
        node=team.node,
        kind=team.kind,
        leader_id=team.leader_id,
        member_ids=team.member_ids,
        joined_ids=joined,
        standing=team.state is TeamState.STANDING,
    )
    work.outbox.append(told, aggregate=f"team:{team.id}", sequence=team.revision)


def get_team(work: Work, ask: GetTeam) -> TeamView:
    team = teams.load(work.db, ask.team_id)
    if team is None:
        raise no_such_team()
    if not may_see_bonds(work.actor, team.node, team.member_ids):
        raise refused("您没有查看这个团组的权限")
    return team_view(work, team)


def list_teams(work: Work, ask: ListTeams) -> Page[TeamView]:
    """The teams that the asker may see."""
    limit = bounded(ask.limit)
    reader = reader_of(work.actor)
    found = teams.page(
        work.db,
        above=reader.above,
        serving=reader.serving,
        own=work.actor.id,
        node=ask.node,
        kind=ask.kind,
        state=ask.state,
        mine=ask.mine,
        last=decode_moment_cursor(ask.cursor),
        limit=limit + 1,
    )
    names = _names(work, found)
    return page_of(
        found, limit, key=lambda team: (team.formed_at, team.id), view=lambda team: _view(team, names)
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """The places whose bonds somebody sees, for a query; the same rule as ``may_see_bonds``."""

    above: tuple[str, ...]
    serving: tuple[str, ...]


def reader_of(actor: Actor) -> Reader:
    return Reader(
        above=("",) if is_system(actor) else actor.nodes_of(*FILE_READERS),
        serving=actor.nodes_of(Role.MEMBER),
    )


def no_such_team() -> Refused:
    return Refused(Slug.NO_SUCH_TEAM, "没有这个团组", status=404)


def team_view(work: Work, team: Team) -> TeamView:
    return _view(team, _names(work, (team,)))


def _names(work: Work, found: Sequence[Team]) -> dict[str, str]:
    return teams.names_of(work.db, {member_id for team in found for member_id in team.member_ids})


def _view(team: Team, names: dict[str, str]) -> TeamView:
    return TeamView(
        team_id=team.id,
        name=team.name,
        node=team.node,
        kind=team.kind,
        state=team.state,
        leader_id=team.leader_id,
        members=tuple(
            TeamMemberView(member_id=seat.member_id, name=names.get(seat.member_id, ""), why=seat.why)
            for seat in team.seats
        ),
        formed_at=team.formed_at,
    )
