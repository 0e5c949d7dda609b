"""Ballots: who is elected by which votes.

The rule is that of the party's grass-roots elections, made small: valid if more than half of the members voted; the most
votes win; on a tie the first go into a run-off; if that ties as well, the one who checked in earliest leads. Votes are
counters: who voted and what was voted are never kept together.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.kit.outcomes import Refused, invalid
from services.members.contracts import BallotState, Slug

RULE = "一人一票，不记名；过半数成员投票有效；得票最多者当选；并列时并列者进入第二轮；第二轮仍并列，报到最早者当选。"
LONGEST_TERM = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """``votes`` by candidate, in the order in which the candidates stand; ``members`` were called, ``voted`` did."""

    id: str
    team_id: str
    state: BallotState
    runoff: bool
    votes: Mapping[str, int]
    members: int
    voted: int
    term_months: int
    elected_id: str | None
    opened_at: datetime
    closed_at: datetime | None = None

    @property
    def first(self) -> tuple[str, ...]:
        """The candidates with the most votes."""
        most = max(self.votes.values(), default=0)
        return tuple(candidate for candidate, votes in self.votes.items() if votes == most)


@dataclass(frozen=True, slots=True)
class Outcome:
    state: BallotState
    elected_id: str | None = None


def check_term(months: int) -> None:
    if not 1 <= months <= LONGEST_TERM:
        raise invalid("term_months", f"任期须为 1 至 {LONGEST_TERM} 个月")


def check_vote(ballot: Ballot, candidate_id: str) -> None:
    if ballot.state is not BallotState.OPEN:
        raise Refused(Slug.BALLOT_CLOSED, "投票已经结束", status=409)
    if candidate_id not in ballot.votes:
        raise invalid("candidate_id", "请从候选人中选择")


def count(ballot: Ballot, seniority: Mapping[str, datetime]) -> Outcome:
    """What the votes come to. ``seniority``: when those candidates checked in who are still in the team."""
    if ballot.voted * 2 <= ballot.members:
        return Outcome(BallotState.VOID)
    standing = {candidate: votes for candidate, votes in ballot.votes.items() if candidate in seniority}
    most = max(standing.values(), default=0)
    first = [candidate for candidate, votes in standing.items() if votes == most]
    if most == 0:
        return Outcome(BallotState.VOID)
    if len(first) > 1 and not ballot.runoff:
        return Outcome(BallotState.TIED)
    return Outcome(BallotState.ELECTED, min(first, key=lambda candidate: (seniority[candidate], candidate)))


def candidates_after(last: Ballot | None, member_ids: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """Who stands in the next ballot of a team, and whether it is a run-off: after a tie the first who are still there."""
    if last is not None and last.state is BallotState.TIED:
        tied = tuple(candidate for candidate in last.first if candidate in member_ids)
        if len(tied) > 1:
            return tied, True
    return member_ids, False


def term_end(elected_at: datetime, months: int) -> datetime:
    """The same day so many months later; where that month is shorter, its last day."""
    whole = elected_at.month - 1 + months
    year, month = elected_at.year + whole // 12, whole % 12 + 1
    return elected_at.replace(year=year, month=month, day=min(elected_at.day, monthrange(year, month)[1]))
