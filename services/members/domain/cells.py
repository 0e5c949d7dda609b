"""What a file says, as the texts of cells: one form for registers taken in, registers given out, and histories.

Each pair of functions undoes the other, so that a register given out and taken in again changes nothing.
"""

from __future__ import annotations

import re
from datetime import date

from services.kit.geo import Point
from services.kit.outcomes import invalid
from services.members.contracts import FreeTime, Leave

SEPARATOR = ";"
DAYS = "一二三四五六日"
FREE = re.compile(r"周([一二三四五六日天])\s*(\d{1,2})[:：](\d{2})\s*[-~—－]\s*(\d{1,2})[:：](\d{2})")
LEAVE = re.compile(r"(\d{4}-\d{2}-\d{2})\s*[~～至]\s*(\d{4}-\d{2}-\d{2})\s*(.*)")
FREE_FORM = "每周空闲时段应如“周一 19:00-21:00;周六 09:00-11:30”"
LEAVE_FORM = "请假应如“2026-05-01~2026-05-03 出差;2026-07-01~2026-07-02”"


def words_text(words: tuple[str, ...]) -> str:
    return SEPARATOR.join(words)


def words_of(text: str) -> tuple[str, ...]:
    """The words between separators (; or the full-width ；), without blanks."""
    return tuple(word.strip() for word in text.replace("；", SEPARATOR).split(SEPARATOR) if word.strip())


def free_text(times: tuple[FreeTime, ...]) -> str:
    return SEPARATOR.join(
        f"周{DAYS[time.weekday - 1]} {_clock(time.from_minute)}-{_clock(time.to_minute)}" for time in times
    )


def free_of(text: str) -> tuple[FreeTime, ...]:
    """Raises Refused (field free)."""
    found = []
    for part in words_of(text):
        matched = FREE.fullmatch(part)
        if matched is None:
            raise invalid("free", FREE_FORM)
        day, *clock = matched.groups()
        begin, end = _minute(clock[0], clock[1]), _minute(clock[2], clock[3])
        weekday = DAYS.index("日" if day == "天" else day) + 1
        found.append(FreeTime(weekday=weekday, from_minute=begin, to_minute=end))
    return tuple(found)


def leave_text(periods: tuple[Leave, ...]) -> str:
    return SEPARATOR.join(f"{period.first}~{period.last} {period.reason}".strip() for period in periods)


def leave_of(text: str) -> tuple[Leave, ...]:
    """Raises Refused (field leave)."""
    found = []
    for part in words_of(text):
        matched = LEAVE.fullmatch(part)
        if matched is None:
            raise invalid("leave", LEAVE_FORM)
        try:
            first, last = date.fromisoformat(matched[1]), date.fromisoformat(matched[2])
        except ValueError as wrong:
            raise invalid("leave", LEAVE_FORM) from wrong
        found.append(Leave(first=first, last=last, reason=matched[3]))
    return tuple(found)


def point_text(point: Point | None) -> str:
    return f"{point.longitude},{point.latitude}" if point else ""


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _minute(hours: str, minutes: str) -> int:
    if int(minutes) >= 60:  # noqa: PLR2004 - minutes of an hour
        raise invalid("free", FREE_FORM)
    return int(hours) * 60 + int(minutes)
