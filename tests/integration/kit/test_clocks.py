"""What a service does again and again, without being asked."""

from __future__ import annotations

from tests.integration.kit.house import House
from tests.waiting import until


def test_a_clock_with_more_to_do_goes_on_at_once(calm: House) -> None:
    """A hundred chores of a transaction each, by a clock that ticks once a second."""
    calm.rows("INSERT INTO chores SELECT generate_series(1, 100) RETURNING number")
    until(lambda: calm.number("SELECT count(*) FROM chores") == 0, "the chores to be done")
