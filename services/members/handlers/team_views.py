"""Teams as others see them, and whose teams somebody sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.kit.actor import Actor
from services.kit.work import Work
from services.members.contracts import Role, TeamMemberView, TeamView
from services.members.domain.authority import BOND_KEEPERS, FILE_READERS, is_system
from services.members.domain.teams import Team
from services.members.store import teams


@dataclass(frozen=True, slots=True)
class Reader:
    """The places whose bonds somebody sees, and whose own ones: for a query, by the same rule as ``may_see_bonds``."""

    above: tuple[str, ...]
    serving: tuple[str, ...]
    own: str


def reader_of(actor: Actor, *, proposed: bool = False) -> Reader:
    """What is only ``proposed`` is seen by those who keep it."""
    if is_system(actor):
        return Reader(above=("",), serving=(), own="")
    if proposed:
        return Reader(above=actor.nodes_of(*BOND_KEEPERS), serving=(), own="")
    return Reader(above=actor.nodes_of(*FILE_READERS), serving=actor.nodes_of(Role.MEMBER), own=actor.id)


def team_view(work: Work, team: Team) -> TeamView:
    return team_views(work, (team,))[team.id]


def team_views(work: Work, found: Sequence[Team]) -> dict[str, TeamView]:
    """By the team's id; names are looked up once for all."""
    names = teams.names_of(work.db, {member_id for team in found for member_id in team.member_ids})
    return {team.id: _view(team, names) for team in found}


def _view(team: Team, names: dict[str, str]) -> TeamView:
    return TeamView(
        team_id=team.id,
        name=team.name,
        node=team.node,
        kind=team.kind,
        state=team.state,
        leader_id=team.leader_id,
        term_until=team.term_until,
        members=tuple(
            TeamMemberView(member_id=seat.member_id, name=names.get(seat.member_id, ""), why=seat.why)
            for seat in team.seats
        ),
        formed_at=team.formed_at,
    )
