"""A team accepts: its leader names who comes, and each of them fills a slot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from services.dispatch.contracts import PartState, Slug, TaskAccepted
from services.dispatch.domain.moves import moved, permit, told
from services.dispatch.domain.parts import Part, part_of, with_part
from services.dispatch.domain.seating import Seating
from services.dispatch.domain.slots import Slot, filled, places_taken
from services.dispatch.domain.standing import By
from services.dispatch.domain.task import Change, Hand, Task
from services.dispatch.domain.transitions import Step
from services.dispatch.domain.wording import invalid
from services.kit.outcomes import Refused

ROLE = "队员"
"""The slot of those who come where the desk has set none."""


def accept_for_team(
    task: Task, by: By, at: datetime, *, team: Hand, coming: tuple[Hand, ...], lead: str | None
) -> Change:
    """Those who come fill the slots, whoever fits where; all required ones must be full with it. ``lead`` None: the first.

    Refused: no-such-hand (422: not of the team), invalid (422, field member_ids or member_id).
    """
    move = permit(task, Step.ACCEPT, by, at)
    leading = _leading(team, coming, lead)
    slots = task.slots or (Slot(role=ROLE, count=len(coming)),)
    parts = task.parts
    for hand, role in _seated(coming, slots, parts):
        joined = Part(
            hand_kind=hand.kind,
            hand_id=hand.id,
            unit_id=hand.unit_id,
            slot=role,
            called_at=at,
            state=PartState.JOINED,
            joined_at=at,
        )
        old = part_of(parts, hand.id)
        parts = with_part(parts, replace(joined, minutes=old.minutes if old else 0))
    if not filled(slots, parts):
        raise invalid("member_ids", "必需的岗位还没有满员，请再指定队员")
    after = moved(
        task,
        move,
        slots=slots,
        parts=parts,
        hold_until=None,
        taken_at=at,
        member_id=leading.id,
        unit_id=leading.unit_id,
    )
    event = told(
        TaskAccepted,
        after,
        move,
        member_id=leading.id,
        unit_id=leading.unit_id,
        grabbed=False,
        team_id=team.id,
        coming=tuple(hand.id for hand in coming),
    )
    return Change(Step.ACCEPT, task, after, event)


def _leading(team: Hand, coming: tuple[Hand, ...], lead: str | None) -> Hand:
    if not coming or len({hand.id for hand in coming}) < len(coming):
        raise invalid("member_ids", "请指定由哪些队员来办，每人一次")
    if any(hand.id not in team.members for hand in coming):
        raise Refused(Slug.NO_SUCH_HAND, "有人不在这个团组，请另选队员", status=422, field="member_ids")
    leading = next((hand for hand in coming if lead in {None, hand.id}), None)
    if leading is None:
        raise invalid("member_id", "带队的人须在来办的队员之中")
    return leading


def _seated(
    coming: Sequence[Hand], slots: tuple[Slot, ...], parts: tuple[Part, ...]
) -> list[tuple[Hand, str]]:
    """Everybody in a slot that they fit; as many required places as possible are filled."""
    free = [slot for slot in slots for _ in range(slot.count - places_taken(parts, slot.role))]
    seating = Seating(coming, free)
    for place, slot in enumerate(free):
        if slot.required:
            seating.fill(place, set())
    standing = [person for person in range(len(coming)) if person not in seating.held.values()]
    if not all(seating.seat(person, set()) for person in standing):
        raise invalid("member_ids", "来的人多于岗位，或没有岗位所需的专长，请调整")
    return [(coming[person], free[place].role) for place, person in sorted(seating.held.items())]
