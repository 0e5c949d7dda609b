"""吹哨报到 at the desk: which units may be called, how far each part is, and how units and teams rank for a task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gateway.call import Call
from gateway.web.desk_hands import Candidate, units_of
from gateway.words import _
from services.dispatch.contracts import GroupMatching, HandKind, PartState, PartView, ScoredGroup, TaskView
from services.kit.outcomes import Refused
from services.kit.rpc import Unavailable
from services.members.contracts import ListTeams

THERE = (PartState.CALLED, PartState.JOINED, PartState.DONE)
"""Who has such a part is not called again."""
AT_ONCE = 200
SHOWN = 8


@dataclass(frozen=True, kw_only=True)
class Whistle:
    """``leads``: nobody has the task yet, so that one of ``units`` is asked to lead with the same whistle."""

    units: Sequence[tuple[str, str]]
    leads: bool


@dataclass(frozen=True, kw_only=True)
class NamedPart:
    part: PartView
    name: str


@dataclass(frozen=True, kw_only=True)
class RankedGroup(Candidate):
    kind: HandKind


@dataclass(frozen=True, kw_only=True)
class RankedGroups:
    """Units and teams for a task, the best first; ``near`` are those whom a single rule excludes."""

    found: int
    skill: str | None
    candidates: Sequence[RankedGroup]
    near: Sequence[RankedGroup]


def whistle_of(call: Call, task: TaskView) -> Whistle:
    there = {part.hand_id for part in task.parts if part.state in THERE} | {task.unit_id, task.hand_id}
    units = [(unit_id, name) for unit_id, name in units_of(call, task) if unit_id not in there]
    return Whistle(units=units, leads=task.hand_id is None)


def parts_of(call: Call, task: TaskView) -> list[NamedPart]:
    """Those who act beside or under the one who leads, with names."""
    names = call.desk.names.of_hands((part.hand_id for part in task.parts), call.actor)
    return [NamedPart(part=part, name=names.get(part.hand_id, _("（姓名不详）"))) for part in task.parts]


def groups_of(call: Call, task: TaskView, found: GroupMatching) -> RankedGroups:
    names = dict(units_of(call, task)) | _team_names(call, task)
    return RankedGroups(
        found=found.found,
        skill=found.skill,
        candidates=[_ranked(each, names) for each in found.candidates[:SHOWN]],
        near=[_ranked(each, names) for each in found.near_misses],
    )


def _ranked(group: ScoredGroup, names: Mapping[str, str]) -> RankedGroup:
    name = names.get(group.hand_id, _("（名称不详）"))
    return RankedGroup(hand=group, name=name, percent=round(group.score * 100), kind=group.hand_kind)


def _team_names(call: Call, task: TaskView) -> dict[str, str]:
    try:
        found = call.ask(ListTeams(node=task.community_code, limit=AT_ONCE))
    except (Refused, Unavailable):
        return {}
    return {team.team_id: team.name for team in found.items}
