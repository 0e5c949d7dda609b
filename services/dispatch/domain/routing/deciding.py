"""Which rule takes a task: the nearest node's rules are asked first, each node's in their order, and the first that fits has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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
Units = AbstractSet[str]
"""Those that can be asked."""


@dataclass(frozen=True, slots=True)
class Condition:
    """``wanted`` and ``found`` say in words why it does not hold."""

    name: str
    holds: Callable[[RoutingRule, Facts, Units], bool]
    wanted: Callable[[RoutingRule], Sequence[object]]
    found: Callable[[Facts], object]


CONDITIONS = (
    Condition(
        "categories",
        lambda rule, facts, _: (
            not rule.categories or facts.category in rule.categories or facts.parent in rule.categories
        ),
        lambda rule: rule.categories,
        lambda facts: facts.category,
    ),
    Condition(
        "urgencies",
        lambda rule, facts, _: not rule.urgencies or facts.urgency in rule.urgencies,
        lambda rule: rule.urgencies,
        lambda facts: facts.urgency,
    ),
    Condition(
        "channels",
        lambda rule, facts, _: not rule.channels or facts.channel in rule.channels,
        lambda rule: rule.channels,
        lambda facts: facts.channel,
    ),
    Condition(
        "places",
        lambda rule, facts, _: not rule.places or facts.place.startswith(rule.places),
        lambda rule: rule.places,
        lambda facts: facts.place,
    ),
    Condition(
        "private",
        lambda rule, facts, _: rule.private is None or rule.private is facts.private,
        lambda rule: (rule.private,),
        lambda facts: facts.private,
    ),
    Condition(
        "working_hours",
        lambda rule, facts, _: rule.working_hours is None or rule.working_hours is facts.working,
        lambda rule: (rule.working_hours,),
        lambda facts: facts.working,
    ),
    Condition(
        "to",
        lambda rule, facts, _: not (rule.to is RouteTo.OPEN and facts.private),
        lambda rule: (rule.to,),
        lambda _: "private",
    ),
    Condition(
        "unit_id",
        lambda rule, _, units: rule.to is not RouteTo.UNIT or rule.unit_id in units,
        lambda rule: (rule.unit_id,),
        lambda _: None,
    ),
)
"""What must hold for a rule to take a task; the last two, that what it would do is possible."""


def decide(lists: Lists, facts: Facts, units: Units) -> Verdict | None:
    """The verdict of the first rule that fits, None if no rule does."""
    return next((each for each in asked(lists, facts) if _fits(each.rule, facts, units)), None)


def tries(lists: Lists, facts: Facts, units: Units) -> Iterator[Tried]:
    """Every rule that concerns the place, in the order in which they are asked, and what keeps it from the task."""
    return (Tried(each, unmet(each.rule, facts, units)) for each in asked(lists, facts))


def asked(lists: Lists, facts: Facts) -> Iterator[Verdict]:
    """What every rule that concerns the place would say, in the order in which they are asked."""
    for length in reversed(NODE_LENGTHS):
        here = lists.get(facts.community_code[:length])
        if here is not None:
            yield from (Verdict(here.node, here.version, rule) for rule in here.rules)


def unmet(rule: RoutingRule, facts: Facts, units: Units) -> tuple[Unmet, ...]:
    """The conditions that do not hold."""
    return tuple(
        Unmet(
            condition=each.name,
            wanted=", ".join(_said(value) for value in each.wanted(rule)),
            found=_said(each.found(facts)),
        )
        for each in CONDITIONS
        if not each.holds(rule, facts, units)
    )


def _fits(rule: RoutingRule, facts: Facts, units: Units) -> bool:
    return all(each.holds(rule, facts, units) for each in CONDITIONS)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
