"""Which rule takes a task: the nearest node's rules are asked first, each node's in their order, and the first that fits has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from services.dispatch.contracts import RouteTo, RoutingRule, Unmet
from services.dispatch.domain.offering import NODE_LENGTHS
from services.dispatch.domain.routing.facts import Facts


@dataclass(frozen=True, slots=True)
class RuleList:
    """A node's rules in force, in their order."""

    node: str
    version: int
    rules: tuple[RoutingRule, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The rule that takes a task, and where it stands."""

    node: str
    version: int
    rule: RoutingRule


@dataclass(frozen=True, slots=True)
class Tried:
    """A rule and what keeps it from the task."""

    verdict: Verdict
    unmet: tuple[Unmet, ...]


Lists = Mapping[str, RuleList]
"""By node."""


def decide(lists: Lists, facts: Facts, units: AbstractSet[str]) -> Verdict | None:
    """The verdict of the first rule that fits; ``units`` are those that can be asked. None: no rule does."""
    return next((tried.verdict for tried in tries(lists, facts, units) if not tried.unmet), None)


def tries(lists: Lists, facts: Facts, units: AbstractSet[str]) -> Iterator[Tried]:
    """Every rule that concerns the place, in the order in which they are asked."""
    for length in reversed(NODE_LENGTHS):
        here = lists.get(facts.community_code[:length])
        if here is not None:
            for rule in here.rules:
                yield Tried(Verdict(here.node, here.version, rule), tuple(unmet(rule, facts, units)))


def unmet(rule: RoutingRule, facts: Facts, units: AbstractSet[str]) -> Iterator[Unmet]:
    """The conditions that do not hold, and what makes the rule impossible."""
    if rule.categories and not {facts.category, facts.parent} & set(rule.categories):
        yield _not("categories", rule.categories, facts.category)
    if rule.urgencies and facts.urgency not in rule.urgencies:
        yield _not("urgencies", rule.urgencies, facts.urgency)
    if rule.channels and facts.channel not in rule.channels:
        yield _not("channels", rule.channels, facts.channel)
    if rule.places and not facts.place.startswith(rule.places):
        yield _not("places", rule.places, facts.place)
    if rule.private not in {None, facts.private}:
        yield _not("private", (rule.private,), facts.private)
    if rule.working_hours not in {None, facts.working}:
        yield _not("working_hours", (rule.working_hours,), facts.working)
    if rule.to is RouteTo.OPEN and facts.private:
        yield _not("to", (rule.to,), "private")
    if rule.to is RouteTo.UNIT and rule.unit_id not in units:
        yield _not("unit_id", (rule.unit_id,), None)


def _not(condition: str, wanted: Sequence[object], found: object) -> Unmet:
    return Unmet(condition=condition, wanted=", ".join(_said(each) for each in wanted), found=_said(found))


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
