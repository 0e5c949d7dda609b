"""抢单 within bounds: how much one member may take, how long it may lie, and what happens to those who let go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.dispatch.contracts import Slug
from services.dispatch.domain.calendar import CITY, midnight
from services.kit.outcomes import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class GrabLimits:
    """The bounds at ``node`` and below, None where there is none.

    ``most_in_hand`` grabbed tasks, and places in teams taken unasked, at once that are not answered yet, ``most_a_day`` of
    both in a day of the city. What is
    not begun within ``hold_minutes`` is free again. Letting go within ``free_minutes`` costs nothing; who lets go later,
    or returns what was grabbed, grabs nothing for ``cool_down_minutes``. All minutes are of plain time.
    """

    node: str = ""
    most_in_hand: int | None = None
    most_a_day: int | None = None
    cool_down_minutes: int | None = None
    hold_minutes: int | None = None
    free_minutes: int = 0


UNLIMITED = GrabLimits()


@dataclass(frozen=True, slots=True, kw_only=True)
class GrabRecord:
    """What a member has grabbed: not answered yet, since the day began (without what was let go in time), and when the
    member last let go too late.
    """

    in_hand: int
    today: int
    struck_at: datetime | None


def bounds(limits: GrabLimits) -> bool:
    """Whether a grab has to be counted at all."""
    return not (
        limits.most_in_hand is None and limits.most_a_day is None and limits.cool_down_minutes is None
    )


def check(limits: GrabLimits, record: GrabRecord, at: datetime) -> None:
    """Refused (409, grab-limit) with ``limit`` saying which: cool_down, in_hand or a_day."""
    if limits.cool_down_minutes is not None and record.struck_at is not None:
        until = record.struck_at + timedelta(minutes=limits.cool_down_minutes)
        if at < until:
            message = f"您刚刚放回或退回过抢到的任务，{until.astimezone(CITY):%H:%M} 之后才能再抢"
            raise _refused(message, limit="cool_down", until=until.isoformat())
    if limits.most_in_hand is not None and record.in_hand >= limits.most_in_hand:
        message = f"您手上已有 {record.in_hand} 个抢到的任务，最多 {limits.most_in_hand} 个，请先办完再抢"
        raise _refused(message, limit="in_hand", most=limits.most_in_hand)
    if limits.most_a_day is not None and record.today >= limits.most_a_day:
        message = f"您今天已抢 {record.today} 个任务，每天最多 {limits.most_a_day} 个，请明天再来"
        raise _refused(message, limit="a_day", most=limits.most_a_day)


def start_by(limits: GrabLimits, at: datetime) -> datetime | None:
    """Until when a task grabbed at ``at`` is held for one who has not begun."""
    return None if limits.hold_minutes is None else at + timedelta(minutes=limits.hold_minutes)


def free_until(limits: GrabLimits, at: datetime) -> datetime:
    """Until when a task grabbed at ``at`` can be let go at no cost."""
    return at + timedelta(minutes=limits.free_minutes)


def day_begins(at: datetime) -> datetime:
    """Midnight in the city before ``at``."""
    return midnight(at.astimezone(CITY).date())


def _refused(message: str, *, limit: str, most: int | None = None, until: str | None = None) -> Refused:
    return Refused(Slug.GRAB_LIMIT, message, status=409, limit=limit, most=most, until=until)
