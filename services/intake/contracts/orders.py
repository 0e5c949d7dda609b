"""Orders: intake's events, what it can be asked about them, and its error slugs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.dispatch.contracts import Urgency
from services.kit.asking import Ask, Page
from services.kit.envelope import Event
from services.kit.geo import Point


class Channel(StrEnum):
    """Where an order came in (FIELD.md, Z2); every order keeps its channel."""

    MASS_MEETING = "mass_meeting"
    OFFICIAL_ACCOUNT = "official_account"
    COMMUNITY_PAGE = "community_page"
    GROUP_CHAT = "group_chat"
    BULLETIN_BOARD = "bulletin_board"
    HOTLINE = "hotline"
    GRID_VISIT = "grid_visit"
    OPEN311 = "open311"


class Sign(StrEnum):
    """Danger that an order's words tell of."""

    FIRE = "fire"
    GAS = "gas"
    TRAPPED = "trapped"
    FALL = "fall"
    UNCONSCIOUS = "unconscious"
    SHOCK = "shock"
    WATER = "water"
    COLLAPSE = "collapse"
    HOLE = "hole"
    VIOLENCE = "violence"
    MISSING = "missing"
    SELF_HARM = "self_harm"


class Slug(StrEnum):
    """Errors that intake answers with."""

    NO_SUCH_ORDER = "no-such-order"
    NO_SUCH_COMMUNITY = "no-such-community"
    NO_SUCH_VISIT = "no-such-visit"
    NO_SUCH_PHOTO = "no-such-photo"
    NOT_ALLOWED = "not-allowed"
    ORDER_ENDED = "order-ended"
    TOO_LATE = "too-late"
    KEY_REUSED = "idempotency-key-reused"
    INVALID = "invalid"


# -- events ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class OrderCollected(Event, type="intake.order_collected"):
    """Sent when an order is accepted from any channel (``order:<id>``). The follow code is not told: it is a key.

    ``point`` is rough (see ``kit.geo``), so that it is no address; None where nobody said it.
    """

    order_id: str
    community_code: str
    grid_code: str | None
    channel: Channel
    category: str | None
    emergency: bool
    private: bool
    placed_by: str | None
    filed_by: str | None
    collected_at: datetime
    point: Point | None = None


@dataclass(frozen=True, kw_only=True)
class OrderAmended(Event, type="intake.order_amended"):
    """Sent when the resident, or who filed for them, adds words or photos to an open order (``order:<id>``)."""

    order_id: str
    by: str | None
    amended_at: datetime


@dataclass(frozen=True, kw_only=True)
class SimilarFound(Event, type="intake.similar_found"):
    """Sent when a new order and at least two open ones of its community are probably about the same thing (``similar:<order_id>``).

    ``order_ids`` are all of them, private ones left out, and ``sure`` how alike the least alike is (0.5 to 1). ``about`` is put
    together from our own tables and a building's number; no words of theirs are in it.
    """

    order_id: str
    order_ids: tuple[str, ...]
    community_code: str
    about: str
    sure: float
    found_at: datetime


# -- asking --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Contact:
    """How to reach the resident; stored encrypted, shown only by RevealContact."""

    name: str | None = None
    phone: str | None = None


@dataclass(frozen=True, kw_only=True)
class OrderPlaced:
    """The receipt: ``code`` is the short follow code (two groups of four, no look-alike letters)."""

    order_id: str
    code: str
    community_code: str
    collected_at: datetime


@dataclass(frozen=True, kw_only=True)
class PlaceOrder(Ask[OrderPlaced], service="intake", creates=True):
    """Place an order, for oneself or (grid worker, liaison, hotline operator) on someone's behalf.

    With ``firm_id`` a firm's paired helper files on behalf of the firm, in the firm's community.
    ``client_id`` is the other software that files it (the channel ``open311`` needs one); a phone is then not asked for.
    ``address`` and ``contact`` are kept encrypted; of ``point`` no more is kept than roughly where. ``photos`` are ids that
    KeepPhoto gave. Refused: no-such-community (422, field community_code), invalid (422), not-allowed (403),
    idempotency-key-reused (422).
    """

    community_code: str
    channel: Channel
    words: str
    address: str | None = None
    contact: Contact = Contact()
    grid_code: str | None = None
    category: str | None = None
    photos: tuple[str, ...] = ()
    emergency: bool = False
    private: bool = False
    on_behalf: bool = False
    point: Point | None = None
    firm_id: str | None = None
    client_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """One entry of an order's history: what happened, by whom (account id and role), when and where.

    ``state`` is the order's state after the step; ``words`` are the actor's (a reason, an answer).
    """

    step: str
    state: str
    at: datetime
    by: str | None
    role: str | None
    place: str
    words: str | None = None
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EightStep:
    """One of the eight steps (搜集、立项、交办、落实、反馈、核查、公示、销号) as the order stands: when it was taken, by whom.

    ``step`` is the state that the step leads to. ``at`` None: not taken yet, or undone since (returned, reopened). Where it
    was taken without ``by``, a resident with the follow code did it, or a clock (``role`` None).
    """

    step: str
    at: datetime | None = None
    by: str | None = None
    role: str | None = None


