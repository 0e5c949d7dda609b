"""What no queue wants is offered again soon while everything is starting, and seldom later."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.kit.relay import unwanted_wait


@pytest.mark.parametrize(
    ("carrying", "waits"), [(0.0, 0.5), (0.4, 0.5), (2.0, 2.0), (14.9, 14.9), (86_400.0, 15.0)]
)
def test_the_wait_is_as_long_as_the_relay_has_been_carrying_within_bounds(
    carrying: float, waits: float
) -> None:
    assert unwanted_wait(carrying) == timedelta(seconds=waits)
