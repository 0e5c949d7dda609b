"""Points: a versioned table of rules, and what an order's facts are worth under it.

The ledger never forgets: when later facts change what is due (a changed rating, an earlier answer that arrived late),
the difference is booked as an entry of its own. So the sum of an order's entries is always what its facts are worth,
in whatever order they arrived, and the ledger can be recomputed from the facts at any time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import zip_longest

from services.dispatch.contracts import HandKind
from services.evaluation.domain.facts import OrderFacts, Step, StepKind
from services.evaluation.domain.sharing import shared

MEMBER, UNIT = "member", "unit"
TEAM_RULE = "closed_team"
SMALLEST_TEAM = 2
RETURNED, CAME_BACK = "returned", "returned_and_came_back"
WISH: Mapping[str, str] = {MEMBER: "wish_fulfilled", UNIT: "wish_fulfilled_unit"}
"""The rule of a small wish, by who fulfilled it."""


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The points of each rule for facts dated from ``since`` until the next version's."""

    version: int
    since: datetime
    points: Mapping[str, int]


FIRST: Mapping[str, int] = {
    "accepted_grab": 1,
    "answered_on_time": 2,
    "closed": 5,
    "closed_unit": 3,
    "very_satisfied": 2,
    "dissatisfied": -2,
    "very_dissatisfied": -3,
    "returned": -1,
}
SECOND: Mapping[str, int] = {**FIRST, "closed_team": 5, "closed_joint": 2}
RULES = (
    Rules(version=1, since=datetime.min.replace(tzinfo=UTC), points=FIRST),
    # With teams and joint work: each member of a team and each unit beside the leading one has its share.
    Rules(
        version=2,
        since=datetime(2026, 11, 30, 16, tzinfo=UTC),
        points=SECOND,
    ),
    # Whose affair it is not may say so: what is given back as another's costs a point only if it comes back to the same unit.
    # A small wish is worth points to the member or the unit that fulfilled it.
    Rules(
        version=3,
        since=datetime(2026, 12, 31, 16, tzinfo=UTC),
        points={**SECOND, CAME_BACK: -1, WISH[MEMBER]: 3, WISH[UNIT]: 2},
    ),
)


@dataclass(frozen=True, order=True)
class Account:
    """Where an order's points of one rule are booked. The order of accounts is the order in which holders are locked."""

    holder_kind: str
    holder_id: str
    rule: str
    rule_version: int


@dataclass(frozen=True, kw_only=True)
class Award:
    account: Account
    points: int


def rules_at(at: datetime) -> Rules:
    return max((rules for rules in RULES if rules.since <= at), key=lambda rules: rules.since)


def due(facts: OrderFacts) -> Counter[Account]:
    """What the order is worth to each account now.

    A grade moves the points of whoever answered last before it was given. A merged order moves none beyond its own
    steps: the work is counted once, with the order that it was merged into.
    """
    worth: Counter[Account] = Counter()
    for (kind, holder), rule, at in _earned(facts):
        rules = rules_at(at)
        if rule in rules.points:
            worth[Account(kind, holder, rule, rules.version)] += rules.points[rule]
    for step in facts.steps:
        worth.update(_of_team(step))
    return worth


def due_for_wish(holder_kind: str, holder_id: str, at: datetime) -> Award | None:
    """What a small wish that was confirmed as fulfilled at ``at`` is worth; None before there was a rule for it."""
    rules, rule = rules_at(at), WISH[holder_kind]
    if rule not in rules.points:
        return None
    return Award(account=Account(holder_kind, holder_id, rule, rules.version), points=rules.points[rule])


def differences(owed: Counter[Account], booked: Counter[Account]) -> tuple[Award, ...]:
    """The entries that make what is booked equal to what is due, by account."""
    return tuple(
        Award(account=account, points=owed[account] - booked[account])
        for account in sorted(owed.keys() | booked.keys())
        if owed[account] != booked[account]
    )


def _earned(facts: OrderFacts) -> Iterator[tuple[tuple[str, str], str, datetime]]:
    """Holder, rule and date of everything that may be worth points."""
    for step, following in zip_longest(facts.steps, facts.steps[1:]):
        if following is not None and following.kind is StepKind.RELEASED:
            continue  # what was grabbed and let go again was never taken on
        for holder, rule in _of_step(step):
            counts = _rule_of_return(facts, step) if rule == RETURNED else rule
            if counts is not None:
                yield holder, counts, step.at
    answer = facts.first(StepKind.ANSWERED)
    if answer is not None and answer.on_time and answer.holder is not None:
        yield answer.holder, "answered_on_time", answer.at
    word = facts.word()
    if word is not None:
        grade, given_at = word
        graded = _answer_before(facts, given_at)
        if graded is not None and graded.holder is not None:
            yield graded.holder, grade, given_at


def _of_step(step: Step) -> Iterator[tuple[tuple[str, str], str]]:
    if step.kind is StepKind.ACCEPTED and step.grabbed and step.member_id is not None:
        yield (MEMBER, step.member_id), "accepted_grab"
    if step.kind is StepKind.RETURNED and step.holder is not None:
        yield step.holder, "returned"
    if step.kind is StepKind.CLOSED and step.member_id is not None and not _of_team(step):
        yield (MEMBER, step.member_id), "closed"
    if step.kind is StepKind.CLOSED and step.unit_id is not None:
        yield (UNIT, step.unit_id), "closed_unit"
    if step.kind is StepKind.CLOSED:
        for share in step.shares:
            if share.hand_kind is HandKind.UNIT:
                yield (UNIT, share.hand_id), "closed_joint"


def _rule_of_return(facts: OrderFacts, step: Step) -> str | None:
    """By which rule a return counts, None where it was rightly another's affair."""
    if not step.not_ours or CAME_BACK not in rules_at(step.at).points:
        return RETURNED
    again = [each for each in facts.steps if each.kind is StepKind.ACCEPTED and each.sequence > step.sequence]
    came_back = any(
        (step.unit_id is not None and each.unit_id == step.unit_id)
        or (step.member_id is not None and each.member_id == step.member_id)
        for each in again
    )
    return CAME_BACK if came_back else None


def _of_team(step: Step) -> Counter[Account]:
    """What a closed task is worth to the members of a team of two or more, in place of the one who led it.

    As many times the rule's points as there are members, shared by their hours.
    """
    rules = rules_at(step.at)
    team = {share.hand_id: share.minutes for share in step.shares if share.hand_kind is HandKind.MEMBER}
    if step.kind is not StepKind.CLOSED or len(team) < SMALLEST_TEAM or TEAM_RULE not in rules.points:
        return Counter()
    shares = shared(rules.points[TEAM_RULE] * len(team), team)
    return Counter(
        {
            Account(MEMBER, member, TEAM_RULE, rules.version): points
            for member, points in shares.items()
            if points
        }
    )


def _answer_before(facts: OrderFacts, moment: datetime) -> Step | None:
    answers = [step for step in facts.steps if step.kind is StepKind.ANSWERED and step.at <= moment]
    return answers[-1] if answers else None
