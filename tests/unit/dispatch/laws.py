"""What no step may break, whoever takes it and whenever: checked on every change of every history."""

from __future__ import annotations

from services.dispatch.contracts import HandKind, PartState, State
from services.dispatch.domain.clocks import Due, next_due
from services.dispatch.domain.levels import below
from services.dispatch.domain.offering import everybody_asked
from services.dispatch.domain.slots import places_taken, ready
from services.dispatch.domain.task import Change, Task
from services.dispatch.domain.transitions import Step
from services.dispatch.domain.working_time import minutes_between
from tests.unit.dispatch.samples import CALENDAR

WITH_HAND = {
    State.ASSIGNED,
    State.ACTING,
    State.ANSWERED,
    State.VERIFIED,
    State.PUBLISHED,
    State.CLOSED,
}


def lawful_change(change: Change) -> None:
    before, after = change.before, change.after
    assert after.sequence == before.sequence + 1
    assert after.changed_at >= before.changed_at, "time runs backwards"
    assert (change.event.state, change.event.at) == (after.state, after.changed_at)
    assert before.state is not State.CLOSED, "something happened after the end"
    if before.state in {State.REFUSED, State.MERGED}:
        assert change.step is Step.APPEAL
        assert not before.appealed, "appealed twice"
    if after.state is State.CLOSED:
        assert before.state is State.PUBLISHED
    if below(after.level, before.level):
        assert change.step is Step.HAND_DOWN, "only who answers for it gives it back"
        assert after.level is before.raised_from
    _keep_the_promise(change)


def _keep_the_promise(change: Change) -> None:
    """Given at registration, it moves by pauses alone: never nearer, and by exactly the working time that passed."""
    before, after = change.before, change.after
    if before.promised_at is None or after.promised_at is None:
        return
    assert after.promised_at >= before.promised_at, "a promise came nearer"
    if change.step is not Step.RESUME:
        assert after.promised_at == before.promised_at
        return
    since = before.paused_since
    assert since is not None
    if before.round_the_clock:
        assert after.promised_at - after.changed_at == before.promised_at - since
    else:
        left = minutes_between(since, before.promised_at, CALENDAR)
        assert minutes_between(after.changed_at, after.promised_at, CALENDAR) == left


def lawful_task(task: Task) -> None:
    """Somebody answers for it exactly while it is with them; each condition belongs to its state; no clock is behind."""
    with_hand = task.state in WITH_HAND
    assert (task.hand_id is not None) is with_hand
    assert (task.taken_at is not None) is with_hand
    assert (task.unit_id is not None) is (with_hand and task.state is not State.ASSIGNED)
    assert not task.open or task.state is State.REGISTERED
    assert task.paused_since is None or task.state is State.ACTING
    assert (task.resume_by is None) is (task.paused_since is None) is (task.pause_kind is None)
    assert task.duty_member_id is None or (task.state is State.REGISTERED and not task.open)
    assert not (task.duty_member_id and task.named_unit_id)
    assert (task.hold_until is not None) is (task.state is State.ASSIGNED)
    _lawful_wave(task)
    assert not task.grabbed or with_hand
    assert task.start_by is None or (task.state is State.ACTING and task.grabbed and task.started_at is None)
    _lawful_level(task)
    _lawful_parts(task)
    assert (task.objections_until is not None) is (task.state is State.VERIFIED)
    assert (task.merged_into is not None) is (task.state is State.MERGED)
    assert task.urged >= task.clock_urged
    assert task.warn_at is None or task.promised_at is None or task.warn_at < task.promised_at
    due = next_due(task)
    assert due is None or due.at >= task.changed_at


def _lawful_wave(task: Task) -> None:
    """Several are asked only by the matcher, each once, no more than it asks at a time; what it keeps in mind ends with it."""
    assert not task.also_asked or (task.state is State.ASSIGNED and task.hand_kind is HandKind.MEMBER)
    asked = everybody_asked(task)
    assert len(set(asked)) == len(asked) <= max(task.wave_size or 1, 1)
    assert (task.wave_size is None) is (task.wave_minutes is None)
    assert not task.of_groups or (task.wave_size == 1 and task.hand_kind is not HandKind.MEMBER)
    assert task.wave_minutes is None or task.state in {State.REGISTERED, State.ASSIGNED}
    assert task.wave_minutes is not None or (task.quiet is None and task.ask_at is None)


def _lawful_level(task: Task) -> None:
    """What was passed up by hand came from a level below; it stands at its lowest level in one way only."""
    assert task.raised_from is None or below(task.raised_from, task.level)
    assert task.escalated_to is None or below(task.lowest, task.escalated_to)


def _lawful_parts(task: Task) -> None:
    """A hand has one part; no slot holds more than it has places; nobody's time runs who has not come; a full team works."""
    assert len({part.hand_id for part in task.parts}) == len(task.parts)
    for slot in task.slots:
        assert places_taken(task.parts, slot.role) <= slot.count
    for part in task.parts:
        assert (part.report_by is not None) is (part.state is PartState.CALLED)
        assert part.signed_in_at is None or (part.state is PartState.JOINED and task.state is State.ACTING)
    if task.state is State.REGISTERED and ready(task.slots, task.parts):
        assert next_due(task) == Due(task.changed_at, Step.LEAD), "all have come, and nobody begins"
