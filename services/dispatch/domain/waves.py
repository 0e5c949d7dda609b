"""Offers in waves: the matcher asks one candidate after another, each for a while, until somebody accepts.

Nobody is asked in the quiet hours, and their time to think stands still then; emergencies know no quiet hours.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from services.dispatch.contracts import CandidatesExhausted, TaskMatched, Urgency
from services.dispatch.domain.matching.budget import hold_until, waking
from services.dispatch.domain.moves import moved, permit, told
from services.dispatch.domain.standing import MATCHER, By
from services.dispatch.domain.task import Change, Task
from services.dispatch.domain.transitions import Step
from services.dispatch.domain.wording import invalid

LONGEST_HOLD_MINUTES = 7 * 24 * 60
USUAL_HOLD_MINUTES = 120
EMERGENCY_HOLD_MINUTES = 10


def match(task: Task, by: By, at: datetime, *, hold_minutes: int, found: int) -> Change:
    """Hand the task to the matcher, which has ``found`` candidates; each may think for ``hold_minutes``."""
    move = permit(task, Step.MATCH, by, at)
    if not 1 <= hold_minutes <= LONGEST_HOLD_MINUTES:
        raise invalid("hold_minutes", "等候时间须在 1 分钟到 7 天之间")
    after = moved(task, move, wave_minutes=hold_minutes, ask_at=_asked_at(task, at))
    event = told(TaskMatched, after, move, hold_minutes=hold_minutes, found=found)
    return Change(Step.MATCH, task, after, event)


def exhaust(task: Task, at: datetime) -> Change:
    """Nobody is left to ask; the task waits for the liaison."""
    move = permit(task, Step.EXHAUST, MATCHER, at)
    after = moved(task, move, wave_minutes=None, ask_at=None)
    return Change(Step.EXHAUST, task, after, told(CandidatesExhausted, after, move))


def ask_next_at(task: Task, at: datetime) -> datetime | None:
    """When the matcher asks the next one, after somebody said no or nothing; None where it asks nobody."""
    return None if task.wave_minutes is None else _asked_at(task, at)


def end_of_hold(task: Task, at: datetime, minutes: int) -> datetime:
    """Until when somebody whom the matcher asks ``at`` may think."""
    return at + timedelta(minutes=minutes) if _urgent(task) else hold_until(at, minutes)


def _asked_at(task: Task, at: datetime) -> datetime:
    return at if _urgent(task) else waking(at)


def _urgent(task: Task) -> bool:
    return task.urgency is Urgency.EMERGENCY
