"""Offers in waves: the matcher asks the best candidates at once, each for a while; the first to accept has the task, and
where all say no or nothing the next are asked.

Nobody is asked in the quiet hours, and their time to think stands still then; emergencies know no quiet hours.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.dispatch.contracts import CandidatesExhausted, TaskMatched, Urgency
from services.dispatch.domain.matching.budget import USUAL, OfferTerms, hold_until, waking
from services.dispatch.domain.moves import moved, permit, told
from services.dispatch.domain.standing import MATCHER, By
from services.dispatch.domain.task import Change, Task
from services.dispatch.domain.transitions import Step
from services.dispatch.domain.wording import invalid

LONGEST_HOLD_MINUTES = 7 * 24 * 60
LARGEST_WAVE = 5
NO_WAVE: dict[str, Any] = {
    "wave_minutes": None,
    "wave_size": None,
    "of_groups": False,
    "quiet": None,
    "ask_at": None,
}
"""The matcher asks nobody any more."""


def match(
    task: Task,
    by: By,
    at: datetime,
    *,
    found: int,
    terms: OfferTerms = USUAL,
    hold_minutes: int | None = None,
    size: int | None = None,
    groups: bool = False,
) -> Change:
    """Hand the task to the matcher, which has ``found`` candidates; what is not said of the hold and of how many are asked at
    once is as the terms of the place have it, and stays so for this asking. ``groups`` are asked one at a time: their leaders
    decide for many, and have to ask around.
    """
    move = permit(task, Step.MATCH, by, at)
    emergency = task.urgency is Urgency.EMERGENCY
    usual_hold = terms.emergency_hold_minutes if emergency else terms.hold_minutes
    usual_size = terms.wave if task.urgency is Urgency.ORDINARY else terms.urgent_wave
    minutes = usual_hold if hold_minutes is None else hold_minutes
    most = (1 if groups else usual_size) if size is None else size
    if not 1 <= minutes <= LONGEST_HOLD_MINUTES:
        raise invalid("hold_minutes", "等候时间须在 1 分钟到 7 天之间")
    if not 1 <= most <= LARGEST_WAVE:
        raise invalid("wave", f"一次可以问 1 到 {LARGEST_WAVE} 位")
    if groups and most != 1:
        raise invalid("wave", "单位和团组一次只问一个")
    quiet = None if emergency else terms.quiet
    wave = {"wave_minutes": minutes, "wave_size": most, "of_groups": groups, "quiet": quiet}
    after = moved(task, move, **wave, ask_at=waking(at, quiet))
    event = told(TaskMatched, after, move, hold_minutes=minutes, found=found, wave=most, groups=groups)
    return Change(Step.MATCH, task, after, event)


def exhaust(task: Task, at: datetime) -> Change:
    """Nobody is left to ask; the task waits for the liaison."""
    move = permit(task, Step.EXHAUST, MATCHER, at)
    after = moved(task, move, **NO_WAVE)
    return Change(Step.EXHAUST, task, after, told(CandidatesExhausted, after, move))


def ask_next_at(task: Task, at: datetime) -> datetime | None:
    """When the matcher asks the next wave, after the last of one said no or nothing; None where it asks nobody."""
    return None if task.wave_minutes is None else waking(at, task.quiet)


def end_of_hold(task: Task, at: datetime, minutes: int) -> datetime:
    """Until when those whom the matcher asks ``at`` may think."""
    return hold_until(at, minutes, task.quiet)
