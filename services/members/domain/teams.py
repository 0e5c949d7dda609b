"""Teams: who may be in one, who leads it, what changes when it does."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from services.kit.outcomes import Refused, invalid
from services.members.contracts import Slug, TeamKind, TeamState

SMALLEST = 2
LARGEST = 60
TEAM_PREFIX = "team:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One member's place in a team, and why it is theirs."""

    member_id: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """``seats`` are those that are taken now; ``revision`` counts the tellings."""

    id: str
    name: str
    node: str
    kind: TeamKind
    state: TeamState
    leader_id: str | None
    seats: tuple[Seat, ...]
    formed_at: datetime
    term_until: datetime | None = None
    revision: int = 1

    @property
    def member_ids(self) -> tuple[str, ...]:
        return tuple(seat.member_id for seat in self.seats)


def team_node(team_id: str) -> str:
    """The node at which the team's leader holds the role: a team is a small tree of its own."""
    return TEAM_PREFIX + team_id


def check_seats(seats: tuple[Seat, ...]) -> None:
    """2 to 60 members, nobody twice."""
    if not SMALLEST <= len(seats) <= LARGEST:
        raise invalid("member_ids", f"一个团组须有 {SMALLEST} 至 {LARGEST} 名成员")
    if len({seat.member_id for seat in seats}) < len(seats):
        raise invalid("member_ids", "同一名成员出现了两次")


def check_places(node: str, places: dict[str, str], member_ids: tuple[str, ...]) -> None:
    """All are members checked in at or below the team's node; ``places`` are those of the members who exist."""
    for member_id in member_ids:
        if not places.get(member_id, "").startswith(node):
            raise Refused(
                Slug.NO_SUCH_MEMBER,
                "名单中有人没有在本地报到",
                status=422,
                field="member_ids",
                member_id=member_id,
            )


def check_alive(team: Team) -> None:
    if team.state is TeamState.DISSOLVED:
        raise Refused(Slug.TEAM_DISSOLVED, "这个团组已解散", status=409)


def without(team: Team, member_ids: Collection[str]) -> Team:
    """The team when these have left it; if its leader is one of them it has none."""
    gone = team.leader_id in member_ids
    return replace(
        team,
        seats=tuple(seat for seat in team.seats if seat.member_id not in member_ids),
        leader_id=None if gone else team.leader_id,
        term_until=None if gone else team.term_until,
        revision=team.revision + 1,
    )


def check_leader(leader_id: str | None, seats: tuple[Seat, ...]) -> None:
    """Whoever leads a team is in it."""
    if leader_id is not None and leader_id not in {seat.member_id for seat in seats}:
        raise invalid("leader_id", "领队须是团组成员")
