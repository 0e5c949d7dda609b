"""What waits to be grabbed (我要抢单), as everybody may see it, and what the people of a unit have in hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.dispatch.contracts.asks import SlotView
from services.dispatch.contracts.words import Urgency
from services.kit.asking import Ask, Page


@dataclass(frozen=True, kw_only=True)
class OpenTaskView:
    """A task that waits for somebody to take it. ``metres`` is how far it lies from the asker, rough, None where unknown.

    ``allowed`` are the steps that the asker may take: ``grab``, or ``take`` one of its ``slots``; neither where they lack
    the ``skill``.
    """

    task_id: str
    order_ids: tuple[str, ...]
    community_code: str
    category: str | None
    urgency: Urgency
    skill: str | None
    promised_at: datetime | None
    metres: int | None
    slots: tuple[SlotView, ...]
    allowed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ListOpen(Ask[Page[OpenTaskView]], service="dispatch"):
    """Tasks that wait at and below ``node``, for everybody: nearest first for a member, promised soonest first for others.

    ``reach``: those that are open to the place of the asker, a member. At most 50 at a time. Refused: invalid (400, field node or
    cursor).
    """

    node: str = ""
    reach: bool = False
    cursor: str | None = None
    limit: int = 20


@dataclass(frozen=True, kw_only=True)
class MemberLoad:
    """What one member has in hand: ``asked`` and not said yes yet, ``acting``, of these ``overdue`` and ``paused``, and
    ``answered`` but not checked yet.
    """

    member_id: str
    asked: int
    acting: int
    overdue: int
    paused: int
    answered: int


@dataclass(frozen=True, kw_only=True)
class UnitLoad(Ask[tuple[MemberLoad, ...]], service="dispatch"):
    """The load of every member of a unit, for its leader and for supervisors of its place. Private tasks are counted too.

    Refused: no-such-hand (404), not-allowed (403).
    """

    unit_id: str
