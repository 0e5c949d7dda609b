"""The words of intake: channels, signs of danger, and its error slugs."""

from __future__ import annotations

from enum import StrEnum


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
    NO_SUCH_WISH = "no-such-wish"
    ALREADY_CLAIMED = "already-claimed"
    CLAIM_LIMIT = "claim-limit"
    WISH_MOVED_ON = "wish-moved-on"
    NOT_ALLOWED = "not-allowed"
    ORDER_ENDED = "order-ended"
    TOO_LATE = "too-late"
    KEY_REUSED = "idempotency-key-reused"
    INVALID = "invalid"
