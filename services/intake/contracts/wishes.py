"""Small wishes (微心愿): the words and the events. A wish is collected, checked, shown on the wall, claimed, reported and fulfilled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.kit.envelope import Event


class WishState(StrEnum):
    """``collected`` waits to be checked; from ``shown`` to ``fulfilled`` a wish is on the wall."""

    COLLECTED = "collected"
    SHOWN = "shown"
    CLAIMED = "claimed"
    REPORTED = "reported"
    FULFILLED = "fulfilled"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


WALL = (WishState.SHOWN, WishState.CLAIMED, WishState.REPORTED, WishState.FULFILLED)
"""The states in which everybody may read a wish."""


class WishKind(StrEnum):
    """What is wished for: something, somebody's help, or somebody's company."""

    THING = "thing"
    HELP = "help"
    COMPANY = "company"


class Whom(StrEnum):
    """For whom it is; on the wall this stands in place of a name."""

    OLD = "old"
    CHILD = "child"
    DISABLED = "disabled"
    HARD_PRESSED = "hard_pressed"
    SICK = "sick"
    OTHER = "other"


class ClaimantKind(StrEnum):
    RESIDENT = "resident"
    VOLUNTEER = "volunteer"
    MEMBER = "member"
    UNIT = "unit"


class ClaimEnding(StrEnum):
    """How a claim ended without the wish being fulfilled."""

    GIVEN_BACK = "given_back"
    EXPIRED = "expired"


class WishFigure(StrEnum):
    """``collected`` counts all; the others those that are on the wall, in somebody's hands or further, fulfilled."""

    COLLECTED = "collected"
    SHOWN = "shown"
    CLAIMED = "claimed"
    FULFILLED = "fulfilled"


@dataclass(frozen=True, kw_only=True)
class WishCollected(Event, type="intake.wish_collected"):
    """Sent when somebody makes a wish, or a worker of the place collects one (``wish:<id>``).

    ``by`` is the account that did so, ``wished_by`` the same where it is one's own. ``month`` is the city's, as 2026-03.
    """

    wish_id: str
    community_code: str
    kind: WishKind
    whom: Whom
    month: str
    wished_by: str | None
    by: str
    collected_at: datetime


@dataclass(frozen=True, kw_only=True)
class WishShown(Event, type="intake.wish_shown"):
    """Sent when the liaison has checked a wish and put it on the wall (``wish:<id>``).

    ``wisher_id`` is in every event the account that is told of the wish: whose it is, or who collected it.
    """

    wish_id: str
    community_code: str
    wisher_id: str
    by: str
    shown_at: datetime


@dataclass(frozen=True, kw_only=True)
class WishRefused(Event, type="intake.wish_refused"):
    """Sent when a wish is not put on the wall, or taken off it again (``wish:<id>``). The reason is read with the wish."""

    wish_id: str
    community_code: str
    wisher_id: str
    by: str
    refused_at: datetime


@dataclass(frozen=True, kw_only=True)
class WishWithdrawn(Event, type="intake.wish_withdrawn"):
    """Sent when a wish is taken back by whose it is, or by who collected it, before anybody has claimed it (``wish:<id>``)."""

    wish_id: str
    community_code: str
    by: str
    withdrawn_at: datetime


@dataclass(frozen=True, kw_only=True)
class WishClaimed(Event, type="intake.wish_claimed"):
    """Sent when somebody takes a wish on (``wish:<id>``), in person or, with ``unit_id``, for the unit that they lead."""

    wish_id: str
    community_code: str
    wisher_id: str
    claim_id: str
    claimant_kind: ClaimantKind
    unit_id: str | None
    by: str
    claimed_at: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class ClaimEnded(Event, type="intake.claim_ended"):
    """Sent when a claim is given back or runs out, and the wish hangs on the wall again (``wish:<id>``).

    ``by`` is None where the clock ended it; ``claimant_id`` is the account that had claimed.
    """

    wish_id: str
    community_code: str
    wisher_id: str
    claim_id: str
    claimant_id: str
    ending: ClaimEnding
    by: str | None
    ended_at: datetime


@dataclass(frozen=True, kw_only=True)
class WishReported(Event, type="intake.wish_reported"):
    """Sent when the claimant says that the wish has been fulfilled, and it waits to be confirmed (``wish:<id>``)."""

    wish_id: str
    community_code: str
    wisher_id: str
    by: str
    reported_at: datetime


@dataclass(frozen=True, kw_only=True)
class WishSentBack(Event, type="intake.wish_sent_back"):
    """Sent when a report is not confirmed and the claimant goes on, until ``until`` (``wish:<id>``)."""

    wish_id: str
    community_code: str
    claimant_id: str
    by: str
    until: datetime
    sent_back_at: datetime


@dataclass(frozen=True, kw_only=True)
class WishFulfilled(Event, type="intake.wish_fulfilled"):
    """Sent when a wish is confirmed as fulfilled by whose it is, who collected it, or the community (``wish:<id>``)."""

    wish_id: str
    community_code: str
    wisher_id: str
    claimant_id: str
    claimant_kind: ClaimantKind
    unit_id: str | None
    by: str
    fulfilled_at: datetime


@dataclass(frozen=True, kw_only=True)
class WishContactSeen(Event, type="intake.wish_contact_seen"):
    """Sent when the claimant looks at how to reach whose wish it is (``wish_look:<id>``); the purpose is kept with the look."""

    wish_id: str
    community_code: str
    wisher_id: str
    by: str
    seen_at: datetime
