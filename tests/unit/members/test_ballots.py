from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.outcomes import Refused
from services.members.contracts import BallotState, Slug
from services.members.domain.ballots import (
    Ballot,
    Outcome,
    candidates_after,
    check_vote,
    count,
    term_end,
)

NOW = datetime(2026, 3, 2, tzinfo=UTC)
SENIORITY = {"a": NOW, "b": NOW - timedelta(days=9), "c": NOW - timedelta(days=5)}


def ballot(*, members: int = 5, runoff: bool = False, **votes: int) -> Ballot:
    return Ballot(
        id="b",
        team_id="t",
        state=BallotState.OPEN,
        runoff=runoff,
        votes=votes,
        members=members,
        voted=sum(votes.values()),
        term_months=24,
        elected_id=None,
        opened_at=NOW,
    )


def test_the_most_votes_win() -> None:
    assert count(ballot(a=1, b=0, c=2), SENIORITY) == Outcome(BallotState.ELECTED, "c")


def test_half_of_the_members_are_not_enough() -> None:
    assert count(ballot(members=4, a=2), SENIORITY).state is BallotState.VOID
    assert count(ballot(members=3, a=2), SENIORITY).state is BallotState.ELECTED


def test_a_tie_goes_into_a_run_off_and_then_to_who_checked_in_first() -> None:
    tied = ballot(a=2, b=2, c=1)
    assert count(tied, SENIORITY) == Outcome(BallotState.TIED)
    assert candidates_after(replace(tied, state=BallotState.TIED), ("a", "b", "c")) == (("a", "b"), True)
    assert count(ballot(runoff=True, a=2, b=2), SENIORITY) == Outcome(BallotState.ELECTED, "b")


def test_who_has_left_is_not_elected() -> None:
    assert count(ballot(a=1, gone=3), SENIORITY) == Outcome(BallotState.ELECTED, "a")
    assert count(ballot(gone=3), SENIORITY) == Outcome(BallotState.VOID)
    tied = replace(ballot(a=2, gone=2), state=BallotState.TIED)
    assert candidates_after(tied, ("a", "b")) == (("a", "b"), False)


@pytest.mark.parametrize("last", [None, ballot(a=1), replace(ballot(), state=BallotState.VOID)])
def test_without_a_tie_everybody_stands(last: Ballot | None) -> None:
    assert candidates_after(last, ("a", "b")) == (("a", "b"), False)


def test_votes_are_for_candidates_while_the_ballot_is_open() -> None:
    check_vote(ballot(a=0), "a")
    with pytest.raises(Refused) as refused:
        check_vote(ballot(a=0), "x")
    assert refused.value.field == "candidate_id"
    with pytest.raises(Refused) as refused:
        check_vote(replace(ballot(a=0), state=BallotState.VOID), "a")
    assert refused.value.slug == Slug.BALLOT_CLOSED


@given(st.dictionaries(st.sampled_from("abc"), st.integers(0, 9), min_size=1), st.booleans())
def test_whoever_is_elected_has_at_least_as_many_votes_as_anybody(
    votes: dict[str, int], runoff: bool
) -> None:
    outcome = count(ballot(members=9, runoff=runoff, **votes), SENIORITY)
    if outcome.elected_id is not None:
        assert votes[outcome.elected_id] == max(votes.values())
    assert (outcome.elected_id is not None) is (outcome.state is BallotState.ELECTED)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [((2026, 3, 2), 24, (2028, 3, 2)), ((2026, 8, 31), 6, (2027, 2, 28)), ((2027, 12, 31), 2, (2028, 2, 29))],
)
def test_a_term_ends_on_the_same_day(
    start: tuple[int, int, int], months: int, end: tuple[int, int, int]
) -> None:
    assert term_end(datetime(*start, tzinfo=UTC), months) == datetime(*end, tzinfo=UTC)
