"""Like orders: found by those who triage, told to residents without anybody's words, forgotten when they end."""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import text

from services.dispatch.contracts import OrderAppealed, OrderRefused, State
from services.intake import handlers
from services.intake.contracts import (
    AmendOrder,
    Channel,
    Contact,
    PlaceOrder,
    SimilarFound,
    SimilarOrders,
    SimilarTo,
)
from services.intake.domain.similar.shelf import Shelf
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.db import Database
from services.kit.envelope import Envelope, decode
from services.kit.geo import Point
from services.kit.outcomes import Refused
from services.kit.sealing import Sealer
from services.kit.work import begin
from tests.unit.intake.stories import after, of_task

LIFT = "我家住3号楼2单元，电梯坏了，老人下不了楼"
LIFT_AGAIN = "三栋二单元的升降梯停运好几天了"
OTHER_LIFT = "13号楼2单元电梯坏了"


@dataclass
class Scene:
    database: Database
    sealer: Sealer
    community: str
    shelf: Shelf = field(default_factory=Shelf)

    @property
    def liaison(self) -> Actor:
        return Actor(id="liaison-1", grants=(Grant("liaison", self.community),))

    def place(self, words: str, **more: Any) -> str:
        order_id = self.placed(words, **more)
        self.read()
        return order_id

    def placed(self, words: str, **more: Any) -> str:
        """An order that has yet to be read for what it is like."""
        ask = PlaceOrder(
            community_code=self.community,
            channel=Channel.HOTLINE,
            words=words,
            contact=Contact(name="某居民", phone="13800000001"),
            **more,
        )
        with begin(self.database, service="intake", actor=VISITOR, now=after(0)) as work:
            return handlers.place_order(work, ask, self.sealer).order_id

    def read(self, most: int = 50) -> int:
        with begin(self.database, service="intake") as work:
            return handlers.read_new_orders(work, self.shelf, most)

    def alike(self, order_id: str, actor: Actor | None = None, shelf: Shelf | None = None) -> list[str]:
        with begin(self.database, service="intake", actor=actor or self.liaison) as work:
            found = handlers.similar_orders(work, SimilarOrders(order_id=order_id), shelf or self.shelf)
        return [each.order.order_id for each in found]

    def told(self, words: str, **more: Any) -> Any:
        with begin(self.database, service="intake", actor=VISITOR) as work:
            ask = SimilarTo(community_code=self.community, words=words, **more)
            return handlers.similar_to(work, ask, self.shelf)

    def step(self, envelope: Envelope[Any]) -> None:
        with begin(self.database, service="intake") as work:
            handlers.record_step(work, envelope)


@pytest.fixture
def scene(database: Database, community: str, sealer: Sealer) -> Scene:
    with database.transaction() as db:
        db.execute(text("TRUNCATE unread"))
    return Scene(database, sealer, community)


def test_the_same_lift_is_found_and_the_one_of_another_building_is_not(scene: Scene) -> None:
    first, second, other = scene.place(LIFT), scene.place(LIFT_AGAIN), scene.place(OTHER_LIFT)
    assert scene.alike(first) == [second]
    assert scene.alike(second) == [first]
    assert scene.alike(other) == []


def test_an_index_in_memory_learns_of_what_came_after_it_was_read(scene: Scene) -> None:
    first = scene.place(LIFT)
    assert scene.alike(first) == []
    second = scene.place(LIFT_AGAIN)
    assert scene.alike(first) == [second]
    assert scene.alike(first, shelf=Shelf()) == [second]


def test_what_has_ended_is_forgotten_and_known_again_when_it_is_appealed(scene: Scene) -> None:
    first, second = scene.place(LIFT), scene.place(LIFT_AGAIN)
    task = f"task-{second}"
    scene.step(of_task(OrderRefused, 1, State.REFUSED, task=task, orders=(second,), words="不属实"))
    assert scene.alike(first) == []
    assert kept(scene, second) is None
    scene.step(of_task(OrderAppealed, 2, State.COLLECTED, task=task, orders=(second,), words="确有其事"))
    assert scene.alike(first) == [second]


def test_what_is_added_is_read_too(scene: Scene) -> None:
    first, second = scene.place(LIFT), scene.place("电梯停运好几天了")
    assert scene.alike(first) == []
    with begin(scene.database, service="intake", actor=Actor(order_id=second), now=after(1)) as work:
        handlers.amend_order(work, AmendOrder(order_id=second, words="是三号楼2单元"))
    assert scene.alike(first) == [second]
    assert scene.alike(second) == [first]
    assert {known.about for known in scene.told("3号楼电梯坏了")} == {"3号楼 电梯 停用、故障"}


def test_an_order_that_ended_before_it_was_read_stays_unknown(scene: Scene) -> None:
    first, second = scene.place(LIFT), scene.placed(LIFT_AGAIN)
    scene.step(
        of_task(OrderRefused, 1, State.REFUSED, task=f"task-{second}", orders=(second,), words="不属实")
    )
    assert scene.read() == 1
    assert scene.alike(first) == []


def test_an_order_is_read_once_and_again_if_that_failed(scene: Scene) -> None:
    first, second = scene.place(LIFT), scene.placed(LIFT_AGAIN)
    with contextlib.suppress(RuntimeError), begin(scene.database, service="intake") as work:
        handlers.read_new_orders(work, scene.shelf)
        raise RuntimeError
    assert (scene.read(), scene.read()) == (1, 0)
    assert scene.alike(first) == [second]
    assert scene.alike(first, shelf=Shelf()) == [second]


