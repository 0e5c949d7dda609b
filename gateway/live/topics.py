"""Which topics an event touches. A topic is a kind and an id or a place's code; a page listens to some of them.

| topic | is touched when |
|---|---|
| ``order:<id>``, ``task:<id>`` | that order or task moves on, or something is added to it |
| ``hand:<id>`` | an event names that account, unit or team: asked, acting, asked no more, told, granted a role |
| ``at:<code>`` | something happens at that place or below it, down to the community |
| ``open:<code>`` | tasks are opened, grabbed or given back in that district, or (where more may grab) above it |
"""

from __future__ import annotations

from collections.abc import Iterator

from services.dispatch.contracts import CaseEvent, TaskAccepted, TaskEvent, TaskOpened, TaskReleased
from services.evaluation.contracts import FollowUpRecorded, OrderRated, PointsAwarded
from services.intake.contracts import OrderAmended, OrderCollected
from services.kit.envelope import Event
from services.members.contracts import BallotOpened, MembersAssigned, RoleGranted, RoleRevoked, TeamFormed

LEVELS = (2, 4, 6, 9, 12)
"""Digits of the codes of a province, a city, a district, a street and a community."""
COMMUNITY, DISTRICT = 12, 6

ONE = ("member_id", "unit_id", "hand_id", "team_id", "named_unit_id", "leading", "owner_id", "account_id",
       "holder_id", "leader_id", "placed_by", "filed_by")  # fmt: skip
SEVERAL = ("also_asked", "coming", "superseded", "released", "unit_ids", "member_ids")
"""Fields in which events name people, units and teams."""


def _kinds(of: type[Event]) -> Iterator[type[Event]]:
    for kind in of.__subclasses__():
        yield kind
        yield from _kinds(kind)


HEARD: tuple[type[Event], ...] = (
    OrderCollected, OrderAmended, OrderRated, FollowUpRecorded, PointsAwarded,
    BallotOpened, MembersAssigned, RoleGranted, RoleRevoked, TeamFormed,
    *_kinds(TaskEvent), *_kinds(CaseEvent),
)  # fmt: skip
"""The events that change what pages show."""


def topics_of(event: Event) -> frozenset[str]:
    """All that ``event`` touches, in no order."""
    return frozenset({*_orders(event), *_hands(event), *_places(event), *_openings(event)})


def _orders(event: Event) -> Iterator[str]:
    for order_id in (
        getattr(event, "order_id", None),
        getattr(event, "into_order_id", None),
        *getattr(event, "order_ids", ()),
    ):
        if order_id:
            yield f"order:{order_id}"
    for task_id in (getattr(event, "task_id", None), getattr(event, "into_task_id", None)):
        if task_id:
            yield f"task:{task_id}"


def _hands(event: Event) -> Iterator[str]:
    for name in ONE:
        if hand := getattr(event, name, None):
            yield f"hand:{hand}"
    for name in SEVERAL:
        for hand in getattr(event, name, ()):
            yield f"hand:{hand}"


def _places(event: Event) -> Iterator[str]:
    code: str = getattr(event, "community_code", "") or ""
    for level in LEVELS:
        if level <= len(code):
            yield f"at:{code[:level]}"


def _openings(event: Event) -> Iterator[str]:
    if isinstance(event, TaskOpened):
        yield f"open:{event.scope[:DISTRICT]}"
    if isinstance(event, TaskOpened | TaskAccepted | TaskReleased):
        yield f"open:{event.community_code[:DISTRICT]}"
