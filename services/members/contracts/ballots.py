"""Asking about ballots: the members of a team elect its leader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.kit.asking import Ask, Page


class BallotState(StrEnum):
    """``tied``: a run-off among the first is to follow; ``void``: no more than half of the members voted."""

    OPEN = "open"
    ELECTED = "elected"
    TIED = "tied"
    VOID = "void"


@dataclass(frozen=True, kw_only=True)
class CandidateView:
    """``votes`` is None while the ballot is open."""

    member_id: str
    name: str
    votes: int | None


@dataclass(frozen=True, kw_only=True)
class BallotView:
    """A ballot as anybody of the team sees it: how many have voted, never who voted how. ``rule`` says how it is counted."""

    ballot_id: str
    team_id: str
    state: BallotState
    rule: str
    runoff: bool
    candidates: tuple[CandidateView, ...]
    members: int
    voted: int
    i_voted: bool
    term_months: int
    elected_id: str | None
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class OpenBallot(Ask[BallotView], service="members", creates=True):
    """Staff call a standing team to elect its leader for a term of 1 to 60 months.

    Candidates are all members; after a tie those who were first. Refused: no-such-team (404), team-dissolved,
    ballot-open (409), invalid (422), not-allowed (403).
    """

    team_id: str
    term_months: int = 24


@dataclass(frozen=True, kw_only=True)
class CastVote(Ask[BallotView], service="members"):
    """A member of the team votes, once, and the vote cannot be told apart from the others' ever after.

    Refused: no-such-ballot (404), ballot-closed, already-voted (409), invalid (422: no candidate), not-allowed (403).
    """

    ballot_id: str
    candidate_id: str


@dataclass(frozen=True, kw_only=True)
class CloseBallot(Ask[BallotView], service="members"):
    """Staff close a ballot, and it is counted; who is elected leads the team. Closing it again changes nothing.

    Refused: no-such-ballot (404), not-allowed (403).
    """

    ballot_id: str


@dataclass(frozen=True, kw_only=True)
class GetBallot(Ask[BallotView], service="members"):
    """Refused: no-such-ballot (404), not-allowed (403)."""

    ballot_id: str


@dataclass(frozen=True, kw_only=True)
class ListBallots(Ask[Page[BallotView]], service="members"):
    """The ballots of a team, the newest first. Refused: no-such-team (404), not-allowed (403)."""

    team_id: str
    cursor: str | None = None
    limit: int = 20
