"""Asking about teams (志愿服务队/团组): groups of members at one place, with a leader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.kit.asking import Ask, Page


class TeamKind(StrEnum):
    """What brought the members of a team together."""

    NEARNESS = "nearness"
    TRADE = "trade"
    INTEREST = "interest"


class TeamState(StrEnum):
    """``proposed``: drawn up, and told to nobody; ``standing``: confirmed; ``dissolved``: kept as history."""

    PROPOSED = "proposed"
    STANDING = "standing"
    DISSOLVED = "dissolved"


@dataclass(frozen=True, kw_only=True)
class TeamMemberView:
    """``why`` says in words what brought this member in."""

    member_id: str
    name: str
    why: str


@dataclass(frozen=True, kw_only=True)
class TeamView:
    """``node`` is the community or street that the team serves; the leader is one of the members.

    ``term_until`` is the end of an elected leader's term; None for one who was named.
    """

    team_id: str
    name: str
    node: str
    kind: TeamKind
    state: TeamState
    leader_id: str | None
    term_until: datetime | None
    members: tuple[TeamMemberView, ...]
    formed_at: datetime


@dataclass(frozen=True, kw_only=True)
class FormTeam(Ask[TeamView], service="members", creates=True):
    """Staff of the place form a team of members named one by one; it stands at once.

    2 to 60 members, each checked in at or below ``node``. Refused: no-such-node, no-such-member (422, field named),
    invalid (422), not-allowed (403).
    """

    name: str
    node: str
    kind: TeamKind
    member_ids: tuple[str, ...]
    leader_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class ProposedTeams:
    """``left_over`` fit no group of the kind; ``why`` says what they lack."""

    teams: tuple[TeamView, ...]
    left_over: tuple[TeamMemberView, ...]


@dataclass(frozen=True, kw_only=True)
class ProposeTeams(Ask[ProposedTeams], service="members"):
    """Staff have the members at or below ``node`` grouped by nearness, trade or interest; told to nobody yet.

    Members who are in a standing team of the kind are left out, and what was proposed before and not confirmed is
    forgotten. 2,000 members at most. Refused: no-such-node (422), invalid (422, field named), not-allowed (403).
    """

    node: str
    kind: TeamKind
    least: int = 5
    most: int = 30


@dataclass(frozen=True, kw_only=True)
class ReviseTeam(Ask[TeamView], service="members"):
    """Staff rename a team, add members and take some out; a leader who is taken out leads no more.

    Refused: no-such-team (404), team-dissolved (409), no-such-member (422), invalid (422), not-allowed (403).
    """

    team_id: str
    name: str | None = None
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MoveTeamMember(Ask[TeamView], service="members"):
    """Staff move a member from one team to another; answers the latter. Refused as ``ReviseTeam``."""

    member_id: str
    from_team_id: str
    to_team_id: str


@dataclass(frozen=True, kw_only=True)
class ConfirmTeam(Ask[TeamView], service="members"):
    """Staff confirm a proposed team: it stands, and its members are told. Confirming it again changes nothing.

    Refused: no-such-team (404), team-dissolved (409), invalid (422: too few or too many), not-allowed (403).
    """

    team_id: str
    leader_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class DissolveTeam(Ask[TeamView], service="members"):
    """Staff dissolve a team; its members and its leader are so no more. Refused: no-such-team (404), not-allowed (403)."""

    team_id: str


@dataclass(frozen=True, kw_only=True)
class GetTeam(Ask[TeamView], service="members"):
    """Refused: no-such-team (404), not-allowed (403)."""

    team_id: str


@dataclass(frozen=True, kw_only=True)
class ListTeams(Ask[Page[TeamView]], service="members"):
    """Teams at or below ``node``, the newest first; ``mine``: those that the asker is in."""

    node: str = ""
    kind: TeamKind | None = None
    state: TeamState = TeamState.STANDING
    mine: bool = False
    cursor: str | None = None
    limit: int = 50
