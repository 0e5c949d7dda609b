"""When a hand is free, how much it takes on at once, and what it likes to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.kit.geo import Point

USUAL_CAPACITY = 3
"""Tasks at once, for whoever has said nothing else."""

SERVICE_KINDS = (
    "政策宣讲",
    "法律咨询",
    "医疗健康",
    "家电维修",
    "水电维修",
    "环境整治",
    "治安巡逻",
    "矛盾调解",
    "助老助残",
    "课业辅导",
    "就业帮扶",
    "心理疏导",
    "代办代购",
    "文体活动",
)
"""Kinds of service that forms offer as wishes. Other words are taken too: a city has more kinds than a list knows."""


@dataclass(frozen=True, kw_only=True)
class FreeTime:
    """Every week, on ``weekday`` (1 Monday to 7 Sunday, ISO 8601), from one minute of the day up to another.

    Minutes count from midnight, city time; ``to_minute`` is at most 1440 and not itself free any more.
    """

    weekday: int
    from_minute: int
    to_minute: int


@dataclass(frozen=True, kw_only=True)
class Away:
    """Days of leave, city time, the last one included."""

    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class Leave(Away):
    """Leave as the file has it; the reason stays in members."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class AvailabilityView:
    """``free`` left empty means working time; ``point`` is rough (about 100 m), so that it is no address."""

    free: tuple[FreeTime, ...]
    leave: tuple[Leave, ...]
    capacity: int
    wishes: tuple[str, ...]
    point: Point | None
    in_service: bool