def test_of_many_that_came_together_each_meets_those_before_it(scene: Scene) -> None:
    together = [scene.placed(words) for words in (LIFT, LIFT_AGAIN, OTHER_LIFT, "三号楼2单元电梯罢工")]
    assert scene.read() == len(together)
    (told,) = found(scene)
    assert (told.order_id, set(told.order_ids)) == (together[3], {together[0], together[1], together[3]})


def test_what_is_kept_holds_no_words(scene: Scene) -> None:
    order_id = scene.place("3号楼2单元电梯坏了，王老师家的孩子哮喘")
    known = kept(scene, order_id)
    assert known is not None
    assert "王老师".encode() not in known
    assert "哮喘".encode() not in known
    assert b"lift" in known


def test_a_resident_is_told_what_is_known_and_in_nobodys_words(scene: Scene) -> None:
    order_id = scene.place(LIFT)
    (known,) = scene.told("三号楼的电梯又坏了")
    assert known.order_id == order_id
    assert (known.about, known.state) == ("3号楼 电梯 停用、故障", "collected")
    assert {"place", "thing", "fault"} <= set(known.why)
    assert 0.5 <= known.sure <= 1
    assert "老人" not in repr(known)


def test_private_orders_are_told_to_no_resident(scene: Scene) -> None:
    scene.place(LIFT, private=True)
    assert scene.told(LIFT_AGAIN) == ()


def test_points_are_compared_where_words_name_no_place(scene: Scene) -> None:
    here = Point(longitude=106.0812, latitude=25.7513)
    order_id = scene.place("东门旁边的路灯不亮", point=here)
    assert [known.order_id for known in scene.told("路灯坏了，晚上很黑", point=here)] == [order_id]
    assert scene.told("路灯坏了，晚上很黑") == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"words": "水"}, "words"), ({"point": Point(longitude=200, latitude=0)}, "longitude")],
)
def test_a_question_must_be_one(scene: Scene, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        scene.told(**{"words": LIFT, **changes})
    assert refused.value.field == field


def test_no_such_community(scene: Scene) -> None:
    nowhere = Scene(scene.database, scene.sealer, "520425999999")
    with pytest.raises(Refused) as refused:
        nowhere.told(LIFT)
    assert (refused.value.slug, refused.value.status) == ("no-such-community", 422)


@pytest.mark.parametrize(
    "stranger",
    [
        VISITOR,
        Actor(id="resident-2"),
        Actor(id="liaison-2", grants=(Grant("liaison", "520425099009"),)),
        Actor(id="supervisor-2", grants=(Grant("supervisor", "500101"),)),
    ],
    ids=["visitor", "resident", "other community", "other district"],
)
def test_strangers_are_told_that_there_is_no_such_order(scene: Scene, stranger: Actor) -> None:
    first = scene.place(LIFT)
    with pytest.raises(Refused) as refused:
        scene.alike(first, stranger)
    assert refused.value.slug == "no-such-order"


def test_who_placed_it_is_shown_no_orders_of_others(scene: Scene) -> None:
    first = scene.place(LIFT)
    scene.place(LIFT_AGAIN)
    with pytest.raises(Refused) as refused:
        scene.alike(first, Actor(order_id=first))
    assert refused.value.slug == "not-allowed"


def test_an_office_that_only_looks_on_is_not_shown_private_ones(scene: Scene) -> None:
    first = scene.place(LIFT)
    second = scene.place(LIFT_AGAIN, private=True)
    grid_worker = Actor(id="worker-1", grants=(Grant("grid_worker", scene.community),))
    assert scene.alike(first, grid_worker) == []
    assert scene.alike(first) == [second]


def kept(scene: Scene, order_id: str) -> bytes | None:
    with scene.database.transaction() as db:
        known = db.execute(
            text("SELECT known FROM likenesses WHERE order_id = :id"), {"id": order_id}
        ).scalar_one()
    return None if known is None else bytes(known)


def found(scene: Scene) -> list[SimilarFound]:
    with scene.database.transaction() as db:
        bodies = db.scalars(
            text("SELECT body FROM outbox WHERE routing_key = :key ORDER BY id"),
            {"key": SimilarFound.routing_key()},
        )
        told = [decode(bytes(body), SimilarFound).body for body in bodies]
    return [each for each in told if each.community_code == scene.community]


def test_three_alike_are_told_of_without_a_word_of_theirs(scene: Scene) -> None:
    first, second = scene.place(LIFT), scene.place(LIFT_AGAIN)
    scene.place(LIFT, private=True)
    scene.place(OTHER_LIFT)
    assert found(scene) == []
    third = scene.place("3-2-501，电梯按不动")
    (told,) = found(scene)
    assert (told.order_id, set(told.order_ids)) == (third, {first, second, third})
    assert (told.about, told.found_at) == ("3号楼 电梯 停用、故障", after(0))
    assert 0.5 <= told.sure <= 1


def test_of_two_that_come_at_once_the_second_meets_the_first(scene: Scene) -> None:
    scene.place(LIFT)
    scene.placed(LIFT_AGAIN)
    scene.placed("三号楼2单元电梯罢工")
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(scene.read, (1, 1))) == [1, 1]
    assert len(found(scene)) == 1
