"""Kinds of demands, and within how much working time each is responded to and solved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.dispatch.contracts import Urgency
from services.dispatch.domain.calendar import Calendar
from services.dispatch.domain.wording import invalid
from services.dispatch.domain.working_time import add_minutes

LONGEST_PROMISE = timedelta(days=366)
WORKDAY = 7 * 60
"""Minutes."""


@dataclass(frozen=True, slots=True)
class Category:
    """``days`` are working days."""

    code: str
    label: str
    days: int


CATEGORIES = {
    category.code: category
    for category in (
        Category("labour", "劳动就业", 5),
        Category("social_security", "社会保障", 5),
        Category("liveability", "环境宜居", 3),
        Category("public_safety", "公共安全", 1),
        Category("facilities", "公共设施", 3),
        Category("neighbour", "邻里纠纷", 5),
        Category("elderly_care", "养老助残", 2),
        Category("education", "教育托幼", 5),
        Category("traffic", "交通出行", 3),
        Category("other", "其他", 5),
    )
}

RESPOND_MINUTES = {Urgency.ORDINARY: WORKDAY, Urgency.URGENT: 120, Urgency.EMERGENCY: 30}
SOLVE_PART = {Urgency.ORDINARY: 1, Urgency.URGENT: 2, Urgency.EMERGENCY: 6}
"""An urgent one is solved in half the usual time, an emergency in a sixth."""


def solve_minutes(category: Category, urgency: Urgency) -> int:
    return category.days * WORKDAY // SOLVE_PART[urgency]


def respond_by(urgency: Urgency, collected: datetime, calendar: Calendar) -> datetime:
    return add_minutes(collected, timedelta(minutes=RESPOND_MINUTES[urgency]), calendar)


def promise(
    category: str, urgency: Urgency, asked: datetime | None, now: datetime, calendar: Calendar
) -> datetime:
    """When the resident is promised an answer: as asked, or the category's usual time for the urgency.

    Refused (422): an unknown category; a time without zone, not after now, or more than 366 days ahead.
    """
    if category not in CATEGORIES:
        raise invalid("category", "没有这个类别，请从列表中选择：" + "、".join(CATEGORIES))
    if asked is None:
        return add_minutes(now, timedelta(minutes=solve_minutes(CATEGORIES[category], urgency)), calendar)
    if asked.tzinfo is None:
        raise invalid("promised_at", "承诺时间须带时区")
    if not now < asked <= now + LONGEST_PROMISE:
        raise invalid("promised_at", "承诺时间须晚于现在，且在一年之内")
    return asked
