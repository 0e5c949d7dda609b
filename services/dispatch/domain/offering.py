"""交办: asking somebody by name, opening to whoever comes first, and what those asked say."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from services.dispatch.contracts import (
    HandKind,
    OfferDeclined,
    OfferExpired,
    Slug,
    TaskAccepted,
    TaskAssigned,
    TaskOpened,
    TaskReleased,
)
from services.dispatch.domain.grabbing import UNLIMITED, GrabLimits, free_until, start_by
from services.dispatch.domain.moves import Move, moved, permit, told
from services.dispatch.domain.parts import signed_out
from services.dispatch.domain.standing import CLOCK, MATCHER, By
from services.dispatch.domain.task import Change, Hand, Task
from services.dispatch.domain.transitions import Step
from services.dispatch.domain.waves import NO_WAVE, ask_next_at, end_of_hold
from services.dispatch.domain.wording import invalid, said
from services.kit.outcomes import Refused

LONGEST_HOLD_MINUTES = 30 * 24 * 60
NODE_LENGTHS = (2, 4, 6, 9, 12)
LONGEST_SKILL = 50
DECIDED: dict[str, Any] = {
    "named_team_id": None,
    "named_unit_id": None,
    "duty_member_id": None,
    "duty_unit_id": None,
}
"""Whose affair a task is has been decided: nobody is on duty for it any more."""


def assign(
    task: Task,
    by: By,
    at: datetime,
    *,
    hand: Hand,
    hold_minutes: int,
    accept_by: datetime | None = None,
    also: tuple[str, ...] = (),
) -> Change:
    """Ask ``hand``; an opening for grabbing ends with it. ``accept_by`` goes before ``hold_minutes``. ``also`` are the
    members whom the matcher asks at the same time, best first.
    """
    move = permit(task, Step.ASSIGN, by, at)
    if not 1 <= hold_minutes <= LONGEST_HOLD_MINUTES:
        raise invalid("hold_minutes", "等候时间须在 1 分钟到 30 天之间")
    if task.slots and hand.kind is HandKind.MEMBER and by is not CLOCK:
        raise invalid("hand_id", "这个任务按岗位组队，请邀请党员上岗，或开放报名")
    matched = by is MATCHER
    hold_until = end_of_hold(task, at, hold_minutes) if matched else at + timedelta(minutes=hold_minutes)
    hold_until = accept_by or hold_until
    after = moved(
        task,
        move,
        hand_kind=hand.kind,
        hand_id=hand.id,
        also_asked=also,
        hold_until=hold_until,
        **({"ask_at": None} if matched else NO_WAVE),
        taken_at=at,
        open=False,
        scope=None,
        skill=None,
        **DECIDED,
    )
    event = told(
        TaskAssigned,
        after,
        move,
        hand_kind=hand.kind,
        hand_id=hand.id,
        hold_until=hold_until,
        also_asked=also,
    )
    return Change(Step.ASSIGN, task, after, event)


def open_up(task: Task, by: By, at: datetime, *, scope: str | None, skill: str | None) -> Change:
    """Open for grabbing to members checked in below ``scope``: the task's community or a node above it."""
    move = permit(task, Step.OPEN, by, at)
    where = scope or task.community_code
    if len(where) not in NODE_LENGTHS or not task.community_code.startswith(where):
        raise invalid("scope", "抢单范围须是本社区或其上级")
    if skill is not None and not 0 < len(skill) <= LONGEST_SKILL:
        raise invalid("skill", f"技能名称须在 {LONGEST_SKILL} 字以内")
    return _opened(task, move, where, skill)


def _opened(task: Task, move: Move, scope: str, skill: str | None) -> Change:
    after = moved(task, move, open=True, scope=scope, skill=skill, **NO_WAVE, **DECIDED)
    return Change(Step.OPEN, task, after, told(TaskOpened, after, move, scope=scope, skill=skill))


def grab(task: Task, by: By, at: datetime, *, hand: Hand | None, limits: GrabLimits = UNLIMITED) -> Change:
    """Assignment and acceptance in one. What the member may grab at all is ``grabbing.check``'s to say."""
    move = permit(task, Step.GRAB, by, at)
    if hand is None:
        raise Refused(Slug.OUT_OF_SCOPE, "报到信息尚未同步，请稍候再试", status=403)
    taken = _taken(
        task, move, hand_kind=HandKind.MEMBER, hand_id=hand.id, member_id=hand.id, unit_id=hand.unit_id
    )
    held = replace(
        taken.after,
        grabbed=True,
        start_by=start_by(limits, at),
        free_until=free_until(limits, at),
        scope=task.scope,
        skill=task.skill,
    )
    return replace(taken, after=held)


