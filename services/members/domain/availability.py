"""When a hand is free and what it takes on: the form of what people state, and what a revision changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from services.kit.geo import Point, rough
from services.kit.outcomes import invalid
from services.members.contracts import FileKind, FreeTime, Leave
from services.members.contracts.availability import USUAL_CAPACITY
from services.members.domain.cells import words_of

MINUTES_OF_DAY = 24 * 60
DAYS_OF_WEEK = 7
MOST_FREE_TIMES = 50
MOST_LEAVES = 50
LONGEST_REASON = 100
MOST_WISHES = 20
LONGEST_WISH = 32
LARGEST_CAPACITY = 99
LONGEST_TRADE = 32
COMMAS = str.maketrans(";；", "，，")


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """Of the member or unit ``id``. ``revision`` counts the changes; 0: nothing was ever stated, so nothing told."""

    kind: FileKind
    id: str
    free: tuple[FreeTime, ...] = ()
    leave: tuple[Leave, ...] = ()
    capacity: int = USUAL_CAPACITY
    wishes: tuple[str, ...] = ()
    point: Point | None = None
    in_service: bool = True
    revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What somebody states anew; None leaves what is there."""

    free: tuple[FreeTime, ...] | None = None
    leave: tuple[Leave, ...] | None = None
    capacity: int | None = None
    wishes: tuple[str, ...] | None = None
    point: Point | None = None
    no_point: bool = False


def restate(known: Availability, stated: Stated) -> Availability:
    """The availability as stated, one revision on; ``known`` itself if nothing differs. Refused (422), field named."""
    wanted = replace(
        known,
        free=known.free if stated.free is None else clean_free(stated.free),
        leave=known.leave if stated.leave is None else clean_leave(stated.leave),
        capacity=known.capacity if stated.capacity is None else clean_capacity(stated.capacity),
        wishes=known.wishes if stated.wishes is None else clean_wishes(stated.wishes),
        point=_point(known.point, stated),
    )
    return known if wanted == known else replace(wanted, revision=known.revision + 1)


def at_service(known: Availability, *, serving: bool) -> Availability:
    """The availability of one who enters or leaves the service; ``known`` itself if nothing differs."""
    if known.in_service is serving:
        return known
    return replace(known, in_service=serving, revision=known.revision + 1)


def clean_free(times: Iterable[FreeTime]) -> tuple[FreeTime, ...]:
    """In the order of the week, what touches or overlaps joined."""
    joined: list[FreeTime] = []
    for time in sorted(times, key=lambda each: (each.weekday, each.from_minute)):
        if not 1 <= time.weekday <= DAYS_OF_WEEK:
            raise invalid("free", "星期须为 1（周一）至 7（周日）")
        if not 0 <= time.from_minute < time.to_minute <= MINUTES_OF_DAY:
            raise invalid("free", "空闲时段须在一天之内，且开始早于结束；跨夜请分两段填写")
        last = joined[-1] if joined else None
        if last is not None and last.weekday == time.weekday and time.from_minute <= last.to_minute:
            joined[-1] = replace(last, to_minute=max(last.to_minute, time.to_minute))
        else:
            joined.append(time)
    if len(joined) > MOST_FREE_TIMES:
        raise invalid("free", f"空闲时段最多 {MOST_FREE_TIMES} 段")
    return tuple(joined)


def clean_leave(periods: Iterable[Leave]) -> tuple[Leave, ...]:
    """In the order of their first days, reasons without outer blanks and without what separates periods in a cell."""
    cleaned = sorted(
        {replace(period, reason=" ".join(period.reason.translate(COMMAS).split())) for period in periods},
        key=lambda period: (period.first, period.last, period.reason),
    )
    if len(cleaned) > MOST_LEAVES:
        raise invalid("leave", f"请假最多 {MOST_LEAVES} 段")
    for period in cleaned:
        if period.last < period.first:
            raise invalid("leave", "请假的结束日期不能早于开始日期")
        if len(period.reason) > LONGEST_REASON:
            raise invalid("leave", f"请假事由不超过 {LONGEST_REASON} 个字")
    return tuple(cleaned)


def clean_capacity(capacity: int) -> int:
    if not 1 <= capacity <= LARGEST_CAPACITY:
        raise invalid("capacity", f"同时承接的任务数须为 1 至 {LARGEST_CAPACITY}；暂时不接请填写请假")
    return capacity


def clean_wishes(wishes: tuple[str, ...]) -> tuple[str, ...]:
    """Without blanks and repetitions, in the order given."""
    kept = tuple(dict.fromkeys(wish for told in wishes for wish in words_of(told)))
    if len(kept) > MOST_WISHES or any(len(wish) > LONGEST_WISH for wish in kept):
        raise invalid("wishes", f"服务意愿最多 {MOST_WISHES} 项，每项不超过 {LONGEST_WISH} 个字")
    return kept


def clean_trade(trade: str) -> str | None:
    """The trade without outer blanks, None if nothing is left."""
    cleaned = " ".join(trade.split())
    if len(cleaned) > LONGEST_TRADE:
        raise invalid("trade", f"行业不超过 {LONGEST_TRADE} 个字")
    return cleaned or None


def clean_point(longitude: float, latitude: float) -> Point:
    """The point, rough."""
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):  # noqa: PLR2004 - degrees
        raise invalid("point", "经度须在 -180 至 180 之间，纬度须在 -90 至 90 之间")
    return rough(Point(longitude=longitude, latitude=latitude))


def _point(known: Point | None, stated: Stated) -> Point | None:
    if stated.no_point:
        return None
    if stated.point is None:
        return known
    return clean_point(stated.point.longitude, stated.point.latitude)
