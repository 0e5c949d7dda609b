"""How many tasks are overdue, place by place."""

from __future__ import annotations

from dataclasses import dataclass

from services.kit.asking import Ask


@dataclass(frozen=True, kw_only=True)
class OverdueCount:
    """Tasks of the place with this code that are being worked on and whose promise has passed, pauses not counted."""

    code: str
    tasks: int


@dataclass(frozen=True, kw_only=True)
class CountOverdue(Ask[tuple[OverdueCount, ...]], service="dispatch"):
    """Now, at and below ``node``, by places whose codes have ``digits`` digits; a task without a grid stands under its community.

    Private tasks are counted for liaisons and supervisors alone. ``ListTasks`` with ``overdue`` lists the same tasks. Places without any are left out. For liaisons, supervisors,
    evaluators and auditors of the node. Refused: not-allowed (403), invalid (field node or digits).
    """

    node: str
    digits: int
