"""A task as its reader sees it."""

from __future__ import annotations

from datetime import datetime

from services.dispatch.contracts import PartView, SlotView, TaskView
from services.dispatch.domain.part_steps import allowed_on, allowed_on_task
from services.dispatch.domain.parts import Part
from services.dispatch.domain.slots import Slot, places_taken
from services.dispatch.domain.standing import By, stands
from services.dispatch.domain.task import Hand, Task, overdue
from services.kit.actor import Actor


def view_of(task: Task, actor: Actor, hand: Hand | None, now: datetime) -> TaskView:
    by = stands(task, actor, hand)
    return TaskView(
        task_id=task.task_id,
        order_ids=task.order_ids,
        community_code=task.community_code,
        grid_code=task.grid_code,
        state=task.state,
        category=task.category,
        urgency=task.urgency,
        respond_by=task.respond_by,
        promised_at=task.promised_at,
        overdue=overdue(task, now),
        open=task.open,
        scope=task.scope if task.open else None,
        skill=task.skill if task.open else None,
        hand_kind=task.hand_kind,
        hand_id=task.hand_id,
        member_id=task.member_id,
        unit_id=task.unit_id,
        hold_until=task.hold_until,
        also_asked=task.also_asked,
        started_at=task.started_at,
        start_by=task.start_by,
        paused_since=task.paused_since,
        pause_kind=task.pause_kind,
        resume_by=task.resume_by,
        objections_until=task.objections_until,
        notice_until=task.notice_until,
        urged=task.urged,
        reminded=task.reminded,
        reminded_at=task.reminded_at,
        escalated_to=task.escalated_to,
        returns=task.returns,
        last_resort=task.last_resort,
        named_unit_id=task.named_unit_id,
        duty_member_id=task.duty_member_id,
        duty_unit_id=task.duty_unit_id,
        reopened=task.reopened,
        changed_at=task.changed_at,
        point=task.point,
        allowed=allowed_on_task(task, by),
        named_team_id=task.named_team_id,
        grabbed=task.grabbed,
        free_until=task.free_until,
        sequence=task.sequence,
        parts=tuple(_part_view(task, part, by) for part in task.parts),
        slots=tuple(slot_view(task, slot) for slot in task.slots),
    )


def _part_view(task: Task, part: Part, by: By) -> PartView:
    return PartView(
        hand_kind=part.hand_kind,
        hand_id=part.hand_id,
        state=part.state,
        called_at=part.called_at,
        report_by=part.report_by,
        joined_at=part.joined_at,
        ended_at=part.ended_at,
        slot=part.slot,
        minutes=part.minutes,
        signed_in_at=part.signed_in_at,
        allowed=allowed_on(task, by, part),
    )


def slot_view(task: Task, slot: Slot) -> SlotView:
    return SlotView(
        role=slot.role,
        count=slot.count,
        skill=slot.skill,
        required=slot.required,
        taken=places_taken(task.parts, slot.role),
    )
