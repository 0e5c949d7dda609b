"""核查, 公示 and 销号, and 督办: what others than the one acting say about the work."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.dispatch.contracts import (
    Slug,
    TaskClosed,
    TaskPublished,
    TaskReminded,
    TaskReopened,
    TaskSentBack,
    TaskUrged,
    TaskVerified,
)
from services.dispatch.domain.calendar import Calendar
from services.dispatch.domain.moves import moved, permit, told
from services.dispatch.domain.parts import shares_of
from services.dispatch.domain.standing import CLOCK, By
from services.dispatch.domain.task import Change, Task
from services.dispatch.domain.transitions import Relation, Step
from services.dispatch.domain.wording import said, said_if_any
from services.dispatch.domain.working_time import next_working_day
from services.kit.outcomes import Refused

OBJECTION_TIME = timedelta(days=7)
NOTICE_TIME = timedelta(days=3)


def verify(task: Task, by: By, at: datetime, *, words: str | None) -> Change:
    """The answer holds; the resident may object for seven days."""
    move = permit(task, Step.VERIFY, by, at)
    until = at + OBJECTION_TIME
    after = moved(task, move, objections_until=until)
    event = told(TaskVerified, after, move, words=said_if_any(words, "words"), objections_until=until)
    return Change(Step.VERIFY, task, after, event)


def send_back(task: Task, by: By, at: datetime, *, reason: str) -> Change:
    move = permit(task, Step.SEND_BACK, by, at)
    after = moved(task, move)
    words = said(reason, "reason")
    event = told(TaskSentBack, after, move, words=words, member_id=task.member_id, unit_id=task.unit_id)
    return Change(Step.SEND_BACK, task, after, event)


def confirm(task: Task, by: By, at: datetime) -> Change:
    """Solved: by the resident's word, by a follow-up, or because nobody objected; the public notice begins."""
    move = permit(task, Step.CONFIRM, by, at)
    until = at + NOTICE_TIME
    after = moved(task, move, objections_until=None, notice_until=until)
    confirmed_by = next(who for who in CONFIRMERS if who in by.standing)
    event = told(TaskPublished, after, move, confirmed_by=confirmed_by.value, until=until)
    return Change(Step.CONFIRM, task, after, event)


CONFIRMERS = (Relation.RESIDENT, Relation.FOLLOW_UP, Relation.CLOCK)


def reopen(task: Task, by: By, at: datetime, *, reason: str | None) -> Change:
    """Not solved: the same hands go on. ``reason`` is asked of people; a follow-up keeps its words to itself."""
    move = permit(task, Step.REOPEN, by, at)
    after = moved(task, move, objections_until=None, notice_until=None, reopened=task.reopened + 1)
    words = None if reason is None else said(reason, "reason")
    event = told(TaskReopened, after, move, words=words, member_id=task.member_id, unit_id=task.unit_id)
    return Change(Step.REOPEN, task, after, event)


def close(task: Task, at: datetime) -> Change:
    move = permit(task, Step.CLOSE, CLOCK, at)
    after = moved(task, move)
    event = told(
        TaskClosed,
        after,
        move,
        member_id=task.member_id,
        unit_id=task.unit_id,
        hands=shares_of(task.parts),
    )
    return Change(Step.CLOSE, task, after, event)


def urge(task: Task, by: By, at: datetime, *, words: str | None) -> Change:
    """督办, by a supervisor, or by the clock when the promise runs out (which it says once)."""
    move = permit(task, Step.URGE, by, at)
    count = task.urged + 1
    after = moved(task, move, urged=count, clock_urged=task.clock_urged or by is CLOCK)
    event = told(
        TaskUrged,
        after,
        move,
        words=said_if_any(words, "words"),
        count=count,
        member_id=task.member_id or task.duty_member_id,
        unit_id=task.unit_id or task.duty_unit_id,
    )
    return Change(Step.URGE, task, after, event)


def remind(task: Task, by: By, at: datetime, *, calendar: Calendar) -> Change:
    """催单, by a resident, at most once a working day. Refused (409): too-early."""
    move = permit(task, Step.REMIND, by, at)
    if task.reminded_at is not None:
        again = next_working_day(task.reminded_at, calendar)
        if at < again:
            message = f"今天已经催过，{again:%m月%d日} 起可以再催"
            raise Refused(Slug.TOO_EARLY, message, status=409, again=again.isoformat())
    count = task.reminded + 1
    after = moved(task, move, reminded=count, reminded_at=at)
    event = told(
        TaskReminded,
        after,
        move,
        count=count,
        member_id=task.member_id or task.duty_member_id,
        unit_id=task.unit_id or task.duty_unit_id,
    )
    return Change(Step.REMIND, task, after, event)
