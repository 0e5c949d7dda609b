"""What each decision makes of the task and of its event, beside the state."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from services.dispatch.contracts import HandKind, OrderMerged, Slug, State, TaskAnswered, TaskResumed, Urgency
from services.dispatch.domain import acting, categories, checking, offering, triage
from services.dispatch.domain.task import Hand, Task, overdue
from services.dispatch.domain.transitions import Relation
from services.dispatch.domain.working_time import minutes_between
from services.kit.outcomes import Refused
from tests.unit.dispatch.samples import (
    ACTING,
    ASSIGNED,
    CALENDAR,
    COLLECTED,
    KINDS,
    MEMBER_HAND,
    MERGED,
    NOW,
    REGISTERED,
    UNIT,
    UNIT_HAND,
    VERIFIED,
    by,
)

LIAISON = by(Relation.LIAISON)
DOING = by(Relation.ACTING)
ASKED = by(Relation.ASKED)
RESIDENT = by(Relation.RESIDENT)
OTHER = replace(COLLECTED, task_id="task-2", order_ids=("order-2",), residents=("",))


def hours(count: float) -> datetime:
    return NOW + timedelta(hours=count)


def refused_field(refused: pytest.ExceptionInfo[Refused]) -> tuple[str, int, str | None]:
    return refused.value.slug, refused.value.status, refused.value.field


def test_a_registered_order_is_promised_the_usual_time_of_its_category() -> None:
    change = triage.register(
        COLLECTED,
        LIAISON,
        NOW,
        category="public_safety",
        urgency=None,
        promised_at=None,
        kinds=KINDS,
        calendar=CALENDAR,
    )
    assert change.after.promised_at == hours(8.5), "one working day, with its noon"
    assert change.event.words is None
    assert (change.event.by, change.event.role, change.event.at) == ("somebody", "liaison", NOW)


@pytest.mark.parametrize(
    ("category", "promised_at", "field"),
    [
        ("gossip", None, "category"),
        ("other", NOW, "promised_at"),
        ("other", NOW + timedelta(days=367), "promised_at"),
        ("other", datetime(2026, 3, 9), "promised_at"),  # noqa: DTZ001 - what must be refused
    ],
)
def test_a_wrong_promise_is_refused_by_field(category: str, promised_at: datetime | None, field: str) -> None:
    with pytest.raises(Refused) as refused:
        triage.register(
            COLLECTED,
            LIAISON,
            NOW,
            category=category,
            urgency=None,
            promised_at=promised_at,
            kinds=KINDS,
            calendar=CALENDAR,
        )
    assert refused_field(refused) == (Slug.INVALID, 422, field)


@pytest.mark.parametrize("urgency", Urgency)
def test_every_category_has_a_promise_within_bounds(urgency: Urgency) -> None:
    for category in KINDS.values():
        usual = categories.solve_time(category, urgency)
        promised = categories.promise(usual, None, NOW, CALENDAR)
        assert NOW < promised <= NOW + categories.LONGEST_PROMISE


def test_the_more_urgent_the_sooner_and_what_is_asked_wins() -> None:
    def promised(urgency: Urgency | None, asked: datetime | None = None) -> datetime | None:
        emergency = replace(COLLECTED, urgency=Urgency.EMERGENCY)
        change = triage.register(
            emergency,
            LIAISON,
            NOW,
            category="public_safety",
            urgency=urgency,
            promised_at=asked,
            kinds=KINDS,
            calendar=CALENDAR,
        )
        return change.after.promised_at

    assert promised(None) == promised(Urgency.EMERGENCY) == hours(70 / 60)
    assert promised(Urgency.URGENT) == hours(5), "half a working day, with its noon"
    assert promised(Urgency.ORDINARY) == hours(8.5)
    assert promised(Urgency.EMERGENCY, hours(100)) == hours(100)


@pytest.mark.parametrize("reason", ["", "  \n", "长" * 501])
def test_a_reason_must_be_given_and_short(reason: str) -> None:
    with pytest.raises(Refused) as refused:
        triage.refuse(COLLECTED, LIAISON, NOW, reason=reason)
    assert refused_field(refused) == (Slug.INVALID, 422, "reason")


def test_merged_orders_are_spoken_for_by_the_other_task() -> None:
    change, joint = triage.merge(COLLECTED, OTHER, "order-2", LIAISON, NOW)
    assert change.after.merged_into == "task-2"
    assert isinstance(change.event, OrderMerged)
    assert change.event.order_ids == ("order-1",)
    assert (joint.order_ids, joint.residents) == (("order-2", "order-1"), ("", "resident-1"))
    assert (joint.state, joint.sequence) == (OTHER.state, OTHER.sequence + 1)


@pytest.mark.parametrize(
    ("into", "slug", "status"),
    [
        (COLLECTED, Slug.SAME_ORDER, 409),
        (replace(OTHER, community_code="520425001002"), Slug.INVALID, 422),
        (replace(OTHER, state=State.CLOSED), Slug.WRONG_STATE, 409),
        (replace(OTHER, state=State.REFUSED), Slug.WRONG_STATE, 409),
        (replace(OTHER, state=State.MERGED), Slug.WRONG_STATE, 409),
    ],
)
def test_mergers_that_make_no_sense(into: Task, slug: Slug, status: int) -> None:
    with pytest.raises(Refused) as refused:
        triage.merge(COLLECTED, into, "order-2", LIAISON, NOW)
    assert refused_field(refused) == (slug, status, "into_order_id")


def test_grid_workers_merge_within_their_grid() -> None:
    worker = by(Relation.GRID)
    same, other = replace(OTHER, grid_code=COLLECTED.grid_code), replace(OTHER, grid_code=None)
    assert triage.merge(COLLECTED, same, "order-2", worker, NOW)[0].after.merged_into == "task-2"
    with pytest.raises(Refused) as refused:
        triage.merge(COLLECTED, other, "order-2", worker, NOW)
    assert (refused.value.slug, refused.value.status) == (Slug.NOT_ALLOWED, 403)
    assert triage.merge(COLLECTED, other, "order-2", by(Relation.GRID, Relation.LIAISON), NOW)


def test_an_appeal_takes_a_merged_order_out_again() -> None:
    joint = replace(
        REGISTERED, task_id="task-2", order_ids=("order-2", "order-1"), residents=("", "resident-1")
    )
    change, remaining = triage.appeal_merger(
        MERGED, joint, RESIDENT, NOW, words="不是一回事", calendar=CALENDAR
    )
    assert (change.after.state, change.after.appealed, change.after.merged_into) == (
        State.COLLECTED,
        True,
        None,
    )
    assert change.after.order_ids == ("order-1",)
    assert (remaining.order_ids, remaining.residents) == (("order-2",), ("",))


def test_a_merger_into_a_closed_task_stands() -> None:
    joint = replace(
        REGISTERED, task_id="task-2", order_ids=("order-2", "order-1"), residents=("", "resident-1")
    )
    with pytest.raises(Refused) as refused:
        triage.appeal_merger(
            MERGED, replace(joint, state=State.CLOSED), RESIDENT, NOW, words="不是一回事", calendar=CALENDAR
        )
    assert refused.value.slug == Slug.WRONG_STATE


def test_asking_by_name_ends_an_opening() -> None:
    opened = replace(REGISTERED, open=True, scope="520425", skill="电工")
    change = offering.assign(opened, LIAISON, NOW, hand=UNIT_HAND, hold_minutes=90)
    after = change.after
    assert (after.open, after.scope, after.skill) == (False, None, None)
    assert (after.hand_kind, after.hand_id, after.hold_until) == (HandKind.UNIT, UNIT, hours(1.5))
    assert (after.member_id, after.unit_id) == (None, None)


@pytest.mark.parametrize("minutes", [0, -5, 30 * 24 * 60 + 1])
def test_a_hold_has_bounds(minutes: int) -> None:
    with pytest.raises(Refused) as refused:
        offering.assign(REGISTERED, LIAISON, NOW, hand=UNIT_HAND, hold_minutes=minutes)
    assert refused_field(refused) == (Slug.INVALID, 422, "hold_minutes")


@pytest.mark.parametrize("scope", ["520425001002", "5204250", "4205", COLLECTED.grid_code])
def test_a_scope_is_the_community_or_above_it(scope: str) -> None:
    with pytest.raises(Refused) as refused:
        offering.open_up(REGISTERED, LIAISON, NOW, scope=scope, skill=None)
    assert refused_field(refused) == (Slug.INVALID, 422, "scope")


def test_a_unit_may_accept_without_naming_anybody() -> None:
    asked = replace(ASSIGNED, hand_kind=HandKind.UNIT, hand_id=UNIT)
    after = offering.accept(asked, ASKED, NOW, person=None).after
    assert (after.state, after.member_id, after.unit_id) == (State.ACTING, None, UNIT)


def test_a_unit_may_name_its_own_members_alone() -> None:
    asked = replace(ASSIGNED, hand_kind=HandKind.UNIT, hand_id=UNIT)
    assert offering.accept(asked, ASKED, NOW, person=MEMBER_HAND).after.member_id == "member-1"
    stranger = Hand(kind=HandKind.MEMBER, id="member-9", unit_id="unit-9", place=MEMBER_HAND.place)
    with pytest.raises(Refused) as refused:
        offering.accept(asked, ASKED, NOW, person=stranger)
    assert refused_field(refused) == (Slug.NO_SUCH_HAND, 422, "member_id")


def test_what_is_asked_of_one_member_cannot_be_passed_on() -> None:
    colleague = replace(MEMBER_HAND, id="member-2")
    with pytest.raises(Refused) as refused:
        offering.accept(ASSIGNED, ASKED, NOW, person=colleague)
    assert refused_field(refused) == (Slug.INVALID, 422, "member_id")


def test_a_member_acts_in_the_name_of_their_unit() -> None:
    after = offering.accept(ASSIGNED, ASKED, NOW, person=MEMBER_HAND).after
    assert (after.member_id, after.unit_id, after.hold_until) == ("member-1", UNIT, None)


def test_a_task_given_back_is_nobodys_again() -> None:
    started = acting.start(ACTING, DOING, NOW).after
    change = acting.give_back(started, DOING, hours(1), reason="家里有事")
    after = change.after
    assert (after.hand_id, after.member_id, after.unit_id, after.started_at, after.taken_at) == (None,) * 5
    assert after.returns == 1
    assert (after.promised_at, after.category) == (ACTING.promised_at, ACTING.category)


@pytest.mark.parametrize(
    ("resumed", "moved"),
    [
        (hours(1), timedelta(0)),
        (hours(2), timedelta(hours=1)),
        (hours(1 + 24), timedelta(days=3)),  # a working day, and from Friday evening to Monday
        (hours(10), timedelta(days=2, hours=23)),  # the rest of the day, from Friday evening on
    ],
)
def test_a_pause_moves_the_promise_by_the_working_time_that_passed(
    resumed: datetime, moved: timedelta
) -> None:
    promised = NOW + timedelta(days=4, hours=2)
    task = replace(ACTING, promised_at=promised, warn_at=promised, escalate_at=promised)
    paused = acting.pause(task, DOING, hours(1), reason="等材料").after
    change = acting.resume(paused, DOING, resumed, calendar=CALENDAR)
    left = minutes_between(hours(1), promised, CALENDAR)
    after = change.after.promised_at
    assert after is not None
    assert minutes_between(resumed, after, CALENDAR) == left
    assert (after - promised, change.after.warn_at, change.after.escalate_at) == (moved, after, after)
    assert isinstance(change.event, TaskResumed)
    assert change.event.promised_at == after


def test_overdue_counts_from_the_promise_and_not_while_paused() -> None:
    late = hours(24 * 5 + 1)
    assert not overdue(ACTING, hours(24 * 5))
    assert overdue(ACTING, late)
    paused = acting.pause(ACTING, DOING, hours(1), reason="等材料").after
    assert not overdue(paused, late)
    assert not overdue(VERIFIED, late)
    assert not overdue(COLLECTED, late)


@pytest.mark.parametrize(("after_hours", "on_time"), [(24 * 5, True), (24 * 5 + 0.1, False)])
def test_an_answer_is_on_time_up_to_the_promised_moment(after_hours: float, on_time: bool) -> None:
    change = acting.answer(ACTING, DOING, hours(after_hours), words="路灯已修好", photos=("p1",))
    assert isinstance(change.event, TaskAnswered)
    assert (change.event.on_time, change.event.photos) == (on_time, ("p1",))


@pytest.mark.parametrize("photos", [("p",) * 10, ("",), ("x" * 201,)])
def test_photos_are_few_and_short_references(photos: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as refused:
        acting.answer(ACTING, DOING, NOW, words="好了", photos=photos)
    assert refused_field(refused) == (Slug.INVALID, 422, "photos")


def test_a_reopened_task_goes_back_to_the_same_hands() -> None:
    after = checking.reopen(VERIFIED, RESIDENT, NOW, reason="又坏了").after
    assert (after.state, after.member_id, after.reopened) == (State.ACTING, "member-1", 1)
    assert after.objections_until is None


def test_urging_counts() -> None:
    supervisor = by(Relation.SUPERVISOR)
    once = checking.urge(ACTING, supervisor, NOW, words=" ").after
    twice = checking.urge(once, supervisor, NOW, words="请抓紧")
    assert (once.urged, twice.after.urged, twice.event.words) == (1, 2, "请抓紧")
    assert not twice.after.clock_urged
