"""Suggestions on a real database: who may read them, what registrations teach, and that it can be taken back."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from services.dispatch.contracts import State, TaskEvent, TaskRegistered
from services.intake import handlers
from services.intake.contracts import (
    Channel,
    Contact,
    ForgetLessons,
    PlaceOrder,
    Reading,
    ReadOrder,
    ReadWords,
    Slug,
)
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.asking import Ask
from services.kit.db import Database
from services.kit.envelope import Envelope
from services.kit.ids import new_id
from services.kit.outcomes import Refused
from services.kit.sealing import Sealer
from services.kit.testing import rows_read
from services.kit.work import begin
from tests.unit.intake.stories import after

WORDS = "巷口的晾衣架被风吹倒了，请扶起来"
BEFORE = 3_000
FEW = 50
COUNTED_BEFORE = text(
    "INSERT INTO lessons (order_id, district_code, category, counted, told_at)"
    " SELECT order_id || number, '', 'other', 'other', collected_at FROM copies"
)
COPIES = text(
    "CREATE TEMPORARY TABLE copies ON COMMIT DROP AS"
    " SELECT * FROM orders, generate_series(1, :before) number WHERE order_id = :order_id"
)
ENTERED = text(
    "INSERT INTO orders SELECT (jsonb_populate_record(NULL::orders, to_jsonb(copies)"
    " || jsonb_build_object('order_id', order_id || number, 'code', code || number))).* FROM copies"
)


class Desk:
    """Places, registers and reads orders in one community of a district of its own."""

    def __init__(self, database: Database, community: str, sealer: Sealer) -> None:
        self.database, self.sealer = database, sealer
        self.community = community
        self.liaison = Actor(id="liaison", grants=(Grant("liaison", community),))
        self.operator = Actor(id="operator", grants=(Grant("operator", community[:6]),))

    def place(self, words: str = WORDS, *, private: bool = False, hours: float = 0) -> str:
        ask = PlaceOrder(
            community_code=self.community,
            channel=Channel.HOTLINE,
            words=words,
            contact=Contact(phone="13800000001"),
            private=private,
        )
        with begin(self.database, service="intake", now=after(hours)) as work:
            return handlers.place_order(work, ask, self.sealer).order_id

    def ask(self, actor: Actor, ask: Ask[Reading]) -> Reading:
        with begin(self.database, service="intake", actor=actor) as work:
            found = getattr(handlers, ask.method)(work, ask)
            assert isinstance(found, Reading)
            return found

    def registered(self, order_id: str, category: str, *, hours: float = 1) -> None:
        body = TaskRegistered(
            task_id=f"task of {order_id}",
            order_ids=(order_id,),
            community_code=self.community,
            state=State.REGISTERED,
            by="liaison",
            role="liaison",
            at=after(hours),
            category=category,
            promised_at=after(hours + 24),
        )
        envelope = Envelope[TaskEvent](
            id=new_id(), type=body.type, version=body.version, occurred_at=after(hours), aggregate="task:1",
            sequence=1, correlation="test", causation=None, body=body,
        )  # fmt: skip
        with begin(self.database, service="intake") as work:
            handlers.record_step(work, envelope)

    def count(self) -> int:
        with begin(self.database, service="intake") as work:
            return handlers.count_lessons(work)

    def forget(self, actor: Actor, node: str, hours: float) -> int:
        with begin(self.database, service="intake", actor=actor) as work:
            return handlers.forget_lessons(work, ForgetLessons(node=node, since=after(hours))).lessons

    def counts(self) -> list[tuple[int, str, int]]:
        with self.database.transaction() as db:
            rows = db.execute(text("SELECT fragment, category, lessons FROM lesson_counts WHERE lessons > 0"))
            return sorted((row.fragment, row.category, row.lessons) for row in rows)


@pytest.fixture
def desk(database: Database, community: str, sealer: Sealer) -> Desk:
    with database.transaction() as db:
        db.execute(text("TRUNCATE lessons, lesson_counts"))
    return Desk(database, community, sealer)


def test_the_places_workers_read_an_order_and_anybody_reads_own_words(desk: Desk) -> None:
    order_id = desk.place("有人被困在电梯里出不来")
    found = desk.ask(desk.liaison, ReadOrder(order_id=order_id))
    assert (found.categories[0].category, found.urgency, found.lessons) == ("facilities_lift", "emergency", 0)
    assert [(each.sign, each.phrase) for each in found.signs] == [("trapped", "困在电梯")]
    unsent = desk.ask(VISITOR, ReadWords(community_code=desk.community, words="路灯不亮了"))
    assert desk.ask(VISITOR, ReadWords(words="路灯不亮了")) == unsent
    assert unsent.categories[0].category == "facilities_light"


@pytest.mark.parametrize(
    ("role", "node", "slug"),
    [
        ("resident", "", Slug.NO_SUCH_ORDER),
        ("liaison", "999999999999", Slug.NO_SUCH_ORDER),
        ("evaluator", "520425", Slug.NOT_ALLOWED),
        ("auditor", "520425", Slug.NOT_ALLOWED),
    ],
)
def test_nobody_else_reads_it(desk: Desk, role: str, node: str, slug: Slug) -> None:
    order_id = desk.place()
    stranger = Actor(id="stranger", grants=(Grant(role, node),))
    with pytest.raises(Refused) as refused:
        desk.ask(stranger, ReadOrder(order_id=order_id))
    assert refused.value.slug == slug


def test_a_private_order_is_not_for_the_grid(desk: Desk) -> None:
    grid = Actor(id="grid", grants=(Grant("grid_worker", desk.community),))
    assert desk.ask(grid, ReadOrder(order_id=desk.place())).categories
    with pytest.raises(Refused):
        desk.ask(grid, ReadOrder(order_id=desk.place(private=True)))


@pytest.mark.parametrize("code", ["999999999999", "x", ""])
def test_unsent_words_need_a_community(desk: Desk, code: str) -> None:
    with pytest.raises(Refused) as refused:
        desk.ask(VISITOR, ReadWords(community_code=code, words="路灯不亮"))
    assert (refused.value.status, refused.value.field) == (422, "community_code")


def test_unsent_words_have_to_say_something(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        desk.ask(VISITOR, ReadWords(community_code=desk.community, words=" 灯 "))
    assert (refused.value.status, refused.value.field) == (422, "words")


def test_registrations_teach_once_each_and_the_next_order_like_them_is_read_so(desk: Desk) -> None:
    before = desk.ask(desk.liaison, ReadOrder(order_id=desk.place()))
    assert before.categories[0].category != "liveability_green"
    taught = [desk.place(f"{words}{WORDS}") for words in ("你好，", "麻烦问一下，", "反映：")]
    for order_id in taught:
        desk.registered(order_id, "liveability_green")
    assert (desk.count(), desk.count()) == (3, 0)
    once = desk.counts()
    desk.registered(taught[0], "liveability_green")
    assert (desk.count(), desk.counts()) == (0, once), "told twice, counted once"
    after_lessons = desk.ask(desk.liaison, ReadOrder(order_id=desk.place()))
    assert (after_lessons.categories[0].category, after_lessons.lessons) == ("liveability_green", 3)


def test_a_registration_that_changes_its_mind_leaves_no_trace_of_the_first(desk: Desk) -> None:
    order_id = desk.place()
    desk.registered(order_id, "other")
    desk.count()
    desk.registered(order_id, "neighbour", hours=2)
    assert desk.count() == 1
    assert {category for _, category, _ in desk.counts()} == {"neighbour"}


def test_lessons_stay_in_their_district_and_hold_no_words(desk: Desk) -> None:
    for _ in range(3):
        desk.registered(desk.place(), "liveability_green")
    desk.count()
    elsewhere = Desk(desk.database, "520426001001", desk.sealer)
    with begin(desk.database, service="intake") as work:
        work.db.execute(text("INSERT INTO communities VALUES ('520426001001') ON CONFLICT DO NOTHING"))
    assert elsewhere.ask(VISITOR, ReadWords(community_code=elsewhere.community, words=WORDS)).lessons == 0
    with desk.database.transaction() as db:
        kept = str(
            db.execute(text("SELECT lessons::text, c::text FROM lessons, lesson_counts c LIMIT 500")).all()
        )
    assert not any(letter in kept for letter in WORDS if letter != "，")


def test_operators_of_the_place_take_lessons_back(desk: Desk) -> None:
    early, late = desk.place(), desk.place()
    desk.registered(early, "other", hours=1)
    desk.registered(late, "neighbour", hours=5)
    desk.count()
    for stranger in (desk.liaison, Actor(id="o", grants=(Grant("operator", "420502"),))):
        with pytest.raises(Refused) as refused:
            desk.forget(stranger, desk.community, 0)
        assert (refused.value.slug, refused.value.status) == (Slug.NOT_ALLOWED, 403)
    assert desk.forget(desk.operator, desk.community, 4) == 1
    desk.count()
    assert {category for _, category, _ in desk.counts()} == {"other"}
    assert desk.forget(desk.operator, "52", 0) == 1, "of a wider place: what lies in the operator's own"
    desk.count()
    assert desk.counts() == []


def test_new_lessons_are_counted_without_going_through_all_orders(desk: Desk) -> None:
    order_id = desk.place()
    with desk.database.transaction() as db:
        db.execute(COPIES, {"before": BEFORE, "order_id": order_id})
        db.execute(ENTERED)
        db.execute(COUNTED_BEFORE)
        db.execute(text("ANALYZE orders, lessons"))  # as the server does by itself after a while
    desk.registered(desk.place(), "other")
    with begin(desk.database, service="intake") as work:
        before = rows_read(work.db, "orders")
        assert handlers.count_lessons(work) == 1
        assert rows_read(work.db, "orders") - before < FEW
