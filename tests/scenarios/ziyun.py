"""Scenario Z, at the practice's real scale: what the story tells, and the figures that it must end with."""

from __future__ import annotations

from datetime import date

from deploy.embedded.ziyun import Outcome as Outcome
from deploy.embedded.ziyun import play as play

BEGINS = date(2026, 7, 6)
"""A Monday; the quarter's days are the same whenever it is told."""
PASSWORD = "invented-password-2"
COUNTS = {"units": 40, "members": 180, "orders": 55, "closed": 50, "in_progress": 5}
LEAST_FOLLOW_UPS = 30


def check(outcome: Outcome) -> None:
    """Row Z7: exactly the figures of the practice."""
    counted = {name: outcome.figures[name]["numerator"] for name in COUNTS}
    assert counted == COUNTS
    rate = outcome.figures["closed_rate"]
    assert (rate["numerator"], rate["denominator"]) == (50, 55)
    assert outcome.figures["follow_ups"]["numerator"] >= LEAST_FOLLOW_UPS
    assert len(outcome.orders) == COUNTS["orders"]