def release(task: Task, by: By, at: datetime) -> Change:
    """Let go of a grab before anything is begun, or lose it because nothing was; whoever comes first may have it again."""
    move = permit(task, Step.RELEASE, by, at)
    after = let_go(task, move, parts=tuple(signed_out(part, at) for part in task.parts))
    struck = task.free_until is None or at > task.free_until
    event = told(TaskReleased, after, move, member_id=task.member_id, unit_id=task.unit_id, struck=struck)
    again = _opened(after, permit(after, Step.OPEN, CLOCK, at), task.scope or task.community_code, task.skill)
    return Change(Step.RELEASE, task, after, event, again)


def accept(task: Task, by: By, at: datetime, *, person: Hand | None) -> Change:
    """One who was asked accepts; whoever was asked beside them is no longer. ``person`` is the member asked, or whom the
    leader of the unit asked names (None: nobody).
    """
    move = permit(task, Step.ACCEPT, by, at)
    asked = one_asked(task, by)
    unit_id = task.hand_id if task.hand_kind is HandKind.UNIT else (person.unit_id if person else None)
    if person is not None and person.unit_id != unit_id:
        raise Refused(Slug.NO_SUCH_HAND, "这位党员不在本单位，请另选一位", status=422, field="member_id")
    if task.hand_kind is HandKind.MEMBER and person is not None and person.id != asked:
        raise invalid("member_id", "点名派给本人的任务不能转给他人")
    return _taken(
        task,
        move,
        hand_kind=task.hand_kind,
        hand_id=asked,
        member_id=person.id if person else None,
        unit_id=unit_id,
        superseded=tuple(each for each in everybody_asked(task) if each != asked),
    )


def decline(task: Task, by: By, at: datetime, *, reason: str) -> Change:
    move, asked = permit(task, Step.DECLINE, by, at), one_asked(task, by)
    after = _without(task, move, asked)
    words = said(reason, "reason")
    event = told(OfferDeclined, after, move, words=words, hand_kind=task.hand_kind, hand_id=asked)
    return Change(Step.DECLINE, task, after, event)


def expire(task: Task, at: datetime) -> Change:
    """Silence past the hold; not a refusal. Of a wave one after another falls silent, each in a step of its own."""
    move = permit(task, Step.EXPIRE, CLOCK, at)
    after = _without(task, move, task.hand_id)
    event = told(OfferExpired, after, move, hand_kind=task.hand_kind, hand_id=task.hand_id)
    return Change(Step.EXPIRE, task, after, event)


def everybody_asked(task: Task) -> tuple[str, ...]:
    """Those who have not answered yet, best first; whoever has the task, once one of them has accepted."""
    return () if task.hand_id is None else (task.hand_id, *task.also_asked)


def one_asked(task: Task, by: By) -> str | None:
    """Which of those asked ``by`` is, or speaks for."""
    return by.id if by.id in task.also_asked else task.hand_id


def _without(task: Task, move: Move, gone: str | None) -> Task:
    """The task with one less who is asked for it; back in the liaison's hands where that was the last."""
    left = [each for each in everybody_asked(task) if each != gone]
    if not left:
        return let_go(task, move, ask_at=ask_next_at(task, move.at))
    return moved(task, move, hand_id=left[0], also_asked=tuple(left[1:]))


def let_go(task: Task, move: Move, **changes: Any) -> Task:
    """The task back in the liaison's hands, with nobody on it."""
    return moved(
        task,
        move,
        hand_kind=None,
        hand_id=None,
        hold_until=None,
        taken_at=None,
        member_id=None,
        unit_id=None,
        grabbed=False,
        start_by=None,
        free_until=None,
        scope=None,
        skill=None,
        started_at=None,
        deserted=False,
        **changes,
    )


def _taken(
    task: Task,
    move: Move,
    *,
    hand_kind: HandKind | None,
    hand_id: str | None,
    member_id: str | None,
    unit_id: str | None,
    superseded: tuple[str, ...] = (),
) -> Change:
    after = moved(
        task,
        move,
        hand_kind=hand_kind,
        hand_id=hand_id,
        also_asked=(),
        hold_until=None,
        **NO_WAVE,
        taken_at=move.at,
        member_id=member_id,
        unit_id=unit_id,
        open=False,
        scope=None,
        skill=None,
    )
    grabbed = move.step is Step.GRAB
    event = told(
        TaskAccepted,
        after,
        move,
        member_id=member_id,
        unit_id=unit_id,
        grabbed=grabbed,
        superseded=superseded,
    )
    return Change(move.step, task, after, event)
