"""Elections of team leaders on real tables: one vote each under a race, and nobody can tell whose."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest

from services.kit.actor import Actor, Grant
from services.kit.outcomes import Refused
from services.members import contracts as c
from services.members.contracts import BallotState, Role, Slug, TeamKind
from services.members.handlers import ballots, teams
from tests.integration.members.house import HOME, NOW, House

LIAISON = Actor(id="liaison", grants=(Grant(Role.LIAISON, HOME),))


def team_of(town: House, count: int) -> tuple[str, tuple[Actor, ...]]:
    views = [town.member(f"m{number:02}") for number in range(count)]
    actors = tuple(Actor(id=view.member_id, grants=(Grant(Role.MEMBER, HOME),)) for view in views)
    ask = c.FormTeam(
        name="队", node=HOME, kind=TeamKind.NEARNESS, member_ids=tuple(actor.id for actor in actors)
    )
    with town.work(LIAISON) as work:
        return teams.form_team(work, ask).team_id, actors


def opened(town: House, team_id: str, **more: Any) -> c.BallotView:
    with town.work(LIAISON) as work:
        return ballots.open_ballot(work, c.OpenBallot(team_id=team_id, **more))


def vote(town: House, actor: Actor, ballot_id: str, candidate: Actor) -> c.BallotView:
    with town.work(actor) as work:
        return ballots.cast_vote(work, c.CastVote(ballot_id=ballot_id, candidate_id=candidate.id))


def closed(town: House, ballot_id: str) -> c.BallotView:
    with town.work(LIAISON) as work:
        return ballots.close_ballot(work, c.CloseBallot(ballot_id=ballot_id))


def test_the_elected_member_leads_for_the_term_and_everybody_is_told(town: House) -> None:
    team_id, (first, second, third) = team_of(town, 3)
    town.told()
    ballot = opened(town, team_id, term_months=12)
    assert [candidate.votes for candidate in ballot.candidates] == [None, None, None]
    vote(town, first, ballot.ballot_id, second)
    seen = vote(town, second, ballot.ballot_id, second)
    assert (seen.voted, seen.i_voted, seen.candidates[1].votes) == (2, True, None)
    after = closed(town, ballot.ballot_id)
    assert (after.state, after.elected_id) == (BallotState.ELECTED, second.id)
    assert [candidate.votes for candidate in after.candidates] == [0, 2, 0]
    assert [type(told.body) for told in town.told()] == [
        c.BallotOpened,
        c.RoleGranted,
        c.TeamFormed,
        c.BallotClosed,
    ]
    with town.work(third) as work:
        team = teams.get_team(work, c.GetTeam(team_id=team_id))
        assert ballots.list_ballots(work, c.ListBallots(team_id=team_id)).items[0].i_voted is False
    assert (team.leader_id, team.term_until) == (second.id, datetime(2027, 3, 2, 1, tzinfo=UTC))
    assert closed(town, ballot.ballot_id).closed_at == NOW
    assert town.told() == []


def test_ten_votes_at_once_of_two_members_count_as_two(town: House, crowd: House) -> None:
    team_id, (first, second, third) = team_of(town, 3)
    ballot_id = opened(town, team_id).ballot_id
    barrier = Barrier(10)

    def one(number: int) -> str:
        barrier.wait()
        try:
            vote(crowd, (first, second)[number % 2], ballot_id, third)
        except Refused as refused:
            return refused.slug
        return "voted"

    with ThreadPoolExecutor(10) as pool:
        answers = sorted(pool.map(one, range(10)))
    assert answers == [Slug.ALREADY_VOTED] * 8 + ["voted"] * 2
    after = closed(town, ballot_id)
    assert (after.voted, after.elected_id) == (2, third.id)
    assert after.candidates[2].votes == 2


def test_a_tie_is_settled_among_those_who_were_first(town: House) -> None:
    team_id, (first, second, third) = team_of(town, 3)
    ballot = opened(town, team_id)
    with pytest.raises(Refused) as refused:
        opened(town, team_id)
    assert refused.value.slug == Slug.BALLOT_OPEN
    vote(town, first, ballot.ballot_id, first)
    vote(town, second, ballot.ballot_id, second)
    assert closed(town, ballot.ballot_id).state is BallotState.TIED
    runoff = opened(town, team_id)
    assert runoff.runoff
    assert {candidate.member_id for candidate in runoff.candidates} == {first.id, second.id}
    with pytest.raises(Refused) as refused:
        vote(town, third, runoff.ballot_id, third)
    assert refused.value.field == "candidate_id"


def test_only_the_team_votes_and_only_staff_open_and_close(town: House) -> None:
    team_id, (first, second, _third) = team_of(town, 3)
    ballot_id = opened(town, team_id).ballot_id
    neighbour = town.member("other")
    for stranger in (LIAISON, Actor(id=neighbour.member_id, grants=(Grant(Role.MEMBER, HOME),)), Actor()):
        with pytest.raises(Refused) as refused:
            vote(town, stranger, ballot_id, first)
        assert refused.value.slug == Slug.NOT_ALLOWED
    for stranger in (first, Actor()):
        with pytest.raises(Refused) as refused, town.work(stranger) as work:
            ballots.close_ballot(work, c.CloseBallot(ballot_id=ballot_id))
        assert refused.value.slug == Slug.NOT_ALLOWED
        with pytest.raises(Refused) as refused, town.work(stranger) as work:
            ballots.open_ballot(work, c.OpenBallot(team_id=team_id))
        assert refused.value.slug == Slug.NOT_ALLOWED
    assert closed(town, ballot_id).state is BallotState.VOID
    with pytest.raises(Refused) as refused:
        vote(town, first, ballot_id, second)
    assert refused.value.slug == Slug.BALLOT_CLOSED
