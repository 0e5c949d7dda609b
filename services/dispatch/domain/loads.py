"""How much each of several members has in hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from services.dispatch.contracts import HandKind, MemberLoad, State
from services.dispatch.domain.offering import everybody_asked
from services.dispatch.domain.parts import members_of
from services.dispatch.domain.task import Task, overdue


def loads(members: Iterable[str], tasks: Iterable[Task], now: datetime) -> tuple[MemberLoad, ...]:
    """In the order of ``members``; a task of a team counts once for each who is in it."""
    known = tuple(tasks)
    return tuple(_load(member, known, now) for member in members)


def _load(member: str, tasks: tuple[Task, ...], now: datetime) -> MemberLoad:
    acting = [task for task in tasks if task.state is State.ACTING and _acts(member, task)]
    return MemberLoad(
        member_id=member,
        asked=sum(task.state is State.ASSIGNED and _is_asked(member, task) for task in tasks),
        acting=len(acting),
        overdue=sum(overdue(task, now) for task in acting),
        paused=sum(task.paused_since is not None for task in acting),
        answered=sum(task.state is State.ANSWERED and _acts(member, task) for task in tasks),
    )


def _acts(member: str, task: Task) -> bool:
    return task.member_id == member or member in members_of(task.parts)


def _is_asked(member: str, task: Task) -> bool:
    return task.hand_kind is HandKind.MEMBER and member in everybody_asked(task)
