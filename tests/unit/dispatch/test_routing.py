"""Routing rules as values: which condition keeps a rule from a task, whose rules come first, and what a rule does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.dispatch.contracts import (
    HandKind,
    RouteTo,
    RoutingRule,
    Slug,
    State,
    TaskAssigned,
    TaskOpened,
    Urgency,
)
from services.dispatch.domain.routing.checking import MOST_RULES, check_rules
from services.dispatch.domain.routing.deciding import RuleList, Verdict, decide, tries, unmet
from services.dispatch.domain.routing.facts import Facts, facts_of
from services.dispatch.domain.routing.following import follow
from services.dispatch.domain.routing.replaying import Happened, as_happened, judge_of, outcomes
from services.dispatch.domain.working_time import works_at
from services.kit.outcomes import Refused
from services.members.contracts import Level
from tests.unit.dispatch.samples import CALENDAR, COMMUNITY, GRID, KINDS, NOW, REGISTERED, UNIT, UNIT_HAND

LIFT = Facts(
    category="facilities_lift",
    parent="facilities",
    urgency=Urgency.URGENT,
    channel="hotline",
    community_code=COMMUNITY,
    grid_code=GRID,
    private=False,
    working=True,
)
UNITS = frozenset({UNIT})


def rule(name: str = "a", to: RouteTo = RouteTo.LIAISON, **conditions: Any) -> RoutingRule:
    return RoutingRule(name=name, to=to, **conditions)


def lists(**rules: Sequence[RoutingRule]) -> dict[str, RuleList]:
    return {name[1:]: RuleList(name[1:], 1, tuple(told)) for name, told in rules.items()}


@pytest.mark.parametrize(
    ("conditions", "failing"),
    [
        ({}, []),
        ({"categories": ("facilities_lift",)}, []),
        ({"categories": ("other", "facilities")}, []),
        ({"categories": ("facilities_light",)}, ["categories"]),
        ({"urgencies": (Urgency.URGENT, Urgency.EMERGENCY)}, []),
        ({"urgencies": (Urgency.ORDINARY,)}, ["urgencies"]),
        ({"channels": ("hotline",)}, []),
        ({"channels": ("open311",)}, ["channels"]),
        ({"places": (COMMUNITY[:9], "999")}, []),
        ({"places": (GRID,)}, []),
        ({"places": (COMMUNITY + "004",)}, ["places"]),
        ({"private": False}, []),
        ({"private": True}, ["private"]),
        ({"working_hours": True}, []),
        ({"working_hours": False}, ["working_hours"]),
        ({"to": RouteTo.UNIT, "unit_id": UNIT}, []),
        ({"to": RouteTo.UNIT, "unit_id": "unit-9"}, ["unit_id"]),
        ({"urgencies": (Urgency.ORDINARY,), "channels": ("open311",)}, ["urgencies", "channels"]),
    ],
)
def test_every_condition_that_does_not_hold_is_named(conditions: dict[str, Any], failing: list[str]) -> None:
    assert [each.condition for each in unmet(rule(**conditions), LIFT, UNITS)] == failing


def test_what_is_wanted_and_what_is_found_is_told() -> None:
    (wrong,) = unmet(rule(urgencies=(Urgency.ORDINARY, Urgency.EMERGENCY)), LIFT, UNITS)
    assert (wrong.wanted, wrong.found) == ("ordinary, emergency", "urgent")
    (closed,) = unmet(rule(to=RouteTo.OPEN), replace(LIFT, private=True), UNITS)
    assert (closed.condition, closed.found) == ("to", "private")


def test_the_nearest_node_comes_first_and_each_list_in_its_order() -> None:
    street, far = rule("street"), rule("elsewhere")
    first, second = rule("first", urgencies=(Urgency.ORDINARY,)), rule("second")
    known = {
        **lists(n520425001=[street], n520425002=[far]),
        COMMUNITY: RuleList(COMMUNITY, 3, (first, second)),
    }
    assert decide(known, LIFT, UNITS) == Verdict(COMMUNITY, 3, second)
    assert [tried.verdict.rule.name for tried in tries(known, LIFT, UNITS)] == ["first", "second", "street"]
    assert decide(lists(n520425001=[street]), LIFT, UNITS) == Verdict("520425001", 1, street)
    assert decide(lists(n520425002=[far]), LIFT, UNITS) is None


def test_a_unit_is_asked_and_the_history_says_by_which_rule() -> None:
    verdict = Verdict(COMMUNITY, 2, rule("电梯归住建局", RouteTo.UNIT, unit_id=UNIT, hold_minutes=90))
    change = follow(REGISTERED, verdict, NOW, unit=UNIT_HAND, kinds=KINDS)
    assert change is not None
    assert isinstance(change.event, TaskAssigned)
    assert (change.after.state, change.after.hand_kind, change.after.hand_id) == (
        State.ASSIGNED,
        HandKind.UNIT,
        UNIT,
    )
    assert change.after.hold_until == NOW + timedelta(minutes=90)
    assert (change.event.by, change.event.role) == (None, "rule")
    assert change.event.words == f"按规则「电梯归住建局」（{COMMUNITY} 第 2 版）"


@pytest.mark.parametrize(
    ("conditions", "scope", "skill"),
    [
        ({}, COMMUNITY, "电工"),
        ({"scope": Level.STREET, "skill": "水暖"}, COMMUNITY[:9], "水暖"),
        ({"scope": Level.CITY}, COMMUNITY[:4], "电工"),
    ],
)
def test_a_task_is_opened_to_a_level_with_the_skill_of_its_category(
    conditions: dict[str, Any], scope: str, skill: str
) -> None:
    task = replace(REGISTERED, category="facilities_light")
    change = follow(task, Verdict("52", 1, rule(to=RouteTo.OPEN, **conditions)), NOW, unit=None, kinds=KINDS)
    assert change is not None
    assert isinstance(change.event, TaskOpened)
    assert (change.after.scope, change.after.skill) == (scope, skill)


@pytest.mark.parametrize("to", [RouteTo.LIAISON, RouteTo.MATCHER])
def test_what_is_left_to_somebody_stays_registered(to: RouteTo) -> None:
    assert follow(REGISTERED, Verdict("52", 1, rule(to=to)), NOW, unit=None, kinds=KINDS) is None


def test_the_facts_of_a_task_at_its_registration() -> None:
    task = replace(REGISTERED, category="facilities_lift", channel="hotline", urgency=Urgency.URGENT)
    assert facts_of(task, NOW, kinds=KINDS, calendar=CALENDAR) == LIFT
    night = NOW + timedelta(hours=12)
    assert not facts_of(task, night, kinds=KINDS, calendar=CALENDAR).working


@pytest.mark.parametrize(
    ("time", "working"),
    [("08:59", False), ("09:00", True), ("11:59", True), ("12:00", False), ("13:30", True), ("17:30", False)],
)
def test_working_time_begins_and_ends_on_the_minute(time: str, working: bool) -> None:
    assert works_at(datetime.fromisoformat(f"2026-03-02T{time}:00+08:00"), CALENDAR) is working
    assert not works_at(datetime.fromisoformat(f"2026-03-01T{time}:00+08:00"), CALENDAR), "a Sunday"


@pytest.mark.parametrize(
    ("told", "field", "slug"),
    [
        ([rule(" ")], "rules.0.name", Slug.INVALID),
        ([rule("a"), rule("a")], "rules.1.name", Slug.INVALID),
        ([rule(categories=("gossip",))], "rules.0.categories", Slug.INVALID),
        ([rule(channels=("drum",))], "rules.0.channels", Slug.INVALID),
        ([rule(places=("999",))], "rules.0.places", Slug.INVALID),
        ([rule(places=(COMMUNITY[:10],))], "rules.0.places", Slug.INVALID),
        ([rule(unit_id=UNIT)], "rules.0.unit_id", Slug.INVALID),
        ([rule(scope=Level.STREET)], "rules.0.scope", Slug.INVALID),
        ([rule(skill="电工")], "rules.0.skill", Slug.INVALID),
        ([rule(to=RouteTo.OPEN, scope=Level.GRID)], "rules.0.scope", Slug.INVALID),
        ([rule(to=RouteTo.UNIT, unit_id=UNIT, hold_minutes=0)], "rules.0.hold_minutes", Slug.INVALID),
        ([rule("a"), rule("b", RouteTo.UNIT)], "rules.1.unit_id", Slug.NO_SUCH_HAND),
        ([rule(str(number)) for number in range(MOST_RULES + 1)], "rules", Slug.INVALID),
    ],
)
def test_a_rule_that_cannot_be_put_is_named(told: list[RoutingRule], field: str, slug: Slug) -> None:
    with pytest.raises(Refused) as refused:
        check_rules(COMMUNITY[:9], told, kinds=KINDS, channels=frozenset({"hotline"}), units=UNITS)
    assert (refused.value.field, refused.value.slug, refused.value.status) == (field, slug, 422)


def test_good_rules_pass() -> None:
    told = [
        rule("电梯", RouteTo.UNIT, unit_id=UNIT, categories=("facilities",), places=(GRID,)),
        rule("灯", RouteTo.OPEN, scope=Level.STREET, skill="电工", channels=("hotline",)),
    ]
    check_rules(COMMUNITY[:9], told, kinds=KINDS, channels=frozenset({"hotline"}), units=UNITS)


ASKED = Happened(kind=HandKind.UNIT, hand_id=UNIT)
GRABBED = Happened(kind=HandKind.MEMBER, hand_id="member-1", grabbed=True)


@pytest.mark.parametrize(
    ("to", "happened", "same"),
    [
        (RouteTo.UNIT, ASKED, True),
        (RouteTo.UNIT, GRABBED, False),
        (RouteTo.UNIT, Happened(), False),
        (RouteTo.OPEN, GRABBED, True),
        (RouteTo.OPEN, ASKED, False),
        (RouteTo.LIAISON, ASKED, None),
        (RouteTo.MATCHER, Happened(), None),
    ],
)
def test_what_would_have_been_is_compared_with_what_was(
    to: RouteTo, happened: Happened, same: bool | None
) -> None:
    told = rule(to=to, unit_id=UNIT if to is RouteTo.UNIT else None)
    assert as_happened(Verdict("52", 1, told), happened) is same
    assert as_happened(None, happened) is None


def test_tasks_that_look_the_same_are_judged_the_same_and_places_are_told_apart() -> None:
    here = rule("here", categories=("facilities",), places=(GRID,))
    judge = judge_of(lists(n52=[here, rule("rest")]), UNITS)
    for _ in range(2):
        for facts, name in (
            (LIFT, "here"),
            (replace(LIFT, grid_code=COMMUNITY + "004"), "rest"),
            (replace(LIFT, grid_code=None), "rest"),
            (replace(LIFT, category="other", parent=None), "rest"),
        ):
            verdict = judge(facts)
            assert verdict is not None
            assert verdict.rule.name == name


def test_outcomes_add_up_most_first() -> None:
    known = lists(n52=[rule("电梯", RouteTo.UNIT, unit_id=UNIT, categories=("facilities",))])
    other = replace(LIFT, category="other", parent=None)
    found = outcomes(
        judge_of(known, UNITS), [(LIFT, ASKED, 5), (LIFT, GRABBED, 2), (other, ASKED, 4), (other, GRABBED, 6)]
    )
    assert [(each.rule, each.tasks, each.as_happened) for each in found] == [
        (None, 10, None),
        ("电梯", 7, 5),
    ]
