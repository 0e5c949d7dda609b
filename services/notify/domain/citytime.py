"""Times as people in the city read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from services.notify.contracts import Language

CITY = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class CityTime:
    """A moment inside a template: ``{until:day}`` gives 3月5日 or 5 Mar, ``{until:minute}`` 3月5日 14:30."""

    moment: datetime
    language: Language = Language.ZH

    def __format__(self, spec: str) -> str:
        local = self.moment.astimezone(CITY)
        english = self.language is Language.EN
        day = f"{local.day} {local:%b}" if english else f"{local.month}月{local.day}日"
        match spec:
            case "day":
                return day
            case "minute":
                return f"{day} {local:%H:%M}"
            case _:
                raise ValueError(f"a time is shown by day or by minute, not by {spec!r}")
