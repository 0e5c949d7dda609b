"""Orders: placing, following, amending, and looking at them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.intake.contracts.words import Channel
from services.kit.asking import Ask, Page
from services.kit.geo import Point


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
    """Add words or photos to an open order, as its resident, who filed it, or who acts on it. Other software (``client_id``) adds to what it filed.

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
