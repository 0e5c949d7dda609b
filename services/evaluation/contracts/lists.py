"""The three lists of a place and a period (问题清单、任务清单、成果清单)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.dispatch.contracts import State
from services.evaluation.contracts.periods import OfPeriod
from services.kit.asking import Ask, Page


@dataclass(frozen=True, kw_only=True)
class ProblemEntry:
    """One order on the list of problems (问题清单). ``task_id`` is the task that speaks for it, None while there is none.

    ``state`` is that task's; ``result_at`` is when its result was checked, None while it stands on no list of results.
    """

    order_id: str
    place: str
    collected_at: datetime
    state: State
    task_id: str | None
    result_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class TaskEntry:
    """One registered task on the list of tasks (任务清单), with the problems that it is for, its own order first.

    ``member_id`` and ``unit_id`` are who acts or acted last. ``results`` are those of ``order_ids`` that stand on the list
    of results: all of them or none.
    """

    task_id: str
    order_ids: tuple[str, ...]
    place: str
    registered_at: datetime
    state: State
    member_id: str | None
    unit_id: str | None
    results: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ResultEntry:
    """The result of one order on the list of results (成果清单): answered, checked, and not reopened since.

    ``closed_at`` is None until the public notice has ended.
    """

    order_id: str
    task_id: str
    place: str
    answered_at: datetime
    checked_at: datetime
    closed_at: datetime | None
    member_id: str | None
    unit_id: str | None


@dataclass(frozen=True, kw_only=True)
class LinesOfPeriod(OfPeriod):
    """One page of a list. ``line`` instead of a cursor begins it with the line of this order; where it is not on the list, with the
    one that would come after it. Refused: no-such-order (404, field line).
    """

    line: str | None = None
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class ProblemList(LinesOfPeriod, Ask[Page[ProblemEntry]], service="evaluation"):
    """Orders collected from ``since`` to ``until`` at and below ``node``, as things stood at the end of ``until``, newest
    first. All three lists go by the same orders, so that every entry's others are found. For liaisons, supervisors,
    evaluators and auditors of the node. Refused: not-allowed (403), invalid (422, field node, since or until).
    """


@dataclass(frozen=True, kw_only=True)
class TaskList(LinesOfPeriod, Ask[Page[TaskEntry]], service="evaluation"):
    """The registered tasks of those orders; see ``ProblemList``. Orders merged into a task stand on its line. ``line`` is a task."""


@dataclass(frozen=True, kw_only=True)
class ResultList(LinesOfPeriod, Ask[Page[ResultEntry]], service="evaluation"):
    """The results of those orders; see ``ProblemList``."""
