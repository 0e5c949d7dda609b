"""Times as people in the city read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

CITY = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class CityTime:
    """A moment inside a template: ``{until:day}`` gives 3月5日, ``{until:minute}`` 3月5日 14:30."""

    moment: datetime

    def __format__(self, spec: str) -> str:
        local = self.moment.astimezone(CITY)
        day = f"{local.month}月{local.day}日"
        match spec:
            case "day":
                return day
            case "minute":
                return f"{day} {local:%H:%M}"
            case _:
                raise ValueError(f"a time is shown by day or by minute, not by {spec!r}")
