"""Days are the city's: a day begins at midnight in Asia/Shanghai, moments are kept in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CITY = ZoneInfo("Asia/Shanghai")
BEGINNING = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Period:
    """From the start of ``since`` (None: from the beginning) to the end of ``until``, both days included.

    ``start`` is the first moment in it, ``end`` the first one after it (UTC).
    """

    since: date | None
    until: date

    @property
    def start(self) -> datetime:
        return BEGINNING if self.since is None else _midnight(self.since)

    @property
    def end(self) -> datetime:
        return _midnight(self.until + timedelta(days=1))


def day_of(moment: datetime) -> date:
    return moment.astimezone(CITY).date()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, CITY).astimezone(UTC)
