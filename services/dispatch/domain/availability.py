"""When a hand can be asked: its own free times, leave and capacity, or the city's working time where it has stated none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from services.dispatch.domain.calendar import CITY, Calendar
from services.kit.geo import Point
from services.members.contracts import Away, FreeTime
from services.members.contracts.availability import USUAL_CAPACITY

NOTHING = timedelta(0)
DAY = timedelta(days=1)
OFFICIAL = Calendar()


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """What is known of the hand ``id``; the defaults hold for one that has stated nothing.

    ``free`` left empty means working time. ``capacity`` is how many tasks it takes at once; ``point`` is rough.
    """

    id: str
    free: tuple[FreeTime, ...] = ()
    leave: tuple[Away, ...] = ()
    capacity: int = USUAL_CAPACITY
    wishes: tuple[str, ...] = ()
    point: Point | None = None
    in_service: bool = True


def on_leave(a: Availability, day: date) -> bool:
    """Whether the city's ``day`` is one of leave."""
    return any(away.first <= day <= away.last for away in a.leave)


def has_room(a: Availability, load: int) -> bool:
    """Whether one more task fits beside the ``load`` tasks that the hand has."""
    return a.in_service and load < a.capacity


def is_free(a: Availability, at: datetime, calendar: Calendar = OFFICIAL) -> bool:
    """Whether the hand is in service and free at the moment ``at``; the end of a stretch is not free any more."""
    day = at.astimezone(CITY).date()
    return any(begin <= at < end for begin, end in stretches(a, day, calendar))


def free_time(a: Availability, start: datetime, end: datetime, calendar: Calendar = OFFICIAL) -> timedelta:
    """How much free time the hand has from ``start`` to ``end``."""
    found = NOTHING
    day, last = start.astimezone(CITY).date(), end.astimezone(CITY).date()
    while day <= last:
        for begin, until in stretches(a, day, calendar):
            found += max(NOTHING, min(until, end) - max(begin, start))
        day += DAY
    return found


def free_between(a: Availability, start: datetime, end: datetime, calendar: Calendar = OFFICIAL) -> bool:
    """Whether the hand is free all the time from ``start`` to ``end``."""
    if start >= end:
        return is_free(a, start, calendar)
    return free_time(a, start, end, calendar) == end - start


def stretches(a: Availability, day: date, calendar: Calendar) -> Iterator[tuple[datetime, datetime]]:
    """The free stretches of one of the city's days, in UTC; they do not overlap."""
    if not a.in_service or on_leave(a, day):
        return
    if not a.free:
        for begin, end in calendar.stretches(day):
            yield begin.astimezone(UTC), end.astimezone(UTC)
        return
    midnight = datetime.combine(day, time(), CITY).astimezone(UTC)
    for stretch in a.free:
        if stretch.weekday == day.isoweekday():
            yield (
                midnight + timedelta(minutes=stretch.from_minute),
                midnight + timedelta(minutes=stretch.to_minute),
            )
