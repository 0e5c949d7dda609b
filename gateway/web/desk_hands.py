"""Who could do a task: candidates with their scores by part, and units, teams and members to choose from by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.call import Call
from gateway.words import _
from services.dispatch.contracts import ListCandidates, Matching, ScoredHand, TaskView
from services.kit.outcomes import Refused
from services.kit.rpc import Unavailable
from services.members.contracts import ListMembers, ListTeams, ListUnits

SHOWN = 8
FOUND = 12
AT_ONCE = 200
DISTRICT = 6


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """``percent`` is the score as a whole number; ``hand.parts`` say what it is made of."""

    hand: ScoredHand
    name: str
    percent: int


@dataclass(frozen=True, kw_only=True)
class Hands:
    """``matching`` is None while nobody has looked for candidates. ``found`` are members found by ``who``."""

    matching: Matching | None
    candidates: Sequence[Candidate]
    near: Sequence[Candidate]
    units: Sequence[tuple[str, str]]
    teams: Sequence[tuple[str, str]]
    who: str
    found: Sequence[tuple[str, str]]
    scopes: Sequence[tuple[str, str]]


def hands_of(call: Call, task: TaskView, who: str | None) -> Hands:
    matching = _matching(call, task)
    hands = (*matching.candidates[:SHOWN], *matching.near_misses) if matching else ()
    names = call.desk.names.of_hands((each.hand_id for each in hands), call.actor)
    return Hands(
        matching=matching,
        candidates=[_candidate(each, names) for each in matching.candidates[:SHOWN]] if matching else (),
        near=[_candidate(each, names) for each in matching.near_misses] if matching else (),
        units=units_of(call, task),
        teams=_teams(call, task),
        who=who or "",
        found=_members(call, task, who) if who else (),
        scopes=_scopes(call, task),
    )


def _candidate(hand: ScoredHand, names: dict[str, str]) -> Candidate:
    return Candidate(
        hand=hand, name=names.get(hand.hand_id, _("（姓名不详）")), percent=round(hand.score * 100)
    )


def _matching(call: Call, task: TaskView) -> Matching | None:
    try:
        return call.ask(ListCandidates(task_id=task.task_id))
    except Refused:
        return None


def units_of(call: Call, task: TaskView) -> list[tuple[str, str]]:
    """Ids and names of the units of the district."""
    try:
        found = call.ask(ListUnits(node=task.community_code[:DISTRICT], limit=AT_ONCE))
    except (Refused, Unavailable):
        return []
    return [(unit.unit_id, unit.name) for unit in found.items]


def _teams(call: Call, task: TaskView) -> list[tuple[str, str]]:
    try:
        found = call.ask(ListTeams(node=task.community_code, limit=AT_ONCE))
    except (Refused, Unavailable):
        return []
    return [(team.team_id, team.name) for team in found.items if team.leader_id]


def _members(call: Call, task: TaskView, who: str) -> list[tuple[str, str]]:
    try:
        found = call.ask(ListMembers(node=task.community_code, search=who, limit=FOUND))
    except (Refused, Unavailable):
        return []
    return [(each.member_id, "、".join([each.name, *each.skills])) for each in found.items]


def _scopes(call: Call, task: TaskView) -> list[tuple[str, str]]:
    """Where members may be asked to grab it: the community, its street, its district."""
    codes = [task.community_code[:length] for length in (12, 9, DISTRICT)]
    names = call.desk.names.of_places(codes)
    return [(code, names.get(code, code)) for code in codes]
