from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.dispatch.contracts import HandKind, Share
from services.evaluation.contracts import Grade
from services.evaluation.domain import points
from services.evaluation.domain.facts import FollowUp, OrderFacts, Rating, Step, StepKind
from services.evaluation.domain.points import Account
from services.evaluation.domain.sharing import shared
from tests.unit.evaluation.histories import (
    ORDER,
    START,
    TO_ACTING,
    TO_ANSWERED,
    TO_CLOSED,
    call,
    facts,
    rating,
    step,
)


def worth(known: OrderFacts) -> dict[tuple[str, str], int]:
    """Points by holder and rule; accounts that sum up to nothing left out."""
    return {(account.holder_id, account.rule): owed for account, owed in points.due(known).items() if owed}


def test_a_closed_order_is_worth_points_to_member_and_unit() -> None:
    assert worth(facts(*TO_CLOSED)) == {
        ("member-1", "answered_on_time"): 2,
        ("member-1", "closed"): 5,
        ("unit-1", "closed_unit"): 3,
    }


def test_only_a_grab_is_worth_points_on_acceptance() -> None:
    offered = facts(*TO_ACTING)
    grabbed = replace(offered, steps=(step(1, StepKind.ACCEPTED, grabbed=True),))

    assert worth(offered) == {}
    assert worth(grabbed) == {("member-1", "accepted_grab"): 1}


def test_a_grab_that_is_let_go_again_was_never_taken_on() -> None:
    steps = (step(1, StepKind.ACCEPTED, grabbed=True), step(2, StepKind.RELEASED))
    again = (*steps, step(3, StepKind.ACCEPTED, grabbed=True, member_id="member-2"))

    assert worth(OrderFacts(order=ORDER, steps=steps)) == {}
    assert worth(OrderFacts(order=ORDER, steps=again)) == {("member-2", "accepted_grab"): 1}


def test_a_return_costs_the_one_who_gave_it_back() -> None:
    steps = (
        step(1, StepKind.ACCEPTED, grabbed=True),
        step(2, StepKind.RETURNED),
        step(3, StepKind.ACCEPTED, member_id="member-2"),
        step(4, StepKind.ANSWERED, member_id="member-2"),
    )

    assert worth(OrderFacts(order=ORDER, steps=steps)) == {
        ("member-1", "accepted_grab"): 1,
        ("member-1", "returned"): -1,
        ("member-2", "answered_on_time"): 2,
    }


IN_2027 = datetime(2027, 1, 4, 1, tzinfo=UTC)
"""Under version 3 of the rules."""


@pytest.mark.parametrize(
    ("unit_id", "member_id", "cost"),
    [
        ("unit-2", "member-9", None),
        ("unit-1", "member-2", ("returned_and_came_back", -1)),
        (None, "member-1", ("returned_and_came_back", -1)),
    ],
)
def test_a_return_as_anothers_affair_costs_only_whom_it_comes_back_to(
    unit_id: str | None, member_id: str, cost: tuple[str, int] | None
) -> None:
    given_back = step(2, StepKind.RETURNED, not_ours=True, at=IN_2027)
    again = step(3, StepKind.ACCEPTED, unit_id=unit_id, member_id=member_id, at=IN_2027)
    returned = (step(1, StepKind.ACCEPTED, at=IN_2027), given_back)

    assert worth(OrderFacts(order=ORDER, steps=returned)) == {}
    owed = worth(OrderFacts(order=ORDER, steps=(*returned, again)))
    assert owed == ({("member-1", cost[0]): cost[1]} if cost else {})


def test_before_2027_every_return_costs_and_other_reasons_always_do() -> None:
    early = (step(1, StepKind.ACCEPTED), step(2, StepKind.RETURNED, not_ours=True))
    other = (step(1, StepKind.ACCEPTED, at=IN_2027), step(2, StepKind.RETURNED, at=IN_2027))

    for steps in (early, other):
        assert worth(OrderFacts(order=ORDER, steps=steps)) == {("member-1", "returned"): -1}


def test_only_the_first_answer_can_be_on_time() -> None:
    late_then_quick = (
        step(1, StepKind.ACCEPTED),
        step(2, StepKind.ANSWERED, on_time=False),
        step(3, StepKind.SENT_BACK),
        step(4, StepKind.ANSWERED, on_time=True),
    )

    assert worth(OrderFacts(order=ORDER, steps=late_then_quick)) == {}


def test_a_unit_that_has_named_nobody_earns_the_points_itself() -> None:
    answered = OrderFacts(order=ORDER, steps=(step(1, StepKind.ANSWERED, member_id=None),))

    assert worth(answered) == {("unit-1", "answered_on_time"): 2}


@pytest.mark.parametrize(
    ("grade", "moved"),
    [
        (Grade.VERY_SATISFIED, 2),
        (Grade.SATISFIED, 0),
        (Grade.BASICALLY_SATISFIED, 0),
        (Grade.DISSATISFIED, -2),
        (Grade.VERY_DISSATISFIED, -3),
    ],
)
def test_grades_move_the_points_of_who_answered(grade: Grade, moved: int) -> None:
    rated = replace(facts(*TO_ANSWERED), ratings=(rating(1, grade),))

    assert worth(rated).get(("member-1", grade.value), 0) == moved


def test_the_grade_is_about_the_answer_that_the_resident_had_seen() -> None:
    steps = (
        step(1, StepKind.ANSWERED, on_time=False),
        step(2, StepKind.REOPENED),
        step(3, StepKind.ANSWERED, member_id="member-2", on_time=False),
    )
    rated_in_between = rating(1, Grade.DISSATISFIED, hours=1)

    assert worth(OrderFacts(order=ORDER, steps=steps, ratings=(rated_in_between,))) == {
        ("member-1", "dissatisfied"): -2
    }


