"""落实 and 反馈: what the one acting does."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from services.dispatch.contracts import (
    HandKind,
    PauseKind,
    ReturnKind,
    TaskAnswered,
    TaskPaused,
    TaskResumed,
    TaskReturned,
    TaskStarted,
    UnitNamed,
)
from services.dispatch.domain.calendar import Calendar
from services.dispatch.domain.escalating import USUAL, LastResort, to_last_resort
from services.dispatch.domain.ladder import put_off
from services.dispatch.domain.moves import moved, permit, told
from services.dispatch.domain.offering import let_go
from services.dispatch.domain.parts import dissolved, members_of, signed_out
from services.dispatch.domain.standing import By
from services.dispatch.domain.task import Change, Hand, Task, holds, overdue
from services.dispatch.domain.transitions import Given, Step
from services.dispatch.domain.wording import LONGEST_ANSWER, invalid, pictured, said, said_if_any

LONGEST_PAUSE = timedelta(days=90)
USUAL_PAUSE = timedelta(days=30)


def start(task: Task, by: By, at: datetime) -> Change:
    move = permit(task, Step.START, by, at)
    after = moved(task, move, started_at=at, start_by=None)
    return Change(Step.START, task, after, told(TaskStarted, after, move))


def pause(
    task: Task,
    by: By,
    at: datetime,
    *,
    reason: str,
    kind: PauseKind = PauseKind.OTHER,
    resume_by: datetime | None = None,
) -> Change:
    """Stop the promise clock; it goes on at ``resume_by`` at the latest. Refused (422): not within 90 days."""
    move = permit(task, Step.PAUSE, by, at)
    if resume_by is not None and (resume_by.tzinfo is None or not at < resume_by <= at + LONGEST_PAUSE):
        raise invalid("resume_by", f"最迟恢复时间须带时区，晚于现在，并在 {LONGEST_PAUSE.days} 天之内")
    until = resume_by or at + USUAL_PAUSE
    after = moved(task, move, paused_since=at, pause_kind=kind, resume_by=until)
    event = told(TaskPaused, after, move, words=said(reason, "reason"), kind=kind, resume_by=until)
    return Change(Step.PAUSE, task, after, event)


def resume(task: Task, by: By, at: datetime, *, calendar: Calendar) -> Change:
    """As much working time is left as there was when the pause began; a hold goes on by plain time."""
    move = permit(task, Step.RESUME, by, at)
    since = task.paused_since or at
    after = moved(
        put_off(task, since, at, calendar),
        move,
        paused_since=None,
        pause_kind=None,
        resume_by=None,
        start_by=task.start_by and task.start_by + (at - since),
    )
    event = told(
        TaskResumed,
        after,
        move,
        promised_at=after.promised_at,
        member_id=task.member_id,
        unit_id=task.unit_id,
    )
    return Change(Step.RESUME, task, after, event)


def give_back(
    task: Task,
    by: By,
    at: datetime,
    *,
    reason: str,
    kind: ReturnKind = ReturnKind.OTHER,
    named: Hand | None = None,
    team: Hand | None = None,
    rule: LastResort = USUAL,
) -> Change:
    """退单: the task is registered again, with nobody on it; after so many times as the rule says the street has it.

    Who says that it is another's affair names that unit, or stays on duty (首问负责).
    """
    move = permit(task, Step.RETURN, by, at)
    _check_named(task, kind, named)
    if team is not None and team.id == task.hand_id:
        raise invalid("team_id", "不能再转给本团组，请另选一个团组")
    on_duty = kind is ReturnKind.NOT_OURS and named is None
    returns = task.returns + 1
    after = let_go(
        replace(task, parts=dissolved(task.parts, at)),
        move,
        returns=returns,
        last_resort=task.last_resort or returns >= rule.most_returns,
        named_unit_id=named.id if named else None,
        named_team_id=team.id if team else None,
        duty_member_id=task.member_id if on_duty else None,
        duty_unit_id=task.unit_id if on_duty and task.hand_kind is HandKind.UNIT else None,
    )
    event = told(
        TaskReturned,
        after,
        move,
        words=said(reason, "reason"),
        member_id=task.member_id,
        unit_id=task.unit_id,
        kind=kind,
        named_unit_id=after.named_unit_id,
        on_duty=on_duty,
        released=_released(task),
        team_id=after.named_team_id,
    )
    then = to_last_resort(after, at, _without(task, rule)) if holds(after, Given.LAST_RESORT) else None
    return Change(Step.RETURN, task, after, event, then)


def name_unit(task: Task, by: By, at: datetime, *, unit: Hand, words: str | None) -> Change:
    """The first receiver says whose affair it is; the liaison decides."""
    move = permit(task, Step.NAME, by, at)
    if unit.id == task.duty_unit_id:
        raise invalid("unit_id", "不能指明本单位，请另选一个单位")
    after = moved(task, move, named_unit_id=unit.id, duty_member_id=None, duty_unit_id=None)
    event = told(
        UnitNamed,
        after,
        move,
        words=said_if_any(words, "words"),
        named_unit_id=unit.id,
        member_id=task.duty_member_id,
        unit_id=task.duty_unit_id,
    )
    return Change(Step.NAME, task, after, event)


def _released(task: Task) -> tuple[str, ...]:
    team = (task.hand_id,) if task.hand_kind is HandKind.TEAM and task.hand_id else ()
    return (*members_of(task.parts), *team)


def _check_named(task: Task, kind: ReturnKind, named: Hand | None) -> None:
    if named is None:
        return
    if kind is not ReturnKind.NOT_OURS:
        raise invalid("named_unit_id", "只有因不属于本单位职责而退单时，才需指明承办单位")
    if named.id == task.unit_id:
        raise invalid("named_unit_id", "不能指明本单位，请另选一个单位")


def _without(task: Task, rule: LastResort) -> LastResort:
    """Nobody is asked at once for what they have just returned."""
    if rule.owner is not None and rule.owner.id == task.hand_id:
        return replace(rule, owner=None)
    return rule


def answer(task: Task, by: By, at: datetime, *, words: str, photos: tuple[str, ...]) -> Change:
    """Report done; "answered" is not yet "solved". Who never said so has begun by now."""
    move = permit(task, Step.ANSWER, by, at)
    parts = tuple(signed_out(part, at) for part in task.parts)
    after = moved(task, move, started_at=task.started_at or at, start_by=None, parts=parts)
    event = told(
        TaskAnswered,
        after,
        move,
        words=said(words, "words", most=LONGEST_ANSWER),
        photos=pictured(photos),
        member_id=task.member_id,
        unit_id=task.unit_id,
        on_time=not overdue(task, at),
    )
    return Change(Step.ANSWER, task, after, event)
