"""What becomes of a message that failed: tried again after growing delays, or parked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import psycopg2
import pytest
from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError, ProgrammingError

from services.kit import inbox
from services.kit.db import is_collision, is_outage
from services.kit.outcomes import Outcome, Park, Refused, Retry

NOW = datetime(2024, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize("failure", [Park("no use"), Refused("no", "nein")])
def test_what_no_try_will_help_is_parked_at_once(failure: Outcome) -> None:
    assert inbox._verdict(failure, attempts=1, now=NOW) == ("parked", None)


@pytest.mark.parametrize("failure", [Retry("early"), Retry("early", timedelta(seconds=1)), KeyError("x")])
def test_the_twelfth_failure_parks(failure: Exception) -> None:
    assert inbox._verdict(failure, attempts=11, now=NOW)[0] == "retry"
    assert inbox._verdict(failure, attempts=12, now=NOW) == ("parked", None)


def test_a_handler_may_choose_the_delay() -> None:
    assert inbox._verdict(Retry("early", timedelta(hours=2)), attempts=3, now=NOW) == (
        "retry",
        NOW + timedelta(hours=2),
    )


@pytest.mark.parametrize("failure", [Retry("early"), ZeroDivisionError()])
def test_delays_double_up_to_five_minutes_and_scatter(failure: Exception) -> None:
    for attempts in range(1, 12):
        middle = min(0.25 * 2 ** (attempts - 1), 300)
        chosen = {inbox._verdict(failure, attempts=attempts, now=NOW)[1] for _ in range(50)}
        delays = [(moment - NOW).total_seconds() for moment in chosen if moment]
        assert middle * 0.8 <= min(delays) < max(delays) <= middle * 1.2


def test_the_reason_names_the_failure_and_fits_its_column() -> None:
    assert inbox._reason(Park("not edible")) == "Park: not edible"
    assert inbox._reason(KeyError()) == "KeyError"
    assert len(inbox._reason(ValueError("x" * 5000))) == 2000
    assert "\0" not in inbox._reason(ValueError("a\0b"))


def failure_of(kind: type[DBAPIError], pgcode: str | None) -> DBAPIError:
    class Failure(psycopg2.Error):
        pass

    Failure.pgcode = pgcode
    return kind("SELECT 1", {}, Failure())


@pytest.mark.parametrize(
    ("kind", "pgcode", "outage", "collision"),
    [
        (OperationalError, None, True, False),  # the connection broke
        (InterfaceError, None, True, False),  # it was closed already
        (OperationalError, "57P01", True, False),  # ended by an administrator
        (OperationalError, "08006", True, False),  # connection failure
        (OperationalError, "53300", True, False),  # too many connections
        (OperationalError, "57014", False, False),  # our own statement timeout
        (OperationalError, "40P01", False, True),  # deadlock
        (OperationalError, "55P03", False, True),  # lock timeout
        (ProgrammingError, "42P01", False, False),  # no such table
        (ProgrammingError, None, False, False),  # a value that the driver cannot put into SQL
        (DataError, None, False, False),  # likewise
    ],
)
def test_outages_and_collisions_are_told_from_defects(
    kind: type[DBAPIError], pgcode: str | None, outage: bool, collision: bool
) -> None:
    failure = failure_of(kind, pgcode)

    assert (is_outage(failure), is_collision(failure)) == (outage, collision)


def test_a_connection_known_to_be_broken_is_an_outage() -> None:
    failure = failure_of(ProgrammingError, None)
    failure.connection_invalidated = True

    assert is_outage(failure)
    assert not is_outage(ValueError("no database at all"))
