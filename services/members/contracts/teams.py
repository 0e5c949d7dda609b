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
    """``node`` is the community or street that the team serves; the leader is one of the members."""

    team_id: str
    name: str
    node: str
    kind: TeamKind
    state: TeamState
    leader_id: str | None
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
