"""From an audience to accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import Connection

from services.dispatch.contracts import HandKind
from services.members.contracts import Level, Role
from services.notify.domain.audiences import Audience
from services.notify.domain.messages import KnownOrder
from services.notify.store.people import members_below, nearest_holders

MOST_NEARBY = 200


@dataclass(frozen=True, slots=True)
class Scene:
    """An event with the orders it is about. The event is of a type that ``TABLE`` pairs with the audience."""

    db: Connection
    event: Any
    orders: tuple[KnownOrder, ...]

    @property
    def place(self) -> str:
        """The community of the first order; of an event that is about none, the one that it names."""
        return self.orders[0].community_code if self.orders else self.event.community_code


def accounts_of(audience: Audience, scene: Scene) -> list[tuple[str, str | None]]:
    """Whom to tell, each with the order to open."""
    if audience is Audience.RESIDENTS:
        return [(order.placed_by, order.order_id) for order in scene.orders if order.placed_by]
    first = scene.orders[0].order_id if scene.orders else None
    return [(account, first) for account in FINDERS[audience](scene)]


def _liaisons(scene: Scene) -> list[str]:
    return nearest_holders(scene.db, Role.LIAISON, scene.place) or _supervisors(scene)


def _supervisors(scene: Scene) -> list[str]:
    return nearest_holders(scene.db, Role.SUPERVISOR, scene.place)


def _answerable(scene: Scene) -> list[str]:
    """A grid answers through its workers and its head, a community through its liaisons, every level above through its
    supervisors.
    """
    if scene.event.level is Level.GRID:
        grid = scene.event.node
        of_grid = (nearest_holders(scene.db, role, grid) for role in (Role.GRID_WORKER, Role.GRID_HEAD))
        return list(dict.fromkeys(chain(*of_grid))) or _liaisons(scene)
    if scene.event.level is Level.COMMUNITY:
        return _liaisons(scene)
    return nearest_holders(scene.db, Role.SUPERVISOR, scene.event.node)


def _asked(scene: Scene) -> list[str]:
    beside = getattr(scene.event, "also_asked", ())
    return [*_hand(scene.db, scene.event.hand_kind, scene.event.hand_id), *beside]


def _superseded(scene: Scene) -> list[str]:
    return list(scene.event.superseded)


def _called(scene: Scene) -> list[str]:
    return [leader for unit in scene.event.unit_ids for leader in _hand(scene.db, HandKind.UNIT, unit)]


def _coming(scene: Scene) -> list[str]:
    return list(scene.event.coming)


def _acting(scene: Scene) -> list[str]:
    if scene.event.member_id:
        return [scene.event.member_id]
    return _hand(scene.db, HandKind.UNIT, scene.event.unit_id) if scene.event.unit_id else []


def _nearby(scene: Scene) -> list[str]:
    event = scene.event
    return members_below(scene.db, event.scope, event.skill, shuffle=event.task_id, limit=MOST_NEARBY)


def _owner(scene: Scene) -> list[str]:
    return _hand(scene.db, scene.event.owner_kind, scene.event.owner_id)


def _holder(scene: Scene) -> list[str]:
    return _hand(scene.db, scene.event.holder_kind, scene.event.holder_id)


def _joined(scene: Scene) -> list[str]:
    return list(scene.event.joined_ids)


def _helper(scene: Scene) -> list[str]:
    return [scene.event.member_id]


def _person(scene: Scene) -> list[str]:
    return [scene.event.person_id]


def _voters(scene: Scene) -> list[str]:
    return list(scene.event.member_ids)


def _wisher(scene: Scene) -> list[str]:
    return [scene.event.wisher_id]


def _claimant(scene: Scene) -> list[str]:
    return [scene.event.claimant_id]


def _grid_heads(scene: Scene) -> list[str]:
    grid = scene.event.grid_code
    return nearest_holders(scene.db, Role.GRID_HEAD, grid) or nearest_holders(scene.db, Role.LIAISON, grid)


def _hand(db: Connection, kind: str, hand_id: str) -> list[str]:
    """The member in person, or the leaders of the unit or the team."""
    if kind == HandKind.MEMBER:
        return [hand_id]
    if kind == HandKind.TEAM:
        return nearest_holders(db, Role.TEAM_LEADER, f"team:{hand_id}")
    return nearest_holders(db, Role.UNIT_LEADER, f"unit:{hand_id}")


FINDERS: Mapping[Audience, Callable[[Scene], list[str]]] = {
    Audience.LIAISONS: _liaisons,
    Audience.SUPERVISORS: _supervisors,
    Audience.ANSWERABLE: _answerable,
    Audience.ASKED: _asked,
    Audience.CALLED: _called,
    Audience.SUPERSEDED: _superseded,
    Audience.COMING: _coming,
    Audience.ACTING: _acting,
    Audience.NEARBY: _nearby,
    Audience.OWNER: _owner,
    Audience.HOLDER: _holder,
    Audience.GRID_HEADS: _grid_heads,
    Audience.JOINED: _joined,
    Audience.VOTERS: _voters,
    Audience.PERSON: _person,
    Audience.HELPER: _helper,
    Audience.WISHER: _wisher,
    Audience.CLAIMANT: _claimant,
}
