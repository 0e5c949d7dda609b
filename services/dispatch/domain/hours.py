"""Hours: the working time of each hand of a task, signed in and out, entered, or corrected by the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.dispatch.contracts import HoursLogged
from services.dispatch.domain.moves import Move, moved, told
from services.dispatch.domain.part_steps import permit_on
from services.dispatch.domain.parts import Part, signed_out, with_part
from services.dispatch.domain.standing import By
from services.dispatch.domain.task import Change, Task
from services.dispatch.domain.transitions import Step
from services.dispatch.domain.wording import invalid, said, said_if_any

MOST_MINUTES = 60 * 24 * 30


def begin_work(task: Task, by: By, at: datetime, *, hand_id: str) -> Change:
    part, move = permit_on(task, Step.BEGIN_WORK, by, at, hand_id)
    return _logged(task, move, part, replace(part, signed_in_at=at), words=None)


def end_work(task: Task, by: By, at: datetime, *, hand_id: str) -> Change:
    part, move = permit_on(task, Step.END_WORK, by, at, hand_id)
    return _logged(task, move, part, signed_out(part, at), words=None)


def enter(task: Task, by: By, at: datetime, *, hand_id: str, minutes: int, reason: str | None) -> Change:
    """One's own hours, or, with a reason, those of others: the desk's correction."""
    step = Step.LOG if hand_id in by.parts else Step.CORRECT
    part, move = permit_on(task, step, by, at, hand_id)
    if not 0 <= minutes <= MOST_MINUTES:
        raise invalid("minutes", f"工时须在 0 到 {MOST_MINUTES} 分钟之间")
    words = said(reason or "", "reason") if step is Step.CORRECT else said_if_any(reason, "reason")
    return _logged(task, move, part, replace(part, minutes=minutes, signed_in_at=None), words=words)


def _logged(task: Task, move: Move, was: Part, now: Part, *, words: str | None) -> Change:
    after = moved(task, move, parts=with_part(task.parts, now))
    event = told(
        HoursLogged,
        after,
        move,
        words=words,
        hand_kind=now.hand_kind,
        hand_id=now.hand_id,
        was=was.minutes,
        minutes=now.minutes,
        signed_in=now.signed_in_at is not None,
    )
    return Change(move.step, task, after, event)
