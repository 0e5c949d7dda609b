"""Kinds of demands, and within how much working time each is responded to and solved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.dispatch.contracts import Reply, Urgency
from services.dispatch.domain.calendar import Calendar
from services.dispatch.domain.wording import invalid
from services.dispatch.domain.working_time import add_minutes

LONGEST_PROMISE = timedelta(days=366)
WORKDAY = 7 * 60
"""Minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """``days`` are working days. ``gb_39666`` and ``gb_30428`` are its codes in GB/T 39666 (what hotlines sort by) and
    GB/T 30428 (what grid management sorts by), where the city has entered them. ``skill`` is what its work usually
    takes. A ``retired`` one is given to no new task. ``reply`` is what other software is told of such orders.
    """

    code: str
    label: str
    days: int
    parent: str | None = None
    gb_39666: str | None = None
    gb_30428: str | None = None
    skill: str | None = None
    retired: bool = False
    reply: Reply = Reply.REALTIME
    keywords: tuple[str, ...] = ()
    note: str | None = None


Kinds = Mapping[str, Category]
"""All categories by code, in the order in which lists show them, retired ones too."""

RESPOND_MINUTES = {Urgency.ORDINARY: WORKDAY, Urgency.URGENT: 120, Urgency.EMERGENCY: 30}
SOLVE_PART = {Urgency.ORDINARY: 1, Urgency.URGENT: 2, Urgency.EMERGENCY: 6}
"""An urgent one is solved in half the usual time, an emergency in a sixth."""


def solve_minutes(category: Category, urgency: Urgency) -> int:
    return category.days * WORKDAY // SOLVE_PART[urgency]


def respond_time(urgency: Urgency) -> timedelta:
    """The usual working time within which an order is registered or refused."""
    return timedelta(minutes=RESPOND_MINUTES[urgency])


def solve_time(category: Category, urgency: Urgency) -> timedelta:
    """The usual working time within which a registered task is answered."""
    return timedelta(minutes=solve_minutes(category, urgency))


def chosen(code: str, kinds: Kinds) -> Category:
    """The category that a task is registered under. Refused (422): an unknown or a retired one."""
    found = kinds.get(code)
    if found is None:
        raise invalid("category", "没有这个类别，请从类别表中选择")
    if found.retired:
        raise invalid("category", f"「{found.label}」已停用，请另选一个类别")
    return found


def promise(usual: timedelta, asked: datetime | None, now: datetime, calendar: Calendar) -> datetime:
    """When the resident is promised an answer: as asked, or in the ``usual`` working time.

    Refused (422): a time without zone, not after now, or more than 366 days ahead.
    """
    if asked is None:
        return add_minutes(now, usual, calendar)
    if asked.tzinfo is None:
        raise invalid("promised_at", "承诺时间须带时区")
    if not now < asked <= now + LONGEST_PROMISE:
        raise invalid("promised_at", "承诺时间须晚于现在，且在一年之内")
    return asked
