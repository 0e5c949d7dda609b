"""Which of several tasks lies nearest to somebody: by rough points where both are known, by place codes otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from services.dispatch.domain.offering import NODE_LENGTHS
from services.dispatch.domain.task import Task
from services.kit.geo import Point, distance_m

Order: TypeAlias = tuple[int, bool, int, datetime, str]
"""Levels apart, whether the metres are unknown, the metres, the promise, the task's id."""


@dataclass(frozen=True, slots=True)
class Near:
    """``metres`` is None where one of the two points is not known."""

    task: Task
    metres: int | None


def nearest(tasks: Iterable[Task], place: str, here: Point | None) -> list[Near]:
    """The tasks by nearness to ``place`` (a community): one level of the tree more is farther than any distance within
    it; of those equally near, the one promised soonest comes first.
    """
    measured = [Near(task, _metres(task, here)) for task in tasks]
    return sorted(measured, key=lambda near: order_of(near, place))


def levels_apart(community: str, place: str) -> int:
    """How many levels up the two first meet: 0 in one community, 1 in one street, …"""
    return sum(community[:length] != place[:length] for length in NODE_LENGTHS)


def _metres(task: Task, here: Point | None) -> int | None:
    return None if here is None or task.point is None else round(distance_m(here, task.point))


def order_of(near: Near, place: str) -> Order:
    """The key by which ``nearest`` sorts; also where a page ended, for the next to go on from."""
    task = near.task
    return (
        levels_apart(task.community_code, place),
        near.metres is None,
        near.metres or 0,
        task.promised_at or task.changed_at,
        task.task_id,
    )