def test_the_residents_own_grade_goes_before_what_a_follow_up_heard() -> None:
    heard = replace(facts(*TO_ANSWERED), follow_ups=(call(1, grade=Grade.DISSATISFIED),))
    rated = replace(heard, ratings=(rating(1, Grade.VERY_SATISFIED, hours=10),))

    assert worth(heard)["member-1", "dissatisfied"] == -2
    assert worth(rated)["member-1", "very_satisfied"] == 2
    assert ("member-1", "dissatisfied") not in worth(rated)


TEAMED = datetime(2027, 1, 4, tzinfo=UTC)


def closed(at: datetime, *shares: Share) -> dict[tuple[str, str], int]:
    """What a task closed at that time is worth to those who did it together, by holder and rule."""
    done = replace(step(1, StepKind.CLOSED, shares=shares), at=at)
    return worth(OrderFacts(order=ORDER, steps=(done,)))


def member(number: int, minutes: int = 0) -> Share:
    return Share(hand_kind=HandKind.MEMBER, hand_id=f"member-{number}", minutes=minutes)


def test_a_team_shares_its_points_by_hours_and_evenly_where_nobody_entered_any() -> None:
    assert closed(TEAMED, member(1), member(2), member(3)) == {
        ("member-1", "closed_team"): 5,
        ("member-2", "closed_team"): 5,
        ("member-3", "closed_team"): 5,
        ("unit-1", "closed_unit"): 3,
    }
    by_hours = closed(TEAMED, member(1, 60), member(2, 60), member(3, 10))
    assert [by_hours[f"member-{number}", "closed_team"] for number in (1, 2, 3)] == [7, 7, 1]


def test_a_unit_that_helped_has_points_of_its_own() -> None:
    helper = Share(hand_kind=HandKind.UNIT, hand_id="unit-2", minutes=0)
    assert closed(TEAMED, helper) == {
        ("member-1", "closed"): 5,
        ("unit-1", "closed_unit"): 3,
        ("unit-2", "closed_joint"): 2,
    }


def test_before_there_was_a_rule_for_teams_the_one_who_led_has_the_points() -> None:
    assert closed(START, member(1), member(2)) == {("member-1", "closed"): 5, ("unit-1", "closed_unit"): 3}


@given(
    st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 600), min_size=1),
    st.integers(0, 99),
)
def test_shares_add_up_and_more_hours_are_never_worth_less(minutes: dict[str, int], total: int) -> None:
    shares = shared(total, minutes)
    assert sum(shares.values()) == total
    assert min(shares.values()) >= 0
    assert all(
        shares[one] >= shares[other] for one in minutes for other in minutes if minutes[one] > minutes[other]
    )


def test_a_changed_rating_is_booked_as_a_compensating_entry() -> None:
    before = replace(facts(*TO_ANSWERED), ratings=(rating(1, Grade.VERY_SATISFIED),))
    after = replace(before, ratings=(*before.ratings, rating(2, Grade.DISSATISFIED)))

    booked = points.differences(points.due(after), points.due(before))

    assert [(award.account.rule, award.points) for award in booked] == [
        ("dissatisfied", -2),
        ("very_satisfied", -2),
    ]


def test_the_same_fact_told_again_books_nothing() -> None:
    owed = points.due(facts(*TO_CLOSED))

    assert points.differences(owed, owed) == ()


Fact = Step | Rating | FollowUp


@st.composite
def arrivals(draw: st.DrawFn) -> list[Fact]:
    """Facts of one order in the order of their arrival, which is any."""
    kinds = draw(st.lists(st.sampled_from(StepKind), max_size=10))
    steps = [
        step(
            number,
            kind,
            member_id=draw(st.sampled_from(["member-1", "member-2", None])),
            grabbed=draw(st.booleans()),
            on_time=draw(st.booleans()),
        )
        for number, kind in enumerate(kinds, 1)
    ]
    grades = st.sampled_from(Grade)
    ratings = [
        rating(number, grade, hours=draw(st.integers(0, 12)))
        for number, grade in enumerate(draw(st.lists(grades, max_size=3)), 1)
    ]
    calls = [
        call(number, hours=draw(st.integers(0, 12)), grade=grade)
        for number, grade in enumerate(draw(st.lists(st.none() | grades, max_size=3)), 1)
    ]
    found: list[Fact] = [*steps, *ratings, *calls]
    return draw(st.permutations(found))


def known_from(arrived: list[Fact]) -> OrderFacts:
    return OrderFacts(
        order=ORDER,
        steps=tuple(
            sorted((fact for fact in arrived if isinstance(fact, Step)), key=lambda one: one.sequence)
        ),
        ratings=tuple(
            sorted((fact for fact in arrived if isinstance(fact, Rating)), key=lambda one: one.sequence)
        ),
        follow_ups=tuple(
            sorted((fact for fact in arrived if isinstance(fact, FollowUp)), key=lambda one: one.recorded_at)
        ),
    )


@given(arrivals())
def test_the_ledger_can_be_recomputed_whatever_the_order_of_arrival(arrived: list[Fact]) -> None:
    ledger: Counter[Account] = Counter()
    for count in range(1, len(arrived) + 1):
        for award in points.differences(points.due(known_from(arrived[:count])), ledger):
            assert award.points != 0
            ledger[award.account] += award.points

    assert +ledger == +points.due(known_from(arrived))
    assert -ledger == -points.due(known_from(arrived))
