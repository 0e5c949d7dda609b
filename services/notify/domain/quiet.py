"""Quiet hours: a stretch of every day of the city in which nobody is disturbed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from services.kit.outcomes import invalid
from services.notify.domain.citytime import CITY

DAY = timedelta(days=1)
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From ``begins`` to ``ends``, city time, over midnight where the end is earlier. Equal ones are the whole day."""

    begins: time
    ends: time

    def hold(self, at: datetime) -> bool:
        clock = at.astimezone(CITY).time()
        if self.begins < self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends

    def end(self, at: datetime) -> datetime:
        """When the quiet hours end that hold at ``at``."""
        local = at.astimezone(CITY)
        day = local.date() if local.time() < self.ends else local.date() + DAY
        return datetime.combine(day, self.ends, CITY).astimezone(at.tzinfo)


def quiet_hours(begins: str | None, ends: str | None) -> QuietHours | None:
    """From two clock times, or none from none. Raises Refused (422) that names ``quiet_from`` or ``quiet_until``."""
    if begins is None and ends is None:
        return None
    found = {}
    for field, said in (("quiet_from", begins), ("quiet_until", ends)):
        if said is None:
            raise invalid(field, "免打扰的起止时间须一起填写")
        if not CLOCK.fullmatch(said):
            raise invalid(field, "时间应如 21:00")
        found[field] = time.fromisoformat(said)
    if found["quiet_from"] == found["quiet_until"]:
        raise invalid("quiet_until", "起止时间不能相同；不想收某种消息，请关闭它")
    return QuietHours(found["quiet_from"], found["quiet_until"])


def spoken(quiet: QuietHours | None) -> tuple[str | None, str | None]:
    """The two clock times of quiet hours."""
    return (f"{quiet.begins:%H:%M}", f"{quiet.ends:%H:%M}") if quiet else (None, None)


def waking(at: datetime, hours: tuple[QuietHours | None, ...]) -> datetime:
    """The moment itself, or the first after it that lies in none of ``hours``; a day later where they leave none."""
    latest = at + DAY
    moment, moved = at, True
    while moved and moment < latest:
        moved = False
        for each in hours:
            if each is not None and each.hold(moment):
                moment, moved = each.end(moment), True
    return min(moment, latest)
