"""Sessions, one-time codes and the throttle on guessing: how long, how often, how many tries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

SESSION_LIFE = timedelta(days=30)
SESSION_STEP = timedelta(days=1)

CODE_LIFE = timedelta(minutes=5)
CODE_TRIES = 5
CODE_GAP = timedelta(seconds=60)
CODE_WINDOW = timedelta(days=1)
CODES_A_WINDOW = 10

FREE_FAILURES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(days=1)


def session_end(now: datetime) -> datetime:
    return now + SESSION_LIFE


def slides(expires_at: datetime, now: datetime) -> bool:
    """Whether using the session now moves its end; once a day is enough, so that reading seldom writes."""
    return expires_at < now + SESSION_LIFE - SESSION_STEP


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """A one-time code that was sent: ``digest`` is the keyed digest of challenge and code."""

    id: str
    phone_index: bytes
    phone_sealed: bytes
    digest: bytes
    issued_at: datetime
    expires_at: datetime
    tries: int = 0
    used: bool = False


class Verdict(Enum):
    RIGHT = auto()
    WRONG = auto()
    EXPIRED = auto()
    EXHAUSTED = auto()


def judge(challenge: Challenge | None, digest: bytes, now: datetime) -> Verdict:
    """What entering a code with that digest comes to; the fifth wrong one spends the challenge."""
    if challenge is None or challenge.used or now >= challenge.expires_at:
        return Verdict.EXPIRED
    if challenge.tries >= CODE_TRIES:
        return Verdict.EXHAUSTED
    return Verdict.RIGHT if challenge.digest == digest else Verdict.WRONG


def code_wait(issued: tuple[datetime, ...], now: datetime) -> timedelta | None:
    """How long until a phone may be sent another code, given when it got those of the last day; None: at once."""
    recent = sorted(moment for moment in issued if moment > now - CODE_WINDOW)
    waits = []
    if recent:
        waits.append(recent[-1] + CODE_GAP - now)
    if len(recent) >= CODES_A_WINDOW:
        waits.append(recent[-CODES_A_WINDOW] + CODE_WINDOW - now)
    return max((wait for wait in waits if wait > timedelta(0)), default=None)


@dataclass(frozen=True, slots=True)
class Failures:
    """Wrong passwords in a row for one login, and when the last one was."""

    count: int
    last: datetime


def failures_after(known: Failures | None, now: datetime) -> Failures:
    """One more wrong password; those of yesterday are forgotten."""
    if known is None or now - known.last >= FORGOTTEN_AFTER:
        return Failures(1, now)
    return Failures(known.count + 1, now)


def sign_in_wait(known: Failures | None, now: datetime) -> timedelta | None:
    """How long this login has to wait: nothing for five failures, then 30 s, doubling up to an hour."""
    if known is None or known.count < FREE_FAILURES:
        return None
    # Beyond 2^7 the wait is an hour anyway, and a large exponent would overflow.
    doublings = min(known.count - FREE_FAILURES, 7)
    left = known.last + min(FIRST_WAIT * 2**doublings, LONGEST_WAIT) - now
    return left if left > timedelta(0) else None
