"""A delivery: one or several messages on their way to one person over one channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.notify.contracts import ChannelKind, DeliveryState
from services.notify.domain.channels import Ending, Handed, Later, Rejected

LEASE = timedelta(minutes=2)
"""So long a claimed delivery is its sender's; then its process counts as dead, and the delivery is tried again."""

GATHERED_FOR = timedelta(seconds=60)
"""So long what is not urgent waits for more of its kind to the same person, to leave as one."""

MOST_TRIES = 6
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=2)
LONGEST_REASON = 200

CODE_KIND = "notify.code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """``left`` are the channels to fall back on. ``unsure`` counts tries whose end is not known. ``until``: of no use after."""

    delivery_id: str
    recipient: str
    channel: ChannelKind
    left: tuple[ChannelKind, ...]
    kind: str
    theme: str
    place: str
    order_id: str | None
    state: DeliveryState
    urgent: bool
    digest: bool
    due_at: datetime
    made_at: datetime
    until: datetime | None = None
    attempts: int = 0
    unsure: int = 0
    revision: int = 0
    provider_id: str | None = None
    reason: str | None = None
    sent_at: datetime | None = None
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a delivery after a try: its state, when it is due again, and why."""

    state: DeliveryState
    due_at: datetime
    reason: str | None = None
    provider_id: str | None = None


def judge(delivery: Delivery, ending: Ending, at: datetime) -> Verdict:
    """After the ``attempts``-th try. Raises nothing: a try that may come later does, until there were enough."""
    match ending:
        case Handed(provider_id):
            return Verdict(DeliveryState.SENT, at, provider_id=provider_id)
        case Rejected(reason):
            return Verdict(DeliveryState.REFUSED, at, reason[:LONGEST_REASON])
        case Later(reason, after, _):
            due = at + max(wait_after(delivery.attempts), after or timedelta())
            late = delivery.until is not None and due >= delivery.until
            enough = delivery.attempts >= MOST_TRIES or late
            state = DeliveryState.FAILED if enough else DeliveryState.WAITING
            return Verdict(state, due, reason[:LONGEST_REASON])


def wait_after(attempts: int) -> timedelta:
    """30 s after the first try, then twice as long each time, at most two hours."""
    return min(FIRST_WAIT * (1 << max(0, attempts - 1)), LONGEST_WAIT)
