"""吹哨报到: calling units to one task, and what those called say and do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypedDict

from services.dispatch.contracts import (
    HandFinished,
    HandJoined,
    HandKind,
    HandLeft,
    HandSilent,
    HandWaived,
    PartState,
    State,
    UnitsCalled,
)
from services.dispatch.domain.moves import Move, moved, permit, told
from services.dispatch.domain.offering import LONGEST_HOLD_MINUTES, assign
from services.dispatch.domain.part_steps import permit_on
from services.dispatch.domain.parts import Part, first_to_report, signed_out, with_part
from services.dispatch.domain.staffing import fill, lapse, vacate
from services.dispatch.domain.standing import CLOCK, By
from services.dispatch.domain.task import Change, Hand, Task
from services.dispatch.domain.transitions import Step
from services.dispatch.domain.wording import LONGEST_ANSWER, invalid, pictured, said

MOST_PARTS = 30


def call(
    task: Task,
    by: By,
    at: datetime,
    *,
    units: tuple[Hand, ...],
    leading: Hand | None,
    report_minutes: int,
    words: str,
) -> Change:
    """Units are called, and where nobody has the task yet ``leading`` is asked to lead (in a step of its own)."""
    move = permit(task, Step.CALL, by, at)
    if not 1 <= report_minutes <= LONGEST_HOLD_MINUTES:
        raise invalid("report_minutes", "报到时限须在 1 分钟到 30 天之间")
    _check_lead(task, leading)
    _check_units(task, units, leading)
    report_by = at + timedelta(minutes=report_minutes)
    after = moved(task, move, parts=_called(task.parts, units, at, report_by))
    event = told(
        UnitsCalled,
        after,
        move,
        words=said(words, "words"),
        unit_ids=tuple(unit.id for unit in units),
        leading=leading.id if leading else None,
        report_by=report_by,
        member_id=task.member_id,
        unit_id=task.unit_id,
    )
    then = assign(after, by, at, hand=leading, hold_minutes=report_minutes) if leading else None
    return Change(Step.CALL, task, after, event, then)


def join(task: Task, by: By, at: datetime, *, hand_id: str) -> Change:
    """报到, late or not; a member comes to the slot that they were asked to fill."""
    part, move = permit_on(task, Step.JOIN, by, at, hand_id)
    if part.slot is not None:
        return fill(task, move, part)
    joined = replace(part, state=PartState.JOINED, report_by=None, joined_at=at, ended_at=None)
    after = moved(task, move, parts=with_part(task.parts, joined))
    event = told(HandJoined, after, move, on_time=part.state is PartState.CALLED, **_whose(task, part))
    return Change(Step.JOIN, task, after, event)


def finish(task: Task, by: By, at: datetime, *, hand_id: str, words: str, photos: tuple[str, ...]) -> Change:
    """One's own part is done."""
    part, move = permit_on(task, Step.FINISH, by, at, hand_id)
    after = _ended(task, move, part, PartState.DONE)
    event = told(
        HandFinished,
        after,
        move,
        words=said(words, "words", most=LONGEST_ANSWER),
        photos=pictured(photos),
        **_whose(task, part),
    )
    return Change(Step.FINISH, task, after, event)


def leave(task: Task, by: By, at: datetime, *, hand_id: str, reason: str) -> Change:
    """A unit that leaves still owes its part until the street waives it; a member frees the slot."""
    part, move = permit_on(task, Step.LEAVE, by, at, hand_id)
    if part.slot is not None:
        return vacate(task, move, part, reason=reason)
    after = _ended(task, move, part, PartState.LEFT)
    event = told(HandLeft, after, move, words=said(reason, "reason"), **_whose(task, part))
    return Change(Step.LEAVE, task, after, event)


def waive(task: Task, by: By, at: datetime, *, hand_id: str, reason: str) -> Change:
    """The street does without it; what is done stays done."""
    part, move = permit_on(task, Step.WAIVE, by, at, hand_id)
    after = _ended(task, move, part, PartState.WAIVED)
    event = told(HandWaived, after, move, words=said(reason, "reason"), **_whose(task, part))
    return Change(Step.WAIVE, task, after, event)


def miss(task: Task, at: datetime) -> Change:
    """The time to report has passed for the first of those waited for: said once. A unit stays called, a slot is free."""
    part = first_to_report(task.parts)
    if part is None:
        raise ValueError("nobody is waited for")
    move = permit(task, Step.MISS, CLOCK, at)
    if part.slot is not None:
        return lapse(task, move, part)
    silent = replace(part, state=PartState.SILENT, report_by=None)
    after = moved(task, move, parts=with_part(task.parts, silent))
    return Change(Step.MISS, task, after, told(HandSilent, after, move, **_whose(task, part)))


class _Whose(TypedDict):
    hand_kind: HandKind
    hand_id: str
    member_id: str | None
    unit_id: str | None


def _whose(task: Task, part: Part) -> _Whose:
    """Whose part an event is about, and who leads the task."""
    return {
        "hand_kind": part.hand_kind,
        "hand_id": part.hand_id,
        "member_id": task.member_id,
        "unit_id": task.unit_id,
    }


def _ended(task: Task, move: Move, part: Part, state: PartState) -> Task:
    ended = replace(signed_out(part, move.at), state=state, report_by=None, ended_at=move.at)
    return moved(task, move, parts=with_part(task.parts, ended))


def _called(
    parts: tuple[Part, ...], units: Iterable[Hand], at: datetime, report_by: datetime
) -> tuple[Part, ...]:
    for unit in units:
        parts = with_part(
            parts, Part(hand_kind=unit.kind, hand_id=unit.id, called_at=at, report_by=report_by)
        )
    return parts


def _check_lead(task: Task, leading: Hand | None) -> None:
    if task.state is State.REGISTERED and leading is None:
        raise invalid("leading", "还没有人承办，请指定一个牵头单位")
    if task.state is not State.REGISTERED and leading is not None:
        raise invalid("leading", "这个任务已有人承办，由其牵头；如需更换，请先退单")


def _check_units(task: Task, units: tuple[Hand, ...], leading: Hand | None) -> None:
    ids = [unit.id for unit in units]
    if not ids:
        raise invalid("unit_ids", "请至少选择一个协办单位")
    lead = leading.id if leading else task.hand_id
    if len(set(ids)) < len(ids) or lead in ids:
        raise invalid("unit_ids", "同一个单位只能选一次，牵头单位不必再列为协办")
    states = {part.hand_id: part.state for part in task.parts}
    if any(states.get(unit_id) in {PartState.CALLED, PartState.JOINED} for unit_id in ids):
        raise invalid("unit_ids", "所选单位中有的已在协办或待报到，请去掉后再吹哨")
    if len(states.keys() | set(ids)) > MOST_PARTS:
        raise invalid("unit_ids", f"一个任务最多 {MOST_PARTS} 方协办")
