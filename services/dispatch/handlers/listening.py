"""What dispatch learns from others: new orders, who can be asked, and residents' words heard in follow-ups."""

from __future__ import annotations

from services.dispatch.contracts import HandKind, State, Urgency
from services.dispatch.domain import checking
from services.dispatch.domain.availability import Availability
from services.dispatch.domain.ladder import awaiting_response
from services.dispatch.domain.standing import follow_up_by
from services.dispatch.domain.task import Hand, Task
from services.dispatch.handlers.promised_times import promises_at
from services.dispatch.handlers.steps import settle
from services.dispatch.store import availability, days, hands, tasks, teams
from services.evaluation.contracts import FollowUpRecorded
from services.intake.contracts import OrderCollected
from services.kit.envelope import Envelope
from services.kit.outcomes import Retry
from services.kit.work import Work
from services.members.contracts import (
    AvailabilityChanged,
    MemberCheckedIn,
    MemberCheckedOut,
    TeamFormed,
    UnitRegistered,
)


def order_collected(work: Work, told: Envelope[OrderCollected]) -> None:
    """Make a task of the order; a second telling finds it made."""
    body = told.body
    if tasks.own_task_of_order(work.db, body.order_id) is not None:
        return
    task = Task(
        task_id=work.new_id(),
        order_ids=(body.order_id,),
        residents=(body.placed_by or "",),
        community_code=body.community_code,
        grid_code=body.grid_code,
        channel=body.channel,
        changed_at=body.collected_at,
        private=body.private,
        urgency=Urgency.EMERGENCY if body.emergency else Urgency.ORDINARY,
        longitude=body.point.longitude if body.point else None,
        latitude=body.point.latitude if body.point else None,
    )
    promises = promises_at(work, body.community_code)
    tasks.add(work.db, awaiting_response(task, body.collected_at, days.calendar(work.db), promises))


def member_checked_in(work: Work, told: Envelope[MemberCheckedIn]) -> None:
    body = told.body
    member = Hand(
        kind=HandKind.MEMBER,
        id=body.member_id,
        unit_id=body.unit_id,
        place=body.community_code,
        skills=body.skills,
    )
    hands.keep(work.db, member, told.sequence)


def member_checked_out(work: Work, told: Envelope[MemberCheckedOut]) -> None:
    """Asked no more; what the member has at hand is finished or returned as by anybody, or taken back by the community."""
    body = told.body
    member = Hand(kind=HandKind.MEMBER, id=body.member_id, unit_id=body.unit_id, place=body.community_code)
    hands.keep(work.db, member, told.sequence, gone=True)


def unit_registered(work: Work, told: Envelope[UnitRegistered]) -> None:
    body = told.body
    unit = Hand(kind=HandKind.UNIT, id=body.unit_id, unit_id=body.unit_id, place=body.district_code)
    hands.keep(work.db, unit, told.sequence)


def team_formed(work: Work, told: Envelope[TeamFormed]) -> None:
    body = told.body
    team = Hand(kind=HandKind.TEAM, id=body.team_id, unit_id=None, place=body.node, members=body.member_ids)
    teams.keep(work.db, team, body.leader_id, told.sequence)


def availability_changed(work: Work, told: Envelope[AvailabilityChanged]) -> None:
    body = told.body
    stated = Availability(
        id=body.hand_id,
        free=body.free,
        leave=body.leave,
        capacity=body.capacity,
        wishes=body.wishes,
        point=body.point,
        in_service=body.in_service,
    )
    availability.keep(work.db, stated, told.sequence)


def follow_up_recorded(work: Work, told: Envelope[FollowUpRecorded]) -> None:
    """A verified task is confirmed or reopened by what the resident said; at other times the words change nothing."""
    body = told.body
    while True:
        task = tasks.task_of_order(work.db, body.order_id)
        if task is None:
            raise Retry(f"the order {body.order_id} is not known yet")
        if task.state is not State.VERIFIED or body.solved is None:
            return
        by, at = follow_up_by(body.by), max(body.recorded_at, task.changed_at)
        decided = (
            checking.confirm(task, by, at) if body.solved else checking.reopen(task, by, at, reason=None)
        )
        if settle(work, decided):
            return
