"""Teams proposed by the system, for staff to change and confirm."""

from __future__ import annotations

from services.kit.outcomes import invalid
from services.kit.work import Work
from services.members.contracts import (
    ProposedTeams,
    ProposeTeams,
    TeamKind,
    TeamMemberView,
    TeamState,
)
from services.members.domain.authority import check_keeping
from services.members.domain.grouping import Candidate, Group, check_bounds, propose
from services.members.domain.teams import Team
from services.members.handlers.team_views import team_views
from services.members.handlers.tree import check_known
from services.members.store import teams
from services.members.store.names import names_of

MOST_CANDIDATES = 2000
NAMES = {TeamKind.NEARNESS: "{}邻里服务队", TeamKind.TRADE: "{}同行服务队", TeamKind.INTEREST: "{}服务队"}
LACKING = {
    TeamKind.NEARNESS: "附近的党员太少，不足以成组",
    TeamKind.TRADE: "同行的党员太少，或档案没有填写行业",
    TeamKind.INTEREST: "没有足够多的人有相同的专长或意愿",
}


def propose_teams(work: Work, ask: ProposeTeams) -> ProposedTeams:
    check_keeping(work.actor, ask.node)
    check_bounds(ask.least, ask.most)
    check_known(work, ask.node, "node")
    people = teams.candidates(work.db, ask.node, ask.kind, MOST_CANDIDATES + 1)
    if len(people) > MOST_CANDIDATES:
        raise invalid("node", f"这里有超过 {MOST_CANDIDATES} 名党员，请分街道或社区编组")
    places = names_of(work.db, tuple({one.place for one in people})) if people else {}
    found = propose(
        ask.kind,
        people,
        node=ask.node,
        least=ask.least,
        most=ask.most,
        name=lambda code: places.get(code, code),
    )
    teams.forget_proposals(work.db, ask.node, ask.kind)
    proposed = [
        _team(work, ask.kind, group, places, number) for number, group in enumerate(found.groups, start=1)
    ]
    for team in proposed:
        teams.enter(work.db, team)
    views = team_views(work, proposed)
    return ProposedTeams(
        teams=tuple(views[team.id] for team in proposed), left_over=_left(work, ask.kind, found.left_over)
    )


def _team(work: Work, kind: TeamKind, group: Group, places: dict[str, str], number: int) -> Team:
    """Numbered, since a large crowd is cut into several of one name."""
    about = places.get(group.about[0], group.about[0])
    return Team(
        id=work.new_id(),
        name=f"{NAMES[kind].format(about)}（{number}）",
        node=group.node,
        kind=kind,
        state=TeamState.PROPOSED,
        leader_id=None,
        seats=group.seats,
        formed_at=work.now,
    )


def _left(work: Work, kind: TeamKind, people: tuple[Candidate, ...]) -> tuple[TeamMemberView, ...]:
    names = teams.names_of(work.db, [one.id for one in people])
    return tuple(
        TeamMemberView(member_id=one.id, name=names.get(one.id, ""), why=LACKING[kind]) for one in people
    )
