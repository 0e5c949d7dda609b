"""The words of notify: channels, themes, states, and its error slugs."""

from __future__ import annotations

from enum import StrEnum


class Slug(StrEnum):
    """Errors that notify answers with."""

    NO_SUCH_MESSAGE = "no-such-message"
    NO_SUCH_DELIVERY = "no-such-delivery"
    NO_SUCH_TEMPLATE = "no-such-template"
    NO_SUCH_RULE = "no-such-rule"
    NOT_ALLOWED = "not-allowed"
    NOT_OURS = "not-ours"


class ChannelKind(StrEnum):
    """Ways to people, the one that disturbs least and costs least first."""

    IN_APP = "in_app"
    WECOM = "wecom"
    WECHAT = "wechat"
    EMAIL = "email"
    SMS = "sms"


class Theme(StrEnum):
    """What a message is about, as far as people choose by it."""

    ORDERS = "orders"
    """The steps of orders that one has placed."""
    ASKED = "asked"
    """Being asked to do something: offers, open tasks, slots, calls."""
    WORK = "work"
    """Tasks and cases that one is doing."""
    DESK = "desk"
    """What waits for liaisons, supervisors and grid heads."""
    POINTS = "points"
    GROUPS = "groups"
    """Teams, ballots, responsibilities, firms."""


class DeliveryState(StrEnum):
    """``sent``: a provider took it over; ``delivered``: it told us that it arrived. Terminal: all but ``waiting``, ``sending`` and
    ``sent``.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    REFUSED = "refused"
    """For good: no such number, blocked, unsubscribed at the provider."""
    FAILED = "failed"
    """Tried as often as is tried, or too late to be of use."""
    SKIPPED = "skipped"
    """Its recipient has no address on any channel that they leave on."""


class Language(StrEnum):
    ZH = "zh"
    EN = "en"
