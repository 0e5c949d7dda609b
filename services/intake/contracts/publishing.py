"""What other software can ask intake for: orders as everybody may see them, and where a point lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.intake.contracts.orders import OrderView
from services.kit.asking import Ask
from services.kit.geo import Point


@dataclass(frozen=True, kw_only=True)
class PublicOrders(Ask[tuple[OrderView, ...]], service="intake"):
    """Orders below ``node`` as everybody may see them (see GetOrder), newest first, up to 1,000 after ``skip`` others.

    ``ids`` overrides all that follows. ``ended``: closed, refused or merged, or none of these. Refused: invalid (422).
    """

    node: str
    ids: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    ended: bool | None = None
    skip: int = 0
    limit: int = 1000


@dataclass(frozen=True, kw_only=True)
class PublicStep:
    """A step of an order as everybody may know of it; ``state`` is the order's after it."""

    step_id: str
    order_id: str
    step: str
    state: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PublicSteps(Ask[tuple[PublicStep, ...]], service="intake"):
    """What happened to orders below ``node`` in a time, oldest first, up to 1,000; nothing of private orders."""

    node: str
    since: datetime
    until: datetime
    limit: int = 1000


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """``community_code`` is None where nothing is known nearby."""

    community_code: str | None


@dataclass(frozen=True, kw_only=True)
class CommunityNear(Ask[Whereabouts], service="intake"):
    """In which community below ``node`` a point on the map probably lies: that of the nearest order whose place is known."""

    point: Point
    node: str = ""
