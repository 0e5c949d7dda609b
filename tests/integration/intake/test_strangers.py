"""Each request by each kind of person who has nothing to do with the order: refused, unlisted, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text

from services.dispatch.contracts import State, TaskAccepted
from services.intake import handlers
from services.intake.contracts import (
    AmendOrder,
    Channel,
    Contact,
    GetOrder,
    ListOrders,
    PlaceOrder,
    RevealContact,
    Slug,
)
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.db import Database
from services.kit.outcomes import Refused
from services.kit.sealing import Sealer
from services.kit.work import begin
from services.members.contracts import Role
from tests.unit.intake.stories import after, of_task

RESIDENT = Actor(id="resident-1")
MEMBER = Actor(id="member-1", unit_id="unit-1")


@dataclass
class Scene:
    """An order placed in a grid, on which member-1 of unit-1 acts."""

    database: Database
    sealer: Sealer
    community: str
    order_id: str = ""

    @property
    def grid(self) -> str:
        return self.community + "001"

    def do(self, actor: Actor, request: Any) -> Any:
        sealed = (self.sealer,) if isinstance(request, PlaceOrder | RevealContact) else ()
        with begin(self.database, service="intake", actor=actor, now=after(9)) as work:
            return getattr(handlers, request.method)(work, request, *sealed)

    def place(self, actor: Actor, **more: Any) -> str:
        ask = PlaceOrder(
            community_code=self.community,
            grid_code=self.grid,
            channel=Channel.HOTLINE,
            words="楼道灯坏了",
            contact=Contact(phone="13800000001"),
            **more,
        )
        return str(self.do(actor, ask).order_id)

    def written(self) -> list[int]:
        with self.database.transaction() as db:
            return [
                db.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608 - our own names
                for table in ("orders", "entries", "looks", "outbox")
            ]


@pytest.fixture
def scene(database: Database, community: str, sealer: Sealer) -> Scene:
    scene = Scene(database, sealer, community)
    scene.order_id = scene.place(RESIDENT)
    accepted = of_task(
        TaskAccepted,
        1,
        State.ACTING,
        task=f"task of {community}",
        orders=(scene.order_id,),
        member_id="member-1",
        unit_id="unit-1",
        grabbed=True,
    )
    with begin(database, service="intake") as work:
        handlers.record_step(work, accepted)
    return scene


def somebody(role: Role, node: str) -> Actor:
    return Actor(id=f"{role} at {node}", grants=(Grant(role, node),))


def strangers(scene: Scene) -> dict[str, Actor]:
    district = scene.community[:6]
    return {
        "visitor": VISITOR,
        "another resident": Actor(id="resident-2"),
        "holder of another code": Actor(order_id=scene.place(Actor(id="resident-3"))),
        "member not on the task": Actor(
            id="member-2", grants=(Grant(Role.MEMBER, scene.community),), unit_id="unit-1"
        ),
        "leader of another unit": somebody(Role.UNIT_LEADER, "unit:unit-2"),
        "leader of the unit of who acts in person": somebody(Role.UNIT_LEADER, "unit:unit-1"),
        "liaison next door": somebody(Role.LIAISON, scene.community[:9] + "002"),
        "supervisor of another street": somebody(Role.SUPERVISOR, district + "999"),
        "worker of another grid": somebody(Role.GRID_WORKER, scene.community + "002"),
        "operator of the place": somebody(Role.OPERATOR, scene.community),
    }


REQUESTS: dict[str, Callable[[Scene], Any]] = {
    "get": lambda scene: GetOrder(order_id=scene.order_id),
    "amend": lambda scene: AmendOrder(order_id=scene.order_id, words="还是不亮"),
    "reveal": lambda scene: RevealContact(order_id=scene.order_id, purpose="联系"),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_strangers_are_told_that_there_is_no_such_order(scene: Scene, name: str) -> None:
    everybody = strangers(scene)
    before = scene.written()
    for who, stranger in everybody.items():
        with pytest.raises(Refused) as refused:
            scene.do(stranger, REQUESTS[name](scene))
        assert (refused.value.slug, refused.value.status) == (Slug.NO_SUCH_ORDER, 404), who
    assert scene.written() == before


def test_strangers_find_it_in_no_list(scene: Scene) -> None:
    for who, stranger in strangers(scene).items():
        for filters in ({}, {"mine": True}, {"ids": (scene.order_id,)}, {"node": scene.grid}):
            found = scene.do(stranger, ListOrders(**filters)).items
            assert scene.order_id not in {order.order_id for order in found}, who


def test_nobody_files_on_behalf_of_others_elsewhere(scene: Scene) -> None:
    workers_next_door = "worker of another grid"  # who may file for the whole community of the grid
    everybody = strangers(scene)
    before = scene.written()
    for who, stranger in everybody.items():
        if who != workers_next_door:
            with pytest.raises(Refused) as refused:
                scene.place(stranger, on_behalf=True)
            assert (refused.value.slug, refused.value.status) == (Slug.NOT_ALLOWED, 403), who
    assert scene.written() == before
    assert scene.place(everybody[workers_next_door], on_behalf=True)


@pytest.mark.parametrize(
    "actor",
    [RESIDENT, MEMBER],
    ids=["the resident", "the one acting"],
)
def test_whom_it_concerns_is_no_stranger(scene: Scene, actor: Actor) -> None:
    assert scene.do(actor, GetOrder(order_id=scene.order_id)).order.order_id == scene.order_id


def test_seeing_an_order_is_not_yet_amending_it_or_looking_at_the_contact(scene: Scene) -> None:
    auditor = somebody(Role.AUDITOR, scene.community)
    for actor, name in ((auditor, "amend"), (auditor, "reveal"), (RESIDENT, "reveal")):
        with pytest.raises(Refused) as refused:
            scene.do(actor, REQUESTS[name](scene))
        assert (refused.value.slug, refused.value.status) == (Slug.NOT_ALLOWED, 403)


def test_who_is_at_work_adds_what_is_found_there(scene: Scene) -> None:
    scene.do(MEMBER, REQUESTS["amend"](scene))
    assert scene.do(RESIDENT, GetOrder(order_id=scene.order_id)).history[-1].words == "还是不亮"
