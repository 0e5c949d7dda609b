"""Lists, follow codes, and that lists show exactly what single looks show."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import pytest

from services.dispatch.contracts import (
    HandJoined,
    HandKind,
    State,
    TaskAccepted,
    TaskAssigned,
    TaskOpened,
    UnitsCalled,
)
from services.intake import handlers
from services.intake.contracts import (
    Channel,
    Contact,
    FollowOrder,
    GetOrder,
    ListOrders,
    OrderPlaced,
    OrderView,
    PlaceOrder,
)
from services.intake.domain.sight import Sight, sight
from services.intake.store.orders import lock_orders
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.asking import Page
from services.kit.db import Database
from services.kit.outcomes import Refused
from services.kit.sealing import Sealer
from services.kit.work import begin
from tests.unit.intake.stories import after, of_task


@dataclass
class Desk:
    """Places and lists orders in one community."""

    database: Database
    community: str
    sealer: Sealer

    def place(self, actor: Actor = VISITOR, *, hours: float = 0, **more: Any) -> OrderPlaced:
        asked: dict[str, Any] = {
            "channel": Channel.HOTLINE,
            "words": "楼道灯坏了",
            "contact": Contact(phone="13800000001"),
        }
        ask = PlaceOrder(community_code=self.community, **asked | more)
        with begin(self.database, service="intake", actor=actor, now=after(hours)) as work:
            return handlers.place_order(work, ask, self.sealer)

    def page(self, actor: Actor | None = None, **filters: Any) -> Page[OrderView]:
        with begin(self.database, service="intake", actor=actor or self.liaison) as work:
            return handlers.list_orders(work, ListOrders(**filters))

    def ids(self, actor: Actor | None = None, **filters: Any) -> list[str]:
        return [order.order_id for order in self.page(actor, **filters).items]

    @property
    def liaison(self) -> Actor:
        return Actor(id=f"liaison at {self.community}", grants=(Grant("liaison", self.community),))


@pytest.fixture
def desk(database: Database, community: str, sealer: Sealer) -> Desk:
    return Desk(database, community, sealer)


def test_pages_follow_each_other_newest_first_without_gap_or_overlap(desk: Desk) -> None:
    placed = [desk.place(hours=number // 3).order_id for number in range(10)]
    pages, cursor = [], None
    while True:
        page = desk.page(limit=4, cursor=cursor)
        pages.append(page.items)
        cursor = page.next
        if cursor is None:
            break
    assert [len(items) for items in pages] == [4, 4, 2]
    shown = [order for items in pages for order in items]
    assert sorted(order.order_id for order in shown) == sorted(placed)
    assert shown == sorted(shown, key=lambda order: (order.collected_at, order.order_id), reverse=True)


def test_an_empty_list_is_an_empty_page(desk: Desk) -> None:
    assert desk.page() == Page(items=())


def test_filters(desk: Desk) -> None:
    grid = f"{desk.community}007"
    lamp = desk.place(hours=0).order_id
    wish = desk.place(hours=1, channel=Channel.GRID_VISIT, words="100%想要一个书架", grid_code=grid)
    assert desk.ids(channel=Channel.GRID_VISIT) == [wish.order_id]
    assert desk.ids(node=grid) == [wish.order_id]
    assert desk.ids(node=desk.community) == [wish.order_id, lamp]
    assert desk.ids(node="99") == []
    assert desk.ids(states=("collected",)) == [wish.order_id, lamp]
    assert desk.ids(states=("closed",)) == []
    assert desk.ids(search="书架") == [wish.order_id]
    assert desk.ids(search="0%想") == [wish.order_id]
    assert desk.ids(search="%灯") == []
    assert desk.ids(ids=(lamp, "no-such")) == [lamp]


def test_a_code_is_found_whole_and_never_by_half(desk: Desk) -> None:
    placed = desk.place()
    assert desk.ids(search=placed.code.lower().replace("-", " ")) == [placed.order_id]
    assert desk.ids(search=placed.code[:7]) == []
    assert [order.code for order in desk.page().items] == [""]


@pytest.mark.parametrize(
    ("field", "filters"),
    [("ids", {"ids": ("x",) * 201}), ("states", {"states": ("done",)}), ("search", {"search": "a\0"}), ("cursor", {"cursor": "x"})],
)  # fmt: skip
def test_a_filter_at_fault_is_named(desk: Desk, field: str, filters: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        desk.page(**filters)
    assert refused.value.field == field


def test_mine_are_those_placed_filed_or_held_by_code(desk: Desk) -> None:
    resident = Actor(id=f"resident {desk.community}")
    liaison = Actor(id=f"liaison {desk.community}", grants=(Grant("liaison", desk.community),))
    own = desk.place(resident, hours=1)
    filed = desk.place(liaison, hours=2, on_behalf=True)
    by_code = desk.place(hours=3)
    assert desk.ids(resident, mine=True) == [own.order_id] == desk.ids(resident)
    assert desk.ids(liaison, mine=True) == [filed.order_id]
    assert desk.ids(Actor(order_id=by_code.order_id)) == [by_code.order_id]
    assert desk.page(resident).items[0].code == own.code
    assert desk.ids(VISITOR) == []


def test_follow_code(desk: Desk) -> None:
    placed = desk.place(private=True)
    with begin(desk.database, service="intake", actor=VISITOR) as work:
        found = handlers.follow_order(work, FollowOrder(code=placed.code.lower().replace("-", " ")))
        assert (found.order.order_id, found.order.code) == (placed.order_id, placed.code)
        for wrong in ("ZZZZ-ZZZZ", "x", ""):
            with pytest.raises(Refused) as refused:
                handlers.follow_order(work, FollowOrder(code=wrong))
            assert (refused.value.slug, refused.value.status) == ("no-such-order", 404)


@pytest.mark.parametrize("order_id", ["no-such", "a\0b", ""])
def test_an_order_that_is_not_there(desk: Desk, order_id: str) -> None:
    with (
        begin(desk.database, service="intake", actor=desk.liaison) as work,
        pytest.raises(Refused) as refused,
    ):
        handlers.get_order(work, GetOrder(order_id=order_id))
    assert (refused.value.slug, refused.value.status) == ("no-such-order", 404)


def test_lists_show_exactly_what_single_looks_show(desk: Desk) -> None:
    chance = random.Random(20250303)
    people = [f"{name} {desk.community}" for name in ("a", "b", "c")]
    grids = (None, f"{desk.community}001", f"{desk.community}002")
    placed = []
    for _ in range(60):
        filer = Actor(id=chance.choice(people), grants=(Grant("liaison", desk.community),))
        placed.append(
            desk.place(
                chance.choice([filer, VISITOR]),
                grid_code=chance.choice(grids),
                private=chance.random() < 0.4,
            ).order_id
        )
    for order_id in placed:
        move_on(desk, order_id, chance, people)
    with begin(desk.database, service="intake") as work:
        orders = lock_orders(work.db, placed)

    roles = (
        "liaison",
        "grid_worker",
        "grid_head",
        "supervisor",
        "evaluator",
        "auditor",
        "member",
        "resident",
    )
    places = ("", desk.community[:6], desk.community, *grids[1:], "520425999001")
    seen_by_all: set[int] = set()
    for _ in range(120):
        grants = [Grant(chance.choice(roles), chance.choice(places)) for _ in range(chance.randrange(2))]
        grants += [Grant("unit_leader", f"unit:{chance.choice(people)}")] * chance.randrange(2)
        actor = Actor(
            id=chance.choice(["", *people]),
            grants=tuple(grants),
            order_id=chance.choice([None, chance.choice(placed)]),
        )
        listed = set(desk.ids(actor, ids=tuple(placed), limit=200))
        assert listed == {order.order_id for order in orders if sight(order, actor) is not Sight.NONE}
        seen_by_all.add(len(listed))
    assert {0, len(placed)} < seen_by_all


def move_on(desk: Desk, order_id: str, chance: random.Random, people: list[str]) -> None:
    hand = chance.choice(people)
    kind = chance.choice(list(HandKind))
    member, unit = (hand, None) if kind is HandKind.MEMBER else (None, hand)
    scope = chance.choice([desk.community, desk.community[:9]])
    envelope = chance.choice(
        [
            of_task(TaskOpened, 1, State.REGISTERED, orders=(order_id,), scope=scope, skill=None),
            of_task(
                TaskAssigned,
                1,
                State.ASSIGNED,
                orders=(order_id,),
                hand_kind=kind,
                hand_id=hand,
                hold_until=after(9),
            ),
            of_task(
                TaskAccepted,
                1,
                State.ACTING,
                orders=(order_id,),
                member_id=member,
                unit_id=unit,
                grabbed=False,
            ),
            of_task(
                UnitsCalled,
                1,
                State.ACTING,
                orders=(order_id,),
                unit_ids=(hand,),
                leading=None,
                report_by=after(9),
                member_id=None,
                unit_id=None,
            ),
            of_task(
                HandJoined,
                1,
                State.ACTING,
                orders=(order_id,),
                hand_kind=kind,
                hand_id=hand,
                on_time=True,
                member_id=None,
                unit_id=None,
            ),
        ]
    )
    with begin(desk.database, service="intake") as work:
        handlers.record_step(work, envelope)
