"""交办 to several members: slots, who is asked for them, who takes them, who leaves them, and who leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from services.dispatch.contracts import (
    Freed,
    HandKind,
    PartState,
    SlotFreed,
    SlotOffered,
    SlotsSet,
    SlotTaken,
    SlotWanted,
    Slug,
    State,
    TaskAccepted,
)
from services.dispatch.domain.moves import Move, moved, permit, told
from services.dispatch.domain.offering import DECIDED, LONGEST_HOLD_MINUTES, LONGEST_SKILL
from services.dispatch.domain.part_steps import permit_on
from services.dispatch.domain.parts import Part, part_of, signed_out, with_part
from services.dispatch.domain.slots import HOLDING, Slot, filled, lead_of, places_taken, slot_of
from services.dispatch.domain.standing import CLOCK, By
from services.dispatch.domain.task import Change, Hand, Task
from services.dispatch.domain.transitions import Step
from services.dispatch.domain.waves import NO_WAVE
from services.dispatch.domain.wording import PART_WORDS, invalid, said
from services.kit.outcomes import Refused

MOST_SLOTS = 10
MOST_PLACES = 50
LONGEST_ROLE = 20


def set_slots(task: Task, by: By, at: datetime, *, wanted: tuple[SlotWanted, ...]) -> Change:
    """These are the slots from now on. A registered task whose required slots are full with it begins."""
    move = permit(task, Step.STAFF, by, at)
    slots = tuple(
        Slot(role=each.role.strip(), count=each.count, skill=each.skill, required=each.required)
        for each in wanted
    )
    _check_slots(task, slots)
    after = moved(task, move, slots=slots)
    return _then_lead(Change(Step.STAFF, task, after, told(SlotsSet, after, move, slots=_wanted(slots))), at)


def offer(task: Task, by: By, at: datetime, *, role: str, hand: Hand, hold_minutes: int) -> Change:
    """Ask a member by name. The place is kept for them until they answer, or the hold is over."""
    move = permit(task, Step.OFFER, by, at)
    if not 1 <= hold_minutes <= LONGEST_HOLD_MINUTES:
        raise invalid("hold_minutes", "等候时间须在 1 分钟到 30 天之间")
    old = part_of(task.parts, hand.id)
    if old is not None and old.state in HOLDING:
        raise invalid("member_id", f"这位党员{PART_WORDS[old.state]}，请另选一位")
    slot = _free(task, role)
    _check_skill(slot, hand, status=422)
    report_by = at + timedelta(minutes=hold_minutes)
    part = _part(hand, slot, at, old, state=PartState.CALLED, report_by=report_by)
    after = moved(task, move, parts=with_part(task.parts, part))
    event = told(
        SlotOffered,
        after,
        move,
        slot=slot.role,
        hand_kind=hand.kind,
        hand_id=hand.id,
        report_by=report_by,
    )
    return Change(Step.OFFER, task, after, event)


def take(task: Task, by: By, at: datetime, *, role: str, hand: Hand | None) -> Change:
    """A member near by takes a place of an open task."""
    move = permit(task, Step.TAKE, by, at)
    if hand is None:
        raise Refused(Slug.OUT_OF_SCOPE, "报到信息尚未同步，请稍候再试", status=403)
    old = part_of(task.parts, hand.id)
    if old is not None and old.state in HOLDING:
        raise Refused(Slug.ALREADY_TAKEN, f"您{PART_WORDS[old.state]}，不必再报名", status=409)
    slot = _free(task, role)
    _check_skill(slot, hand, status=403)
    part = _part(hand, slot, at, old, state=PartState.JOINED, joined_at=at, grabbed=True)
    return _taken(task, move, part)


def fill(task: Task, move: Move, part: Part) -> Change:
    """The one asked comes; late as well, if the place is still free."""
    if part.state is PartState.SILENT:
        _free(task, part.slot or "")
    joined = replace(part, state=PartState.JOINED, report_by=None, joined_at=move.at, ended_at=None)
    return _taken(task, move, joined)


def vacate(task: Task, move: Move, part: Part, *, reason: str) -> Change:
    """Decline, or leave; who leads hands over to the next, if there is one."""
    freed = Freed.LEFT if part.state is PartState.JOINED else Freed.DECLINED
    return _freed(task, move, part, freed, words=said(reason, "reason"))


def dismiss(task: Task, by: By, at: datetime, *, hand_id: str, reason: str) -> Change:
    """The desk frees a slot, to fill it with somebody else."""
    part, move = permit_on(task, Step.DISMISS, by, at, hand_id)
    return _freed(task, move, part, Freed.DISMISSED, words=said(reason, "reason"))


def lapse(task: Task, move: Move, part: Part) -> Change:
    """Silence past the hold frees the place; not a refusal."""
    return _freed(task, move, part, Freed.EXPIRED, words=None)


def _taken(task: Task, move: Move, part: Part) -> Change:
    after = moved(task, move, parts=with_part(task.parts, part))
    event = told(
        SlotTaken,
        after,
        move,
        slot=part.slot or "",
        hand_kind=part.hand_kind,
        hand_id=part.hand_id,
        grabbed=move.step is Step.TAKE,
    )
    return _then_lead(Change(move.step, task, after, event), move.at)


def _freed(task: Task, move: Move, part: Part, freed: Freed, *, words: str | None) -> Change:
    state = PartState.SILENT if freed is Freed.EXPIRED else PartState.LEFT
    gone = replace(signed_out(part, move.at), state=state, report_by=None, ended_at=move.at)
    after = moved(task, move, parts=with_part(task.parts, gone))
    event = told(
        SlotFreed,
        after,
        move,
        words=words,
        slot=part.slot or "",
        hand_kind=part.hand_kind,
        hand_id=part.hand_id,
        freed=freed,
    )
    if part.hand_id != task.member_id or part.state is not PartState.JOINED:
        return Change(move.step, task, after, event)
    if lead_of(after.slots, after.parts) is None:
        message = "其他人还没有到岗，请先安排接替的人，或者退单"
        raise Refused(Slug.LAST_OF_TEAM, message, status=409)
    return Change(move.step, task, after, event, lead(after, move.at))


def _then_lead(change: Change, at: datetime) -> Change:
    """A registered task begins once all that it requires have come."""
    task = change.after
    if task.state is State.REGISTERED and filled(task.slots, task.parts) and lead_of(task.slots, task.parts):
        return replace(change, then=lead(task, at))
    return change


def lead(task: Task, at: datetime) -> Change:
    """The first of the team leads from now on and answers for the clock. There is somebody."""
    leading = lead_of(task.slots, task.parts)
    if leading is None:
        raise ValueError("nobody has come")
    move = permit(task, Step.LEAD, CLOCK, at)
    by_team = task.hand_kind is HandKind.TEAM
    after = moved(
        task,
        move,
        hand_kind=task.hand_kind if by_team else HandKind.MEMBER,
        hand_id=task.hand_id if by_team else leading.hand_id,
        member_id=leading.hand_id,
        unit_id=leading.unit_id,
        taken_at=task.taken_at or at,
        grabbed=False,
        start_by=None,
        free_until=None,
        open=False,
        scope=None,
        skill=None,
        **NO_WAVE,
        **DECIDED,
    )
    event = told(TaskAccepted, after, move, member_id=leading.hand_id, unit_id=leading.unit_id, grabbed=False)
    return Change(Step.LEAD, task, after, event)


def _free(task: Task, role: str) -> Slot:
    """The slot, if it has a place left."""
    slot = slot_of(task.slots, role)
    if slot is None:
        raise Refused(Slug.NO_SUCH_SLOT, "这个任务没有这个岗位，请从岗位中选择", status=404, field="slot")
    if places_taken(task.parts, slot.role) >= slot.count:
        raise Refused(
            Slug.SLOT_FULL, "这个岗位已满，请看看其他岗位或任务", status=409, field="slot", slot=slot.role
        )
    return slot


def _check_skill(slot: Slot, hand: Hand, *, status: int) -> None:
    if slot.skill is not None and slot.skill not in hand.skills:
        message = f"这个岗位需要「{slot.skill}」专长"
        raise Refused(Slug.OUT_OF_SCOPE, message, status=status, field="slot", skill=slot.skill)


def _part(
    hand: Hand,
    slot: Slot,
    at: datetime,
    old: Part | None,
    *,
    state: PartState,
    report_by: datetime | None = None,
    joined_at: datetime | None = None,
    grabbed: bool = False,
) -> Part:
    """A member's part in a slot; hours worked before stay theirs."""
    return Part(
        hand_kind=hand.kind,
        hand_id=hand.id,
        unit_id=hand.unit_id,
        slot=slot.role,
        called_at=at,
        state=state,
        report_by=report_by,
        joined_at=joined_at,
        grabbed=grabbed,
        minutes=old.minutes if old else 0,
    )


