"""Teams: formed, confirmed, changed, dissolved, and told of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.work import Work
from services.members.contracts import (
    ConfirmTeam,
    DissolveTeam,
    FormTeam,
    GetTeam,
    ListTeams,
    MoveTeamMember,
    ReviseTeam,
    Role,
    Slug,
    TeamFormed,
    TeamState,
    TeamView,
)
from services.members.domain.accounts import clean_name
from services.members.domain.authority import check_keeping, may_keep, may_see_bonds, refused
from services.members.domain.teams import (
    Seat,
    Team,
    check_alive,
    check_leader,
    check_places,
    check_seats,
    team_node,
    without,
)
from services.members.handlers.accounts import give, take_back
from services.members.handlers.team_views import reader_of, team_view, team_views
from services.members.handlers.tree import check_known
from services.members.store import teams

BY_HAND = "由社区指定"


def form_team(work: Work, ask: FormTeam) -> TeamView:
    """A team that stands at once; its leader gets the role over it."""
    check_keeping(work.actor, ask.node)
    check_known(work, ask.node, "node")
    team = Team(
        id=work.new_id(),
        name=clean_name(ask.name),
        node=ask.node,
        kind=ask.kind,
        state=TeamState.STANDING,
        leader_id=ask.leader_id,
        seats=_seated(work, ask.node, ask.member_ids),
        formed_at=work.now,
    )
    check_seats(team.seats)
    check_leader(team.leader_id, team.seats)
    teams.enter(work.db, team)
    tell(work, team, joined=team.member_ids)
    if team.leader_id is not None:
        give(work, team.leader_id, Role.TEAM_LEADER, team_node(team.id))
    return team_view(work, team)


def revise_team(work: Work, ask: ReviseTeam) -> TeamView:
    team = _kept(work, ask.team_id)
    after = without(team, ask.remove)
    new = tuple(dict.fromkeys(each for each in ask.add if each not in after.member_ids))
    after = replace(
        after,
        name=team.name if ask.name is None else clean_name(ask.name),
        seats=after.seats + _seated(work, team.node, new),
    )
    settle(work, team, after)
    return team_view(work, after)


def move_team_member(work: Work, ask: MoveTeamMember) -> TeamView:
    """Both teams are locked in the order of their ids, so that two moves never wait for each other."""
    kept = {team_id: _kept(work, team_id) for team_id in sorted({ask.from_team_id, ask.to_team_id})}
    source, target = kept[ask.from_team_id], kept[ask.to_team_id]
    if ask.member_id not in source.member_ids or source is target:
        raise Refused(Slug.NO_SUCH_MEMBER, "原团组没有这名成员", status=422, field="member_id")
    settle(work, source, without(source, {ask.member_id}))
    if ask.member_id in target.member_ids:
        return team_view(work, target)
    seats = target.seats + _seated(work, target.node, (ask.member_id,))
    after = replace(target, seats=seats, revision=target.revision + 1)
    settle(work, target, after)
    return team_view(work, after)


def confirm_team(work: Work, ask: ConfirmTeam) -> TeamView:
    team = _kept(work, ask.team_id)
    if team.state is TeamState.STANDING:
        return team_view(work, team)
    check_leader(ask.leader_id, team.seats)
    after = replace(team, state=TeamState.STANDING, leader_id=ask.leader_id, revision=team.revision + 1)
    settle(work, team, after)
    return team_view(work, after)


def dissolve_team(work: Work, ask: DissolveTeam) -> TeamView:
    team = _load(work, ask.team_id)
    check_keeping(work.actor, team.node)
    if team.state is TeamState.DISSOLVED:
        return team_view(work, team)
    after = replace(without(team, team.member_ids), state=TeamState.DISSOLVED)
    settle(work, team, after)
    return team_view(work, after)


def settle(work: Work, before: Team, after: Team, *, checked: bool = True) -> None:
    """Write what changed, see to the leader's role, and tell of it if the team stands or stood."""
    standing = after.state is TeamState.STANDING
    if standing and checked:
        check_seats(after.seats)
    teams.save(work.db, after)
    known = before.member_ids if before.state is TeamState.STANDING else ()
    teams.unseat(work.db, after.id, set(before.member_ids) - set(after.member_ids), work.now)
    teams.seat(
        work.db, after.id, (seat for seat in after.seats if seat.member_id not in before.member_ids), work.now
    )
    if before.leader_id != after.leader_id:
        if before.leader_id is not None:
            take_back(work, before.leader_id, Role.TEAM_LEADER, team_node(after.id))
        if after.leader_id is not None:
            give(work, after.leader_id, Role.TEAM_LEADER, team_node(after.id))
    if standing or before.state is TeamState.STANDING:
        tell(work, after, joined=tuple(each for each in after.member_ids if each not in known))


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
    """One that is only proposed is for those who keep it."""
    team = teams.load(work.db, ask.team_id)
    if team is None:
        raise no_such_team()
    proposed = team.state is TeamState.PROPOSED
    if not (
        may_keep(work.actor, team.node) if proposed else may_see_bonds(work.actor, team.node, team.member_ids)
    ):
        raise refused("您没有查看这个团组的权限")
    return team_view(work, team)


def list_teams(work: Work, ask: ListTeams) -> Page[TeamView]:
    """The teams that the asker may see."""
    limit = bounded(ask.limit)
    reader = reader_of(work.actor, proposed=ask.state is TeamState.PROPOSED)
    found = teams.page(
        work.db,
        above=reader.above,
        serving=reader.serving,
        own=reader.own,
        node=ask.node,
        kind=ask.kind,
        state=ask.state,
        mine=ask.mine,
        last=decode_moment_cursor(ask.cursor),
        limit=limit + 1,
    )
    views = team_views(work, found)
    return page_of(found, limit, key=lambda team: (team.formed_at, team.id), view=lambda team: views[team.id])


def no_such_team() -> Refused:
    return Refused(Slug.NO_SUCH_TEAM, "没有这个团组", status=404)


def _seated(work: Work, node: str, member_ids: Collection[str]) -> tuple[Seat, ...]:
    """Seats given by hand to members of the place."""
    check_places(node, teams.places_of(work.db, member_ids), tuple(member_ids))
    return tuple(Seat(member_id=member_id, why=BY_HAND) for member_id in member_ids)


def _load(work: Work, team_id: str) -> Team:
    team = teams.lock(work.db, team_id)
    if team is None:
        raise no_such_team()
    return team


def _kept(work: Work, team_id: str) -> Team:
    """The team, locked, if the asker keeps it and it is not dissolved."""
    team = _load(work, team_id)
    check_keeping(work.actor, team.node)
    check_alive(team)
    return team
