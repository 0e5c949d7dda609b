"""Rules on tasks of the past: what would have been, beside what was."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from services.dispatch.contracts import HandKind, RouteTo, RuleOutcome, TaskReplayed
from services.dispatch.domain.routing.checking import PLACE_LENGTHS
from services.dispatch.domain.routing.deciding import Lists, Units, Verdict, decide
from services.dispatch.domain.routing.facts import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Who was the first to be asked, or grabbed it; all None while nobody was."""

    kind: HandKind | None = None
    hand_id: str | None = None
    grabbed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A task as it was registered, and what happened then."""

    task_id: str
    registered_at: datetime
    facts: Facts
    happened: Happened


Judge = Callable[[Facts], Verdict | None]


def judge_of(lists: Lists, units: Units) -> Judge:
    """Decides by these rules; tasks that look the same to all of them are decided once."""
    rules = [rule for each in lists.values() for rule in each.rules]
    marked = frozenset(lists) | {place for rule in rules for place in rule.places}
    decided: dict[tuple[object, ...], Verdict | None] = {}

    def judge(facts: Facts) -> Verdict | None:
        place = facts.place
        marks = [place[:length] for length in PLACE_LENGTHS if place[:length] in marked]
        key = (facts.category, facts.urgency, facts.channel, facts.private, facts.working, *marks)
        if key not in decided:
            decided[key] = decide(lists, facts, units)
        return decided[key]

    return judge


def outcomes(judge: Judge, found: Iterable[tuple[Facts, Happened, int]]) -> tuple[RuleOutcome, ...]:
    """How many tasks each rule would have had, most first; ``found`` are tasks counted by what they were."""
    totals: dict[tuple[str | None, str | None], tuple[Verdict | None, int, int]] = {}
    for facts, happened, tasks in found:
        verdict = judge(facts)
        key = (verdict.node, verdict.rule.name) if verdict else (None, None)
        _, all_, same = totals.get(key, (verdict, 0, 0))
        totals[key] = (verdict, all_ + tasks, same + tasks * bool(as_happened(verdict, happened)))
    return tuple(
        RuleOutcome(
            node=verdict.node if verdict else None,
            rule=verdict.rule.name if verdict else None,
            to=verdict.rule.to if verdict else None,
            unit_id=verdict.rule.unit_id if verdict else None,
            tasks=all_,
            as_happened=same if as_happened(verdict, Happened()) is not None else None,
        )
        for verdict, all_, same in sorted(totals.values(), key=lambda each: -each[1])
    )


def replayed(judge: Judge, task: Registered) -> TaskReplayed:
    verdict, happened = judge(task.facts), task.happened
    return TaskReplayed(
        task_id=task.task_id,
        registered_at=task.registered_at,
        community_code=task.facts.community_code,
        category=task.facts.category,
        node=verdict.node if verdict else None,
        rule=verdict.rule.name if verdict else None,
        to=verdict.rule.to if verdict else None,
        unit_id=verdict.rule.unit_id if verdict else None,
        really_kind=happened.kind,
        really_id=happened.hand_id,
        really_grabbed=happened.grabbed,
        as_happened=as_happened(verdict, happened),
    )


def as_happened(verdict: Verdict | None, happened: Happened) -> bool | None:
    """Whether it went where the rule would have sent it; None where no rule sends it anywhere."""
    if verdict is None or verdict.rule.to not in {RouteTo.UNIT, RouteTo.OPEN}:
        return None
    if verdict.rule.to is RouteTo.OPEN:
        return happened.grabbed
    return happened.kind is HandKind.UNIT and happened.hand_id == verdict.rule.unit_id