def _wanted(slots: tuple[Slot, ...]) -> tuple[SlotWanted, ...]:
    return tuple(
        SlotWanted(role=slot.role, count=slot.count, skill=slot.skill, required=slot.required)
        for slot in slots
    )


def _check_slots(task: Task, slots: tuple[Slot, ...]) -> None:
    roles = [slot.role for slot in slots]
    if not 1 <= len(slots) <= MOST_SLOTS or not any(slot.required for slot in slots):
        raise invalid("slots", f"请设 1 到 {MOST_SLOTS} 个岗位，其中至少一个必需")
    if len(set(roles)) < len(roles) or not all(1 <= len(role) <= LONGEST_ROLE for role in roles):
        raise invalid("slots", f"岗位名称不能重复，须在 1 到 {LONGEST_ROLE} 字之间")
    if not all(1 <= slot.count <= MOST_PLACES for slot in slots):
        raise invalid("slots", f"每个岗位的人数须在 1 到 {MOST_PLACES} 之间")
    if any(slot.skill is not None and not 0 < len(slot.skill) <= LONGEST_SKILL for slot in slots):
        raise invalid("slots", f"技能名称须在 {LONGEST_SKILL} 字以内")
    places = {slot.role: slot.count for slot in slots}
    used = {part.slot for part in task.parts if part.slot is not None and part.state in HOLDING}
    if any(places_taken(task.parts, role) > places.get(role, 0) for role in used):
        raise invalid("slots", "有的岗位已有人，不能取消或减到少于已有人数，请先换下")
