"""Kinds of demands, and within how many calendar days each is usually promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.dispatch.domain.wording import invalid

LONGEST_PROMISE = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Category:
    code: str
    label: str
    days: int


CATEGORIES = {
    category.code: category
    for category in (
        Category("labour", "劳动就业", 7),
        Category("social_security", "社会保障", 7),
        Category("liveability", "环境宜居", 5),
        Category("public_safety", "公共安全", 2),
        Category("facilities", "公共设施", 5),
        Category("neighbour", "邻里纠纷", 7),
        Category("elderly_care", "养老助残", 3),
        Category("education", "教育托幼", 7),
        Category("traffic", "交通出行", 5),
        Category("other", "其他", 7),
    )
}


def promise(category: str, asked: datetime | None, now: datetime) -> datetime:
    """When the resident is promised an answer: as asked, or the category's usual time.

    Refused (422): an unknown category; a time without zone, not after now, or more than 366 days ahead.
    """
    if category not in CATEGORIES:
        raise invalid("category", "没有这个类别，请从列表中选择：" + "、".join(CATEGORIES))
    if asked is None:
        return now + timedelta(days=CATEGORIES[category].days)
    if asked.tzinfo is None:
        raise invalid("promised_at", "承诺时间须带时区")
    if not now < asked <= now + LONGEST_PROMISE:
        raise invalid("promised_at", "承诺时间须晚于现在，且在一年之内")
    return asked
