"""On what terms the matcher asks people, place by place (row N14: waves, quiet hours, budgets)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.kit.asking import Ask


@dataclass(frozen=True, kw_only=True)
class OfferTermsView:
    """The terms that hold at ``node``; ``set_at_node`` is where they were set, None where the usual ones hold.

    A member checked in below it gets at most ``most_a_day`` offers within 24 hours and ``most_a_week`` within seven days. For
    a task below it nobody is asked more than ``most_a_task`` times, nor between ``quiet_from`` and ``quiet_until`` (minutes of
    the city's day; the night goes past midnight, equal ones mean no quiet hours); ``wave`` people are asked at once
    (``urgent_wave`` where it is urgent or an emergency) and have ``hold_minutes`` to think (``emergency_hold_minutes``).
    Emergencies know neither quiet hours nor budgets.
    """

    node: str
    set_at_node: str | None
    most_a_day: int
    most_a_week: int
    most_a_task: int
    quiet_from: int
    quiet_until: int
    hold_minutes: int
    emergency_hold_minutes: int
    wave: int
    urgent_wave: int
    set_by: str | None
    set_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class GetOfferTerms(Ask[OfferTermsView], service="dispatch"):
    """The terms in force at a node: its own, or those of the nearest node above. For every account."""

    node: str


@dataclass(frozen=True, kw_only=True)
class SetOfferTerms(Ask[OfferTermsView], service="dispatch"):
    """Set the terms of a node and all below it; supervisors and operators of the place. What is left out is as usual. A task
    that the matcher has already is asked for as it was handed over.

    Refused: not-allowed (403), invalid (422).
    """

    node: str
    most_a_day: int = 2
    most_a_week: int = 6
    most_a_task: int = 1
    quiet_from: int = 21 * 60
    quiet_until: int = 8 * 60
    hold_minutes: int = 120
    emergency_hold_minutes: int = 10
    wave: int = 1
    urgent_wave: int = 3


@dataclass(frozen=True, kw_only=True)
class UnsetOfferTerms(Ask[OfferTermsView], service="dispatch"):
    """Take back what was set at a node, so that the node above counts; gives what holds then.

    Refused: no-such-rule (404), not-allowed (403).
    """

    node: str
