"""Whether the table lets somebody take a step, and what a step makes of the task."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from services.dispatch.contracts import Slug, State, TaskEvent
from services.dispatch.domain.standing import By
from services.dispatch.domain.task import Task, holds
from services.dispatch.domain.transitions import TABLE, Given, Relation, Step, Transition
from services.dispatch.domain.wording import STATE_WORDS, STEP_WORDS, UNMET
from services.kit.outcomes import Refused


@dataclass(frozen=True, slots=True)
class Move:
    """A step that the table lets somebody take: where it leads, who took it in which role, and when."""

    step: Step
    target: State
    by: str | None
    role: str | None
    at: datetime


def permit(task: Task, step: Step, by: By, at: datetime) -> Move:
    """Look the step up in the table.

    Refused, in this order: wrong-state (409; a grab or a yes that comes late: already-taken), a condition that does not hold
    (409), not-allowed (403; a grab from outside: out-of-scope).
    """
    here = [row for row in TABLE if row.step is step and task.state in row.sources]
    if not here:
        raise _wrong_state(task, step, by)
    ready = [row for row in here if all(holds(task, given) for given in row.given)]
    if not ready:
        slug, message = UNMET[next(given for given in here[0].given if not holds(task, given))]
        raise Refused(slug, message, status=409, state=task.state)
    for row in ready:
        relation = _relation_for(row, by)
        if relation is not None:
            return Move(step, row.target or task.state, by.id, by.standing[relation], at)
    raise _not_allowed(task, step)


def allowed(task: Task, by: By) -> tuple[str, ...]:
    """The steps that ``by`` may take now, in the table's order: the buttons of a page."""
    steps = {
        row.step: None
        for row in TABLE
        if task.state in row.sources
        and all(holds(task, given) for given in row.given)
        and _relation_for(row, by) is not None
    }
    return tuple(step.value for step in steps)


def _relation_for(row: Transition, by: By) -> Relation | None:
    if any(relation in by.standing for relation in row.never):
        return None
    return next((relation for relation in row.who if relation in by.standing), None)


def _wrong_state(task: Task, step: Step, by: By) -> Refused:
    if step is Step.ACCEPT and task.taken_at is not None:
        return _taken(task, by)
    if step in {Step.GRAB, Step.TAKE}:
        if task.taken_at is None:
            slug, message = UNMET[Given.OPENED]
            return Refused(slug, message, status=409, state=task.state)
        return _taken(task, by)
    message = f"任务现在是「{STATE_WORDS[task.state]}」，不能{STEP_WORDS[step]}；请刷新后再看"
    return Refused(Slug.WRONG_STATE, message, status=409, state=task.state)


def _taken(task: Task, by: By) -> Refused:
    mine = Relation.ACTING in by.standing or (by.id is not None and by.id == task.member_id)
    message = "您已接下这个任务" if mine else "该任务已被他人接单，请看看其他任务"
    taken_at = task.taken_at.isoformat() if task.taken_at else None
    return Refused(Slug.ALREADY_TAKEN, message, status=409, state=task.state, taken_at=taken_at)


def _not_allowed(task: Task, step: Step) -> Refused:
    if step in {Step.GRAB, Step.TAKE}:
        return Refused(
            Slug.OUT_OF_SCOPE,
            "该任务只开放给本范围内、有相应技能的在职党员",
            status=403,
            scope=task.scope,
            skill=task.skill,
        )
    if step in {Step.ASSIGN, Step.OPEN} and holds(task, Given.LAST_RESORT):
        message = "这个任务多次退单，已由街道兜底，只能由督办员派单"
        return Refused(Slug.NOT_ALLOWED, message, status=403)
    if step in {Step.RAISE, Step.HAND_DOWN} and not holds(task, Given.IN_GRID):
        message = f"这个任务由负责它的一级{STEP_WORDS[step]}；您这一级现在不负责它"
        return Refused(Slug.NOT_ALLOWED, message, status=403)
    message = f"您不能对这个任务{STEP_WORDS[step]}；如属您的职责，请联系社区管理员"
    return Refused(Slug.NOT_ALLOWED, message, status=403)


E = TypeVar("E", bound=TaskEvent)


def moved(task: Task, move: Move, **changes: Any) -> Task:
    """The task after a move: new state, next sequence, and what else the step changes."""
    return replace(task, state=move.target, sequence=task.sequence + 1, changed_at=move.at, **changes)


def told(event: type[E], after: Task, move: Move, *, words: str | None = None, **more: Any) -> E:
    """The event of a move, with what every event of a task says filled in."""
    return event(
        task_id=after.task_id,
        order_ids=after.order_ids,
        community_code=after.community_code,
        state=after.state,
        by=move.by,
        role=move.role,
        at=move.at,
        words=words,
        **more,
    )
