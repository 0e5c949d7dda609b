"""What somebody ought to have done and did not: the evidence, read off the steps themselves (row Y10).

A step that shows a lapse is evidence against whoever had the task when it was taken: the one asked where they stayed silent,
the one acting or on duty otherwise, and the community itself where nobody had it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from services.dispatch.contracts import (
    Cause,
    HandKind,
    HandSilent,
    LapseKind,
    OfferExpired,
    State,
    TaskAnswered,
    TaskEscalated,
    TaskEvent,
    TaskReleased,
    TaskReminded,
    TaskUrged,
)
from services.dispatch.domain.task import Change, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """One piece of evidence: the task's change ``sequence``. Neither member nor unit: the community answers for it."""

    task_id: str
    sequence: int
    kind: LapseKind
    at: datetime
    community_code: str
    member_id: str | None
    unit_id: str | None
    by: str | None


def lapse_of(change: Change) -> Lapse | None:
    """What the step itself shows, without what follows from it."""
    kind = _kind(change.event)
    if kind is None:
        return None
    member_id, unit_id = _who(change)
    return Lapse(
        task_id=change.after.task_id,
        sequence=change.after.sequence,
        kind=kind,
        at=change.event.at,
        community_code=change.after.community_code,
        member_id=member_id,
        unit_id=unit_id,
        by=change.event.by,
    )


def _kind(event: TaskEvent) -> LapseKind | None:
    return next((kind for kind, shows in SHOWN_BY.items() if shows(event)), None)


SHOWN_BY: Mapping[LapseKind, Callable[[TaskEvent], bool]] = {
    LapseKind.SILENT: lambda event: isinstance(event, OfferExpired | HandSilent),
    LapseKind.NOT_BEGUN: lambda event: isinstance(event, TaskReleased) and event.by is None,
    LapseKind.OVERDUE: lambda event: isinstance(event, TaskUrged) and event.by is None,
    LapseKind.URGED: lambda event: isinstance(event, TaskUrged) and event.by is not None,
    LapseKind.REMINDED: lambda event: isinstance(event, TaskReminded),
    LapseKind.ESCALATED: lambda event: isinstance(event, TaskEscalated) and event.cause is not Cause.RETURNS,
    LapseKind.LATE: lambda event: isinstance(event, TaskAnswered) and not event.on_time,
}


def _who(change: Change) -> tuple[str | None, str | None]:
    event, before = change.event, change.before
    if isinstance(event, HandSilent):
        return None, event.hand_id
    if isinstance(event, OfferExpired):
        return _asked(before)
    if before.state is State.REGISTERED:
        return before.duty_member_id, before.duty_unit_id
    return before.member_id, before.unit_id


def _asked(task: Task) -> tuple[str | None, str | None]:
    return (task.hand_id, None) if task.hand_kind is HandKind.MEMBER else (None, task.hand_id)
