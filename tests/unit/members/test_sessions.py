from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.members.domain import sessions
from services.members.domain.sessions import Challenge, Failures, Verdict, judge

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def challenge(**changes: object) -> Challenge:
    values: dict[str, object] = {
        "id": "c",
        "phone_index": b"i",
        "phone_sealed": b"s",
        "digest": b"right",
        "issued_at": NOW,
        "expires_at": NOW + sessions.CODE_LIFE,
    }
    return Challenge(**{**values, **changes})  # type: ignore[arg-type]


def test_a_code_is_right_until_its_end_and_once() -> None:
    end = NOW + sessions.CODE_LIFE
    assert judge(challenge(), b"right", end - SECOND) is Verdict.RIGHT
    assert judge(challenge(), b"right", end) is Verdict.EXPIRED
    assert judge(challenge(used=True), b"right", NOW) is Verdict.EXPIRED
    assert judge(None, b"right", NOW) is Verdict.EXPIRED


def test_after_five_wrong_tries_the_right_code_no_longer_helps() -> None:
    assert judge(challenge(tries=4), b"wrong", NOW) is Verdict.WRONG
    assert judge(challenge(tries=4), b"right", NOW) is Verdict.RIGHT
    assert judge(challenge(tries=5), b"right", NOW) is Verdict.EXHAUSTED


def test_one_code_a_minute_and_ten_a_day() -> None:
    assert sessions.code_wait((), NOW) is None
    assert sessions.code_wait((NOW - 20 * SECOND,), NOW) == 40 * SECOND
    assert sessions.code_wait((NOW - 60 * SECOND,), NOW) is None
    ten = tuple(NOW - timedelta(hours=hour) for hour in range(1, 11))
    assert sessions.code_wait(ten[:9], NOW) is None
    assert sessions.code_wait(ten, NOW) == timedelta(hours=14)
    assert sessions.code_wait(ten, NOW + timedelta(hours=14)) is None


@given(st.lists(st.integers(0, 200_000), max_size=60))
def test_whoever_obeys_the_wait_never_gets_an_eleventh_code_within_a_day(asked: list[int]) -> None:
    issued: list[datetime] = []
    for offset in sorted(asked):
        moment = NOW + offset * SECOND
        if sessions.code_wait(tuple(issued), moment) is None:
            issued.append(moment)
    for moment in issued:
        day = [other for other in issued if moment <= other < moment + sessions.CODE_WINDOW]
        assert len(day) <= sessions.CODES_A_WINDOW
    assert all(b - a >= sessions.CODE_GAP for a, b in pairwise(issued))


def test_five_wrong_passwords_are_free_then_the_wait_doubles_up_to_an_hour() -> None:
    known = None
    waits = []
    for _ in range(14):
        known = sessions.failures_after(known, NOW)
        waits.append(sessions.sign_in_wait(known, NOW))
    assert waits[:4] == [None] * 4
    assert waits[4:8] == [timedelta(seconds=seconds) for seconds in (30, 60, 120, 240)]
    assert waits[-1] == sessions.LONGEST_WAIT


def test_wrong_passwords_are_forgotten_after_a_day() -> None:
    yesterday = Failures(9, NOW - sessions.FORGOTTEN_AFTER)
    assert sessions.failures_after(yesterday, NOW) == Failures(1, NOW)
    assert sessions.failures_after(Failures(9, NOW - SECOND), NOW) == Failures(10, NOW)


def test_a_session_slides_once_a_day() -> None:
    end = sessions.session_end(NOW)
    assert not sessions.slides(end, NOW + timedelta(hours=23))
    assert sessions.slides(end, NOW + timedelta(hours=25))
