"""A task as matching sees it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from services.dispatch.contracts import Urgency
from services.dispatch.domain.categories import Kinds
from services.dispatch.domain.matching.agenda import slots_until
from services.dispatch.domain.matching.values import Demand
from services.dispatch.domain.task import Task

AT_ONCE, USUAL_NEED = 4, 2
"""Half hours: whoever is asked in an emergency must be free within two hours; otherwise for an hour before the promise."""

DISTRICT = 6
"""Digits of a district's code: hands are looked for in the task's district, since its data stays its own."""

SERVICES: Mapping[str, str] = {
    "labour": "就业帮扶",
    "labour_wages": "法律咨询",
    "liveability": "环境整治",
    "public_safety": "治安巡逻",
    "facilities_light": "水电维修",
    "facilities_water": "水电维修",
    "facilities_drain": "水电维修",
    "facilities_power": "水电维修",
    "neighbour": "矛盾调解",
    "elderly_care": "助老助残",
    "education_tutoring": "课业辅导",
}
"""The kind of service, in the words of members' wishes, that a category (or the one above it) is."""


def demand_of(
    task: Task, now: datetime, kinds: Kinds, *, skill: str | None, refused: frozenset[str]
) -> Demand:
    """``skill`` is what somebody asks for; None takes the one that the task is open for, or else its category's."""
    kind = kinds.get(task.category or "")
    emergency = task.urgency is Urgency.EMERGENCY
    return Demand(
        task_id=task.task_id,
        community_code=task.community_code,
        scope=task.community_code[:DISTRICT],
        grid_code=task.grid_code,
        point=task.point,
        skill=skill or task.skill or (kind.skill if kind else None),
        service=SERVICES.get(kind.code) or SERVICES.get(kind.parent or "") if kind else None,
        urgency=task.urgency,
        closes=AT_ONCE if emergency else slots_until(now, task.promised_at),
        needs=1 if emergency else USUAL_NEED,
        refused=refused,
    )
