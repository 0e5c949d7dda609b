"""What members and units report of their work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.kit.outcomes import invalid
from services.members.contracts import FileKind

LONGEST_REPORT = 2000
LONGEST_PERIOD = 366
"""Days: a year, the longest that is assessed at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """``community_code`` and ``unit_id`` are those of the time at which it was given."""

    id: str
    kind: FileKind
    file_id: str
    community_code: str
    unit_id: str | None
    first: date
    last: date
    words: str
    by: str
    at: datetime


def check_period(first: date, last: date, today: date) -> None:
    """A period that has come to its end, of a year at most."""
    if last < first:
        raise invalid("last", "结束日期不能早于开始日期")
    if last > today:
        raise invalid("last", "只能报告已经过去的日子")
    if (last - first).days >= LONGEST_PERIOD:
        raise invalid("first", "一份报告最长一年")


def clean_report(words: str) -> str:
    cleaned = words.strip()
    if not cleaned or len(cleaned) > LONGEST_REPORT:
        raise invalid("words", f"报告须为 1 至 {LONGEST_REPORT} 个字")
    return cleaned
