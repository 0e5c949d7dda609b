"""Small wishes: what intake can be asked about them, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.intake.contracts.orders import Contact, ContactRevealed
from services.intake.contracts.wishes import ClaimantKind, Whom, WishFigure, WishKind, WishState
from services.kit.asking import Ask, Page

NO_CONTACT = Contact()


@dataclass(frozen=True, kw_only=True)
class WishView:
    """A wish as far as the asker may see it.

    ``words`` are those on the wall, masked as everything that everybody reads; ``said`` what was said, for whose wish it is,
    its community and the claimant, else None. ``cost`` is roughly how many yuan. ``reason`` says why it was refused or sent back.
    ``claimed_by`` and ``unit_id`` are for the community, whose wish it is and the claimant. ``until`` is when the claim runs
    out. ``allowed`` are the steps that the asker may take now: show, refuse, withdraw, claim, give_back, report, send_back, confirm,
    look (at the contact).
    """

    wish_id: str
    community_code: str
    kind: WishKind
    whom: Whom
    words: str
    said: str | None
    cost: int | None
    month: str
    state: WishState
    on_behalf: bool
    mine: bool
    collected_at: datetime
    changed_at: datetime
    collected_by: str | None
    reason: str | None
    claimant_kind: ClaimantKind | None
    claimed_by: str | None
    unit_id: str | None
    claimed_at: datetime | None
    until: datetime | None
    report: str | None
    thanks: str | None
    fulfilled_at: datetime | None
    allowed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MakeWish(Ask[WishView], service="intake", creates=True):
    """Make a wish, or (grid worker, grid head, liaison, supervisor of the place) collect one with ``on_behalf``. Any account.

    A phone or an address must be in it, so that the claimant finds the way; both are kept encrypted. Refused:
    no-such-community (422, field community_code), not-allowed (403), invalid (422).
    """

    community_code: str
    kind: WishKind
    whom: Whom
    words: str
    cost: int | None = None
    contact: Contact = NO_CONTACT
    address: str | None = None
    on_behalf: bool = False


@dataclass(frozen=True, kw_only=True)
class GetWish(Ask[WishView], service="intake"):
    """One wish. Those that are on the wall: anybody; others: whose it is and the community. Refused: no-such-wish (404)."""

    wish_id: str


@dataclass(frozen=True, kw_only=True)
class ListWishes(Ask[Page[WishView]], service="intake"):
    """Wishes at ``node`` and below, the last collected first: those on the wall, and what else the asker may see.

    ``states`` empty: on the wall, or with ``desk``, ``mine`` or ``claimed`` any state. ``desk``: only where the asker works or
    looks after the place; ``mine``: made or collected by the asker; ``claimed``: in the asker's hands, or fulfilled by them.
    ``reached``: those that a figure counts; ``month`` as 2026-03. Refused: invalid (422).
    """

    node: str = ""
    states: tuple[WishState, ...] = ()
    kind: WishKind | None = None
    whom: Whom | None = None
    month: str | None = None
    reached: WishFigure | None = None
    desk: bool = False
    mine: bool = False
    claimed: bool = False
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class ShowWish(Ask[WishView], service="intake"):
    """Put a wish on the wall, with ``words`` for everybody to read in place of what was said, which is kept. The community's
    liaison or a supervisor above. Refused: no-such-wish (404), not-allowed (403), wish-moved-on (409), invalid (422).
    """

    wish_id: str
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class RefuseWish(Ask[WishView], service="intake"):
    """Do not put it on the wall, or take it off while nobody has claimed it. Refused: as ShowWish."""

    wish_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class WithdrawWish(Ask[WishView], service="intake"):
    """Take one's own or a collected wish back while nobody has claimed it; contact and address are erased. Refused: as ShowWish."""

    wish_id: str


@dataclass(frozen=True, kw_only=True)
class ClaimWish(Ask[WishView], service="intake", creates=True):
    """Take a wish on, in person or with ``unit_id`` for a unit that one leads. Any account, except whose wish it is.

    Of several at once one gets it. Refused: no-such-wish (404), not-allowed (403), claim-limit (409), already-claimed (409, with
    ``next``: up to five wishes near by that are still open, each with wish_id, community_code and words).
    """

    wish_id: str
    unit_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class GiveWishBack(Ask[WishView], service="intake"):
    """The claimant lets go, and the wish hangs on the wall again. Refused: as ShowWish."""

    wish_id: str


@dataclass(frozen=True, kw_only=True)
class ReportWish(Ask[WishView], service="intake"):
    """The claimant says what was done. Refused: as ShowWish."""

    wish_id: str
    words: str


@dataclass(frozen=True, kw_only=True)
class SendWishBack(Ask[WishView], service="intake"):
    """Not done, or not yet: the claimant goes on. Whose wish it is, who collected it, or the community; never the claimant.
    Refused: as ShowWish.
    """

    wish_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ConfirmWish(Ask[WishView], service="intake"):
    """Confirm what was reported, with words of thanks for the wall. By those who may send it back. Refused: as ShowWish."""

    wish_id: str
    thanks: str | None = None


@dataclass(frozen=True, kw_only=True)
class RevealWishContact(Ask[ContactRevealed], service="intake"):
    """How to reach whose wish it is: for the claimant while the claim is on, and the community until the wish has ended. Each look is
    recorded with its purpose; of the claimant's whose wish it is (or who collected it) is told.

    Refused: no-such-wish (404), not-allowed (403), invalid (422, field purpose).
    """

    wish_id: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class WishCount:
    """``numerator`` wishes of ``denominator`` collected ones (None for ``collected``, which counts all)."""

    figure: WishFigure
    numerator: int
    denominator: int | None


@dataclass(frozen=True, kw_only=True)
class WishCounts:
    """One month of one community; ``ListWishes`` with the same month, node and ``reached`` gives the wishes behind a figure."""

    month: str
    community_code: str
    figures: tuple[WishCount, ...]


@dataclass(frozen=True, kw_only=True)
class WishFiguresView:
    """``rows`` are those with a wish, the latest month first, 2000 at most; ``total`` is of all of them."""

    node: str
    since: str | None
    until: str | None
    total: tuple[WishCount, ...]
    rows: tuple[WishCounts, ...]


@dataclass(frozen=True, kw_only=True)
class WishFigures(Ask[WishFiguresView], service="intake"):
    """Wishes at ``node`` and below by the month of their collection (2026-03), both ends included. Anybody: they name nobody.

    Refused: invalid (422, fields since, until, node).
    """

    node: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, kw_only=True)
class ClaimsEnded:
    """How many claims ran out."""

    ended: int


@dataclass(frozen=True, kw_only=True)
class EndClaims(Ask[ClaimsEnded], service="intake"):
    """Put wishes back on the wall whose claim has run out by now (the asking time); an operator's or the simulation's request."""
