"""Joint work: who is called, what each part is worth to the answer, and what nobody reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from services.dispatch.contracts import (
    HandJoined,
    HandKind,
    PartState,
    Slug,
    State,
    TaskAssigned,
    UnitsCalled,
)
from services.dispatch.domain import acting, joining
from services.dispatch.domain.clocks import Due, next_due, strike
from services.dispatch.domain.moves import allowed
from services.dispatch.domain.part_steps import allowed_on
from services.dispatch.domain.parts import Part
from services.dispatch.domain.standing import By, stands
from services.dispatch.domain.task import Change, Hand, Task
from services.dispatch.domain.transitions import Relation, Step
from services.kit.actor import Actor, Grant
from services.kit.outcomes import Refused
from tests.unit.dispatch.samples import (
    ACTING,
    CALLED,
    COMMUNITY,
    HELPER,
    HELPER_HAND,
    HELPER_LEADER,
    JOINED,
    NOW,
    REGISTERED,
    SUPERVISOR,
    UNIT_HAND,
    by,
)

STREET = by(Relation.SUPERVISOR)
THIRD = Hand(kind=HandKind.UNIT, id="unit-3", unit_id="unit-3", place=COMMUNITY[:6])
LEADS_BOTH = Actor(
    id="leader-3", grants=(Grant("unit_leader", f"unit:{HELPER}"), Grant("unit_leader", "unit:unit-3"))
)


def hours(count: float) -> datetime:
    return NOW + timedelta(hours=count)


def call(
    task: Task, *units: Hand, leading: Hand | None = None, at: datetime = NOW, minutes: int = 60
) -> Change:
    return joining.call(
        task, STREET, at, units=units, leading=leading, report_minutes=minutes, words="请一起办"
    )


def helped(task: Task, *parts: Part) -> Task:
    return replace(task, parts=parts)


def helper(task: Task) -> By:
    return stands(task, HELPER_LEADER, None)


def states(task: Task) -> dict[str, PartState]:
    return {part.hand_id: part.state for part in task.parts}


def test_a_whistle_calls_and_asks_one_to_lead() -> None:
    change = call(REGISTERED, HELPER_HAND, THIRD, leading=UNIT_HAND)
    called, then = change.event, change.then
    assert isinstance(called, UnitsCalled)
    assert (called.unit_ids, called.leading, called.report_by) == ((HELPER, "unit-3"), UNIT_HAND.id, hours(1))
    assert then is not None
    assert isinstance(then.event, TaskAssigned)
    assert (then.event.hand_id, then.event.hold_until) == (UNIT_HAND.id, hours(1))
    assert states(change.outcome) == {HELPER: PartState.CALLED, "unit-3": PartState.CALLED}
    assert (change.outcome.state, change.outcome.sequence) == (State.ASSIGNED, REGISTERED.sequence + 2)


def test_whoever_has_the_task_leads_it() -> None:
    change = call(ACTING, HELPER_HAND)
    assert change.then is None
    assert (change.after.state, change.after.member_id) == (State.ACTING, ACTING.member_id)


@pytest.mark.parametrize(
    ("task", "units", "leading", "field"),
    [
        (REGISTERED, (HELPER_HAND,), None, "leading"),
        (ACTING, (HELPER_HAND,), THIRD, "leading"),
        (ACTING, (), None, "unit_ids"),
        (ACTING, (HELPER_HAND, HELPER_HAND), None, "unit_ids"),
        (REGISTERED, (HELPER_HAND,), HELPER_HAND, "unit_ids"),
        (helped(ACTING, CALLED), (HELPER_HAND,), None, "unit_ids"),
        (helped(ACTING, JOINED), (HELPER_HAND,), None, "unit_ids"),
    ],
)
def test_whistles_that_make_no_sense(
    task: Task, units: tuple[Hand, ...], leading: Hand | None, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        call(task, *units, leading=leading)
    assert (refused.value.slug, refused.value.status, refused.value.field) == (Slug.INVALID, 422, field)


def test_a_task_is_answered_when_every_unit_has_done_its_part() -> None:
    task = call(ACTING, HELPER_HAND, THIRD).after
    doing = by(Relation.ACTING)

    def answers(now: Task) -> bool:
        return Step.ANSWER.value in allowed(now, doing)

    assert not answers(task)
    joined = joining.join(task, helper(task), hours(0.5), hand_id=HELPER).after
    done = joining.finish(
        joined, helper(joined), hours(2), hand_id=HELPER, words="管线已接好", photos=()
    ).after
    assert not answers(done)
    with pytest.raises(Refused, match="还有协办单位没有办结"):
        acting.answer(done, doing, hours(3), words="好了", photos=())
    waived = joining.waive(done, STREET, hours(3), hand_id="unit-3", reason="不需要了").after
    assert answers(waived)
    assert states(waived) == {HELPER: PartState.DONE, "unit-3": PartState.WAIVED}


def test_a_unit_that_left_owes_its_part_until_it_is_waived_or_comes_back() -> None:
    task = helped(ACTING, JOINED)
    left = joining.leave(task, helper(task), NOW, hand_id=HELPER, reason="不属我局职责").after
    assert helper(left).standing == {}
    assert Step.ANSWER.value not in allowed(left, by(Relation.ACTING))
    again = call(left, HELPER_HAND, at=hours(1)).after
    (part,) = again.parts
    assert (part.state, part.report_by, part.ended_at) == (PartState.CALLED, hours(2), None)


def test_silence_is_told_once_and_the_unit_may_still_come() -> None:
    task = call(replace(ACTING, promised_at=None), HELPER_HAND, THIRD).after
    assert next_due(task) == Due(hours(1), Step.MISS)
    first = strike(task, Due(hours(1), Step.MISS)).after
    second = strike(first, Due(hours(1), Step.MISS)).after
    assert states(second) == {HELPER: PartState.SILENT, "unit-3": PartState.SILENT}
    assert next_due(second) is None
    late = joining.join(second, helper(second), hours(5), hand_id=HELPER)
    assert isinstance(late.event, HandJoined)
    assert not late.event.on_time
    assert states(late.after)[HELPER] is PartState.JOINED


def test_one_who_has_reported_is_waited_for_no_more() -> None:
    task = call(replace(ACTING, promised_at=None), HELPER_HAND).after
    assert next_due(joining.join(task, helper(task), hours(0.5), hand_id=HELPER).after) is None


def test_a_step_is_meant_of_one_part() -> None:
    task = helped(ACTING, JOINED, replace(CALLED, hand_id="unit-3"))
    both = stands(task, LEADS_BOTH, None)
    assert {Relation.CALLED, Relation.CO_ACTING} <= both.standing.keys()
    with pytest.raises(Refused) as refused:
        joining.finish(task, both, NOW, hand_id="unit-3", words="好了", photos=())
    assert refused.value.slug == Slug.NOT_ALLOWED
    assert [allowed_on(task, both, part) for part in task.parts] == [
        ("finish", "leave", "begin_work", "log"),
        ("join", "leave"),
    ]


@pytest.mark.parametrize("state", [PartState.DONE, PartState.WAIVED])
def test_what_is_settled_is_not_waived_again(state: PartState) -> None:
    task = helped(ACTING, replace(JOINED, state=state))
    with pytest.raises(Refused) as refused:
        joining.waive(task, stands(task, SUPERVISOR, None), NOW, hand_id=HELPER, reason="不需要了")
    assert (refused.value.slug, refused.value.facts["part"]) == (Slug.WRONG_STATE, state)


def test_nobody_has_a_part_who_was_not_called() -> None:
    with pytest.raises(Refused) as refused:
        joining.join(ACTING, helper(ACTING), NOW, hand_id=HELPER)
    assert (refused.value.slug, refused.value.status) == (Slug.NO_SUCH_PART, 404)