@dataclass(frozen=True, kw_only=True)
class OrderView:
    """An order as the resident sees it; neither address nor contact are in it. ``point`` is rough, and not for everyone."""

    order_id: str
    code: str
    community_code: str
    grid_code: str | None
    channel: Channel
    category: str | None
    words: str
    photos: tuple[str, ...]
    state: str
    emergency: bool
    private: bool
    placed_by: str | None
    filed_by: str | None
    collected_at: datetime
    promised_at: datetime | None
    task_id: str | None
    merged_into: str | None
    changed_at: datetime
    point: Point | None = None
    firm_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class OrderDetail:
    """``eight`` are the eight steps in their order, taken or not; ``history`` is everything that happened.

    ``visit_id`` is the visit that the order was filed from, told to the offices and to who filed it.
    """

    order: OrderView
    history: tuple[Step, ...]
    eight: tuple[EightStep, ...] = ()
    visit_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class GetOrder(Ask[OrderDetail], service="intake"):
    """One order with its history. Refused: no-such-order (404), also to those who may not know of it.

    ``public`` asks for what everyone may see: not private, words with numbers of 7 digits and more masked, no photos, no
    ids of persons, no words of the history.
    """

    order_id: str
    public: bool = False


@dataclass(frozen=True, kw_only=True)
class FollowOrder(Ask[OrderDetail], service="intake"):
    """The order behind a follow code (case and hyphen do not matter). Refused: no-such-order (404)."""

    code: str


@dataclass(frozen=True, kw_only=True)
class ListOrders(Ask[Page[OrderView]], service="intake"):
    """Orders that the asker may see, newest first: own ones, and all at nodes where the asker has a role.

    ``ids`` limits to these orders (at most 200); ``states`` empty means all. ``public`` asks instead for all orders that
    are not private, in the form that everyone may see (see GetOrder).
    """

    node: str = ""
    states: tuple[str, ...] = ()
    channel: Channel | None = None
    mine: bool = False
    public: bool = False
    search: str | None = None
    ids: tuple[str, ...] = ()
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class AmendOrder(Ask[OrderDetail], service="intake", creates=True):
    """Add words or photos to an open order. Other software (``client_id``) adds to what it filed.

    Refused: no-such-order (404), order-ended (409), not-allowed (403).
    """

    order_id: str
    words: str
    photos: tuple[str, ...] = ()
    client_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class ContactRevealed:
    contact: Contact
    address: str | None


@dataclass(frozen=True, kw_only=True)
class RevealContact(Ask[ContactRevealed], service="intake"):
    """Address and contact, for the one on the task while it is on and the community's liaison; each look is audited.

    Refused: no-such-order (404), not-allowed (403), invalid (422, field purpose).
    """

    order_id: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A category and how probable it is (0 to 1)."""

    category: str
    probability: float


@dataclass(frozen=True, kw_only=True)
class SignFound:
    """``phrase`` are the words that say it."""

    sign: Sign
    phrase: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What an order's words seem to ask for: the three likeliest categories, the likeliest first, and how soon.

    ``sure`` says whether the first is probable enough to be taken unseen. ``urgency_probability`` is None where a sign of danger
    decided. ``lessons`` is how many of the district's own
    registrations had a say, ``model`` the beginning of the digest of the parameters.
    """

    categories: tuple[Suggestion, ...]
    sure: bool
    urgency: Urgency
    urgency_probability: float | None
    signs: tuple[SignFound, ...]
    lessons: int
    model: str


@dataclass(frozen=True, kw_only=True)
class ReadOrder(Ask[Reading], service="intake"):
    """What an order seems to ask for, for those who triage it (liaison, grid, supervisor of the place).

    Refused: no-such-order (404), not-allowed (403).
    """

    order_id: str


@dataclass(frozen=True, kw_only=True)
class OrderReading:
    order_id: str
    reading: Reading


@dataclass(frozen=True, kw_only=True)
class ReadOrders(Ask[tuple[OrderReading, ...]], service="intake"):
    """The same of several orders, at most 50; those that the asker does not triage are left out. Refused: invalid (422, ids)."""

    order_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReadWords(Ask[Reading], service="intake"):
    """The same of words that have not been sent yet; nothing of them is kept. Anybody.

    Without a community the district's own registrations have no say. Refused: no-such-community (422, field community_code), invalid (422, field words).
    """

    words: str
    community_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class LessonsForgotten:
    lessons: int


@dataclass(frozen=True, kw_only=True)
class ForgetLessons(Ask[LessonsForgotten], service="intake"):
    """Take back what the registrations of orders below ``node`` have taught since a moment (a mistake that many repeated).

    For operators of the place. Refused: not-allowed (403).
    """

    node: str
    since: datetime


# -- like orders ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class SimilarOrder:
    """An open order that is probably about the same thing. ``sure`` goes from 0.5 to 1; ``why`` names what agrees: ``place``,
    ``thing``, ``fault``, ``words``.
    """

    order: OrderView
    sure: float
    why: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SimilarOrders(Ask[tuple[SimilarOrder, ...]], service="intake"):
    """Open orders like this one, the surest first, at most 50: for the offices of its place.

    Refused: no-such-order (404), not-allowed (403).
    """

    order_id: str


@dataclass(frozen=True, kw_only=True)
class KnownTrouble:
    """What everybody may know of an open order before sending another like it. ``about`` is put together from our own table of
    objects and faults and the place's name, down to the building; nobody's words are in it.
    """

    order_id: str
    about: str
    state: str
    collected_at: datetime
    promised_at: datetime | None
    sure: float
    why: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SimilarTo(Ask[tuple[KnownTrouble, ...]], service="intake"):
    """What is known already of what somebody is about to order, the surest first, at most 10; private orders are never told.

    Refused: no-such-community (422, field community_code), invalid (422, field words).
    """

    community_code: str
    words: str
    point: Point | None = None
