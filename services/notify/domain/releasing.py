"""Whether a delivery leaves now, waits, or joins the day's digest: quiet hours, budgets, and what the person wishes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TypeAlias

from services.notify.contracts import ChannelKind, Language, Theme
from services.notify.domain.channels import OUTSIDE
from services.notify.domain.citytime import CITY
from services.notify.domain.quiet import DAY, QuietHours, waking

USUAL_DIGEST_HOUR = 18
WEEK = timedelta(days=7)

USUALLY_QUIET = QuietHours(time(21), time(8))

USUALLY_OFF = frozenset({f"{ChannelKind.SMS}:{theme}" for theme in (Theme.DESK, Theme.POINTS, Theme.GROUPS)})
"""What those who chose nothing are not sent by SMS: it costs, and it can wait until they look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a place allows: see ``TellBoundsView``."""

    most_a_day: int | None = 10
    most_a_week: int | None = 40
    quiet: QuietHours | None = USUALLY_QUIET


USUAL = Bounds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a person chose. ``off`` holds channels (``sms``) and channels for a theme (``sms:desk``)."""

    off: frozenset[str] = USUALLY_OFF
    digest_hour: int | None = None
    quiet: QuietHours | None = None
    language: Language = Language.ZH

    def wants(self, channel: ChannelKind, theme: Theme) -> bool:
        return channel not in self.off and f"{channel}:{theme}" not in self.off

    def channels(self, theme: Theme, among: frozenset[ChannelKind]) -> tuple[ChannelKind, ...]:
        """Those of ``among`` that the person leaves on for the theme, in the order in which they are tried."""
        return tuple(kind for kind in OUTSIDE if kind in among and self.wants(kind, theme))


UNSAID = Wishes()


@dataclass(frozen=True, slots=True)
class Sent:
    """How often the person was sent something that was not urgent, in the last 24 hours and seven days."""

    day: int = 0
    week: int = 0


@dataclass(frozen=True, slots=True)
class Go:
    """It leaves now."""


@dataclass(frozen=True, slots=True)
class Wait:
    """It leaves at ``until`` at the earliest."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Gather:
    """It joins the digest that leaves at ``until``."""

    until: datetime


Release: TypeAlias = Go | Wait | Gather


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that decides when something leaves."""

    at: datetime
    urgent: bool
    digest: bool
    bounds: Bounds
    wishes: Wishes
    sent: Sent = field(default_factory=Sent)

    @property
    def quiet(self) -> tuple[QuietHours | None, ...]:
        return (self.bounds.quiet, self.wishes.quiet)


def release(now: Situation) -> Release:
    """Urgent ones leave at any time. Others leave outside the quiet hours of the place and of the person, within the budget; a
    digest counts as one and has a budget of its own, its hour.
    """
    if now.urgent:
        return Go()
    if not now.digest and (now.wishes.digest_hour is not None or _spent(now)):
        return Gather(digest_at(now))
    awake = waking(now.at, now.quiet)
    return Go() if awake == now.at else Wait(awake)


def digest_at(now: Situation) -> datetime:
    """The next hour of the person's digest that lies outside the quiet hours."""
    hour = USUAL_DIGEST_HOUR if now.wishes.digest_hour is None else now.wishes.digest_hour
    local = now.at.astimezone(CITY)
    today = datetime.combine(local.date(), time(hour), CITY)
    chosen = today if today > local else datetime.combine(local.date() + DAY, time(hour), CITY)
    return waking(chosen.astimezone(now.at.tzinfo), now.quiet)


def _spent(now: Situation) -> bool:
    bounds = now.bounds
    return (bounds.most_a_day is not None and now.sent.day >= bounds.most_a_day) or (
        bounds.most_a_week is not None and now.sent.week >= bounds.most_a_week
    )
