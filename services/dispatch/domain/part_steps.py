"""Steps on one part of a task: the table says who may take them, ``FITS`` on which parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from services.dispatch.contracts import HandKind, PartState, Slug
from services.dispatch.domain.moves import Move, allowed, permit
from services.dispatch.domain.parts import AWAITED, SETTLED, Part, part_of
from services.dispatch.domain.slots import HOLDING
from services.dispatch.domain.standing import By, on_part
from services.dispatch.domain.task import Task
from services.dispatch.domain.transitions import Step
from services.dispatch.domain.wording import PART_WORDS, STEP_WORDS
from services.kit.outcomes import Refused

CAME = (PartState.JOINED, PartState.DONE)

FITS: Mapping[Step, Callable[[Part], bool]] = {
    Step.JOIN: lambda part: part.state in AWAITED,
    Step.FINISH: lambda part: part.hand_kind is HandKind.UNIT and part.state is PartState.JOINED,
    Step.LEAVE: lambda part: part.state in {*AWAITED, PartState.JOINED},
    Step.WAIVE: lambda part: part.hand_kind is HandKind.UNIT and part.state not in SETTLED,
    Step.DISMISS: lambda part: part.slot is not None and part.state in HOLDING,
    Step.BEGIN_WORK: lambda part: part.state is PartState.JOINED and part.signed_in_at is None,
    Step.END_WORK: lambda part: part.signed_in_at is not None,
    Step.LOG: lambda part: part.state in CAME,
    Step.CORRECT: lambda part: part.state in CAME,
}


def permit_on(task: Task, step: Step, by: By, at: datetime, hand_id: str) -> tuple[Part, Move]:
    """The part of ``hand_id``, if the table lets ``by`` take the step and the part is one for it.

    Refused: no-such-part (404), what ``permit`` refuses, wrong-state (409).
    """
    part = part_of(task.parts, hand_id)
    if part is None:
        raise Refused(Slug.NO_SUCH_PART, "这个单位或党员没有参与这个任务", status=404, field="hand_id")
    move = permit(task, step, on_part(by, part), at)
    if not FITS[step](part):
        message = f"这一方{PART_WORDS[part.state]}，不能{STEP_WORDS[step]}；请刷新后再看"
        raise Refused(Slug.WRONG_STATE, message, status=409, field="hand_id", part=part.state)
    return part, move


def allowed_on(task: Task, by: By, part: Part) -> tuple[str, ...]:
    """The steps that ``by`` may take on this part now, in the table's order."""
    return tuple(
        step
        for step in allowed(task, on_part(by, part))
        if (fits := FITS.get(Step(step))) is not None and fits(part)
    )


def allowed_on_task(task: Task, by: By) -> tuple[str, ...]:
    """The steps that ``by`` may take on the task as a whole now, in the table's order."""
    return tuple(step for step in allowed(task, by) if Step(step) not in FITS)
