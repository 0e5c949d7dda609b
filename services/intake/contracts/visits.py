"""The visit log (走访日志): who called on whom, what was found, what was filed from it, and when to come again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.intake.contracts.orders import Contact, OrderPlaced
from services.kit.asking import Ask, Page


class VisitKind(StrEnum):
    """Why a household or a place was visited."""

    ROUTINE = "routine"
    CARE = "care"
    SAFETY = "safety"
    FOLLOW_UP = "follow_up"
    POLICY = "policy"


@dataclass(frozen=True, kw_only=True)
class VisitedOrder:
    """What was asked for at the door: an order on behalf, through the channel ``grid_visit``, at the place of the visit."""

    words: str
    category: str | None = None
    contact: Contact | None = None
    address: str | None = None
    photos: tuple[str, ...] = ()
    emergency: bool = False
    private: bool = False


@dataclass(frozen=True, kw_only=True)
class VisitView:
    """``place`` is a community, a grid, a building group or a household centre. ``named``: a household was noted; which one, only
    the recorder reads here (``household``), others ask RevealHousehold.

    ``about`` is the order that was followed up, ``order_ids`` are those filed from the visit. ``met_by`` is the visit that came
    when this one's ``next_due`` had been set. ``changes`` counts corrections.
    """

    visit_id: str
    place: str
    kind: VisitKind
    found: str
    named: bool
    household: str | None
    visited_at: datetime
    recorded_at: datetime
    recorded_by: str
    role: str
    next_due: date | None
    met_by: str | None
    about: str | None
    order_ids: tuple[str, ...]
    changes: int


@dataclass(frozen=True, kw_only=True)
class VisitRecorded:
    """``placed`` is the receipt of the order filed on the spot."""

    visit: VisitView
    placed: OrderPlaced | None = None


@dataclass(frozen=True, kw_only=True)
class RecordVisit(Ask[VisitRecorded], service="intake", creates=True):
    """Record a visit, and file what was asked for. For grid workers, grid heads and liaisons of the place.

    ``household`` (a door or a name by which the visitor knows it) is kept sealed. With ``again`` the visit goes to the same
    place and household as that earlier one, so that neither has to be said. A visit to a household meets what was due there.
    Without ``visited_at`` it was now. ``about`` goes with the kind ``follow_up`` and no other.

    Refused: no-such-community (422, field place), not-allowed (403), no-such-visit (404, field again), no-such-order (404,
    field about), invalid (422).
    """

    place: str
    kind: VisitKind
    found: str
    household: str | None = None
    visited_at: datetime | None = None
    next_due: date | None = None
    about: str | None = None
    again: str | None = None
    order: VisitedOrder | None = None


@dataclass(frozen=True, kw_only=True)
class FileFromVisit(Ask[VisitRecorded], service="intake", creates=True):
    """File another order from a visit that has been recorded. Refused: no-such-visit (404), not-allowed (403), invalid (422)."""

    visit_id: str
    order: VisitedOrder


@dataclass(frozen=True, kw_only=True)
class CorrectVisit(Ask[VisitView], service="intake"):
    """The recorder corrects a visit, within a day of recording it; what stood there before is kept.

    What is None stays; ``never_due`` takes ``next_due`` back. Refused: no-such-visit (404), not-allowed (403),
    too-late (409), invalid (422).
    """

    visit_id: str
    kind: VisitKind | None = None
    found: str | None = None
    household: str | None = None
    visited_at: datetime | None = None
    next_due: date | None = None
    never_due: bool = False


@dataclass(frozen=True, kw_only=True)
class VisitChange:
    """What a visit said until ``changed_at``; which household it named stays sealed."""

    changed_at: datetime
    kind: VisitKind
    found: str
    visited_at: datetime
    next_due: date | None
    household_changed: bool


@dataclass(frozen=True, kw_only=True)
class VisitDetail:
    """``changes`` are the corrections, the oldest first. ``may_correct`` and ``may_file``: whether the asker may, now."""

    visit: VisitView
    changes: tuple[VisitChange, ...]
    may_correct: bool
    may_file: bool


@dataclass(frozen=True, kw_only=True)
class GetVisit(Ask[VisitDetail], service="intake"):
    """One visit, for who recorded it and the offices of its place. Refused: no-such-visit (404)."""

    visit_id: str


@dataclass(frozen=True, kw_only=True)
class ListVisits(Ask[Page[VisitView]], service="intake"):
    """Visits that the asker may see, the latest first. Days are the city's (Asia/Shanghai), both included.

    ``due_by`` asks instead for those whose next visit is due by that day and has not been made, the longest due first.
    ``order_id``: filed from them, or followed up by them.
    """

    node: str = ""
    mine: bool = False
    recorded_by: str | None = None
    kind: VisitKind | None = None
    since: date | None = None
    until: date | None = None
    due_by: date | None = None
    order_id: str | None = None
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class HouseholdRevealed:
    household: str | None


@dataclass(frozen=True, kw_only=True)
class RevealHousehold(Ask[HouseholdRevealed], service="intake"):
    """Which household it was, for the grid and the liaison of the place; each look is recorded with its purpose.

    Refused: no-such-visit (404), not-allowed (403), invalid (422, field purpose).
    """

    visit_id: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class PlaceVisits:
    """The visits of one grid (or of a community, where no grid was named) in the period.

    ``households`` counts those noted, each once; ``orders`` those filed from the visits; ``due`` how many next visits are due by
    the end of the period and not made.
    """

    place: str
    visits: int
    households: int
    orders: int
    due: int


@dataclass(frozen=True, kw_only=True)
class VisitFiguresView:
    """``kinds`` counts the visits by kind. ``grids`` are those with a visit or a visit due, by their codes, 2000 at most."""

    node: str
    since: date
    until: date
    visits: int
    households: int
    orders: int
    due: int
    kinds: dict[str, int]
    grids: tuple[PlaceVisits, ...]


@dataclass(frozen=True, kw_only=True)
class VisitFigures(Ask[VisitFiguresView], service="intake"):
    """Visits below a node in a period, for its offices and those above. Without ``until`` to today, without ``since`` 30 days.

    Refused: not-allowed (403), invalid (422).
    """

    node: str
    since: date | None = None
    until: date | None = None
