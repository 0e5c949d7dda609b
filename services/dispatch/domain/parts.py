"""The parts of those who act together on one task, as values of the task."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.dispatch.contracts import HandKind, PartState, Share

AWAITED = (PartState.CALLED, PartState.SILENT)
LIVE = (*AWAITED, PartState.JOINED, PartState.DONE)
"""Whoever has such a part knows of the task."""
SETTLED = (PartState.DONE, PartState.WAIVED)
LONGEST_STRETCH = timedelta(hours=12)
"""Who forgot to sign out is not taken to have worked on through the night."""
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One hand's part in a task: a unit beside the one who leads, or a member in a ``slot``.

    A hand has at most one, and keeps it when it is called again. ``report_by`` is set while it is called and not silent
    yet, ``signed_in_at`` while its time runs; ``minutes`` is the working time counted so far.
    ``grabbed``: the member took the place unasked.
    """

    hand_kind: HandKind
    hand_id: str
    called_at: datetime
    state: PartState = PartState.CALLED
    report_by: datetime | None = None
    joined_at: datetime | None = None
    ended_at: datetime | None = None
    slot: str | None = None
    unit_id: str | None = None
    minutes: int = 0
    signed_in_at: datetime | None = None
    grabbed: bool = False


def part_of(parts: Iterable[Part], hand_id: str) -> Part | None:
    return next((part for part in parts if part.hand_id == hand_id), None)


def with_part(parts: tuple[Part, ...], new: Part) -> tuple[Part, ...]:
    """The parts with ``new`` in the place of the same hand's old one, or at the end."""
    if part_of(parts, new.hand_id) is None:
        return (*parts, new)
    return tuple(new if part.hand_id == new.hand_id else part for part in parts)


def settled(parts: Iterable[Part]) -> bool:
    """Whether every unit that was called has done its part or is waived: one that is silent or left still owes it."""
    return all(part.state in SETTLED for part in parts if part.hand_kind is HandKind.UNIT)


def first_to_report(parts: Iterable[Part]) -> Part | None:
    """Whose time to report runs out first, None while nobody is waited for."""
    waiting = [(part.report_by, part.hand_id, part) for part in parts if part.report_by is not None]
    return min(waiting, key=lambda each: each[:2])[2] if waiting else None


def signed_out(part: Part, at: datetime) -> Part:
    """The part with the stretch that runs ended and counted, in whole minutes."""
    if part.signed_in_at is None:
        return part
    stretch = min(at - part.signed_in_at, LONGEST_STRETCH)
    return replace(part, minutes=part.minutes + stretch // MINUTE, signed_in_at=None)


def members_of(parts: Iterable[Part]) -> tuple[str, ...]:
    """The members who are in slots, or are asked for one."""
    return tuple(
        part.hand_id
        for part in parts
        if part.slot is not None and part.state in {PartState.CALLED, PartState.JOINED}
    )


def dissolved(parts: tuple[Part, ...], at: datetime) -> tuple[Part, ...]:
    """The parts without a team: members in slots have left; units keep theirs. Nobody's time runs on."""
    leaving = members_of(parts)
    return tuple(
        replace(signed_out(part, at), state=PartState.LEFT, report_by=None, ended_at=at)
        if part.hand_id in leaving
        else signed_out(part, at)
        for part in parts
    )


def shares_of(parts: Iterable[Part]) -> tuple[Share, ...]:
    """Who did it together: the members in slots, and the units whose parts are done."""
    return tuple(
        Share(hand_kind=part.hand_kind, hand_id=part.hand_id, minutes=part.minutes)
        for part in parts
        if (part.state is PartState.JOINED and part.slot is not None) or part.state is PartState.DONE
    )
