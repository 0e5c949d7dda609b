"""Taking orders in: what lies in the tables afterwards, and what is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event, select, text

from services.intake import handlers
from services.intake.contracts import Channel, Contact, GetOrder, OrderCollected, OrderPlaced, PlaceOrder
from services.intake.domain.codes import read_code
from services.intake.store import metadata
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.asking import Asked
from services.kit.db import Database
from services.kit.envelope import decode
from services.kit.geo import Point
from services.kit.ids import new_id
from services.kit.outcomes import Refused
from services.kit.sealing import Sealer
from services.kit.work import Work, begin
from services.members.contracts import FirmPaired, Level, Node, NodesRegistered
from tests.unit.intake.stories import after, told

PHONE = "13800000001"
RESIDENT = Actor(id="resident-1", grants=(Grant("resident", ""),))


def ask(community: str, words: str = "楼道灯坏了三天", **more: object) -> PlaceOrder:
    return PlaceOrder(
        community_code=community,
        channel=Channel.HOTLINE,
        words=words,
        contact=Contact(name="某居民", phone=PHONE),
        address="某路一号",
        **more,  # type: ignore[arg-type]
    )


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """What is sent to the database meanwhile."""
    sent: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(database.engine, "before_cursor_execute", note)


def test_an_order_is_kept_as_said_and_told(
    database: Database, community: str, sealer: Sealer, photo: Callable[[], str]
) -> None:
    photos = (photo(), photo())
    with begin(database, service="intake", actor=RESIDENT, now=after(0)) as work:
        placed = handlers.place_order(
            work, ask(community, " 水管\n漏水 ", photos=photos, emergency=True), sealer
        )
    assert (placed.community_code, placed.collected_at) == (community, after(0))
    assert read_code(placed.code) == placed.code
    with begin(database, service="intake", actor=RESIDENT) as work:
        found = handlers.get_order(work, GetOrder(order_id=placed.order_id))
        bodies = work.db.scalars(
            text("SELECT body FROM outbox WHERE routing_key = :key"), {"key": OrderCollected.routing_key()}
        )
        envelopes = [decode(bytes(body), OrderCollected) for body in bodies]
    order = found.order
    assert (order.words, order.photos, order.state, order.emergency) == (
        " 水管\n漏水 ",
        photos,
        "collected",
        True,
    )
    assert (order.placed_by, order.filed_by, order.code) == ("resident-1", None, placed.code)
    assert [(step.step, step.by, step.role, step.at) for step in found.history] == [
        ("order_collected", "resident-1", "resident", after(0))
    ]
    (envelope,) = [envelope for envelope in envelopes if envelope.body.order_id == placed.order_id]
    assert (envelope.aggregate, envelope.sequence) == (f"order:{placed.order_id}", 1)
    assert envelope.body.community_code == community
    assert envelope.body.placed_by == "resident-1"
    assert placed.code not in str(envelope)


def test_personal_data_lies_sealed_and_nowhere_else(
    database: Database, community: str, sealer: Sealer
) -> None:
    with begin(database, service="intake", actor=VISITOR) as work:
        placed = handlers.place_order(work, ask(community), sealer)
        work.outbox.write(work.db)
        row = work.db.execute(
            text("SELECT contact, address, phone_index FROM orders WHERE order_id = :id"),
            {"id": placed.order_id},
        ).one()
        everything = [
            value.tobytes().decode(errors="replace") if isinstance(value, memoryview) else str(value)
            for table in metadata.sorted_tables
            for found in work.db.execute(select(table))
            for value in found
        ]
    assert PHONE in sealer.open(bytes(row.contact))
    assert sealer.open(bytes(row.address)) == "某路一号"
    assert bytes(row.phone_index) == sealer.blind(PHONE)
    assert any("楼道灯坏了三天" in value for value in everything)
    for secret in (PHONE, "某居民", "某路一号"):
        assert not any(secret in value for value in everything)


def test_of_a_place_no_more_is_kept_and_told_than_roughly_where(
    database: Database, community: str, sealer: Sealer
) -> None:
    exactly, roughly = (
        Point(longitude=106.081449, latitude=25.751061),
        Point(longitude=106.081, latitude=25.751),
    )
    with begin(database, service="intake", actor=RESIDENT) as work:
        placed = handlers.place_order(work, ask(community, point=exactly), sealer)
        (told,) = [waiting.body for waiting in work.outbox.waiting]
    assert isinstance(told, OrderCollected)
    assert told.point == roughly
    with begin(database, service="intake", actor=RESIDENT) as work:
        own = handlers.get_order(work, GetOrder(order_id=placed.order_id))
        public = handlers.get_order(work, GetOrder(order_id=placed.order_id, public=True))
    assert (own.order.point, public.order.point) == (roughly, None)


def test_filed_on_behalf(database: Database, community: str, sealer: Sealer) -> None:
    worker = Actor(id="worker-1", grants=(Grant("grid_worker", f"{community}007"),))
    with begin(database, service="intake", actor=worker) as work:
        placed = handlers.place_order(
            work, ask(community, grid_code=f"{community}007", on_behalf=True), sealer
        )
        found = handlers.get_order(work, GetOrder(order_id=placed.order_id))
    assert (found.order.placed_by, found.order.filed_by) == (None, "worker-1")
    assert [(step.by, step.role) for step in found.history] == [("worker-1", "grid_worker")]


def test_a_refused_one_spoils_no_other(database: Database, community: str, sealer: Sealer) -> None:
    items = [
        Asked(VISITOR, ask(community, "第一件事"), ""),
        Asked(VISITOR, ask("520425999999"), ""),
        Asked(VISITOR, ask("nowhere"), ""),
        Asked(VISITOR, ask(community, "x"), ""),
        Asked(RESIDENT, ask(community, "第二件事"), ""),
    ]
    with begin(database, service="intake") as work:
        outcomes = handlers.place_orders(work, items, sealer)
        assert work.outbox.write(work.db) == 2
    refused = [
        (place, outcome.slug, outcome.field)
        for place, outcome in enumerate(outcomes)
        if isinstance(outcome, Refused)
    ]
    assert refused == [
        (1, "no-such-community", "community_code"),
        (2, "no-such-community", "community_code"),
        (3, "invalid", "words"),
    ]
    with begin(database, service="intake", actor=Actor(grants=(Grant("liaison", community),))) as work:
        for place, words in ((0, "第一件事"), (4, "第二件事")):
            outcome = outcomes[place]
            assert isinstance(outcome, OrderPlaced)
            assert handlers.get_order(work, GetOrder(order_id=outcome.order_id)).order.words == words


def test_a_single_refusal_is_raised(database: Database, community: str, sealer: Sealer) -> None:
    with begin(database, service="intake", actor=VISITOR) as work, pytest.raises(Refused, match="字"):
        handlers.place_order(work, ask(community, "x"), sealer)


def test_a_code_that_is_taken_is_drawn_again(database: Database, community: str, sealer: Sealer) -> None:
    draws = iter(["2222-2222", "2222-2222", "3333-3333", "2222-2222", "3333-3333", "4444-4444"])
    items = [
        Asked(VISITOR, ask(community), ""),
        Asked(VISITOR, ask(community), ""),
        Asked(VISITOR, ask(community), ""),
    ]
    with begin(database, service="intake") as work:
        outcomes = handlers.place_orders(work, items, sealer, draw=lambda: next(draws))
        told = [envelope.body for envelope in work.outbox.waiting]
    placed = [outcome for outcome in outcomes if isinstance(outcome, OrderPlaced)]
    assert sorted(each.code for each in placed) == ["2222-2222", "3333-3333", "4444-4444"]
    assert sorted(body.order_id for body in told if isinstance(body, OrderCollected)) == sorted(
        each.order_id for each in placed
    )


def test_sixteen_orders_take_as_many_statements_as_one(
    database: Database, community: str, sealer: Sealer
) -> None:
    counts = []
    for orders in (1, 16):
        with statements(database) as sent, begin(database, service="intake") as work:
            handlers.place_orders(work, [Asked(VISITOR, ask(community), "")] * orders, sealer)
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 4


def test_a_community_counts_from_its_registration_on(database: Database, sealer: Sealer) -> None:
    community = "520426001001"
    with begin(database, service="intake", actor=VISITOR) as work:
        with pytest.raises(Refused, match="社区"):
            handlers.place_order(work, ask(community), sealer)
        register(work, community)
        assert handlers.place_order(work, ask(community), sealer).community_code == community


def register(work: Work, community: str) -> None:
    nodes = (
        Node(code=community[:9], name="某街道", level=Level.STREET),
        Node(code=community, name="某社区", level=Level.COMMUNITY),
        Node(code=f"{community}001", name="第一网格", level=Level.GRID),
    )
    body = NodesRegistered(nodes=nodes)
    envelope = told(body, aggregate="nodes:520426", sequence=1, message_id="nodes-1", at=after(0))
    handlers.nodes_registered(work, envelope)
    handlers.nodes_registered(work, envelope)


def test_who_helps_a_firm_files_for_it_until_the_newest_telling_ends_it(
    database: Database, community: str, sealer: Sealer
) -> None:
    helper = Actor(id="helper-1", grants=(Grant("member", community),))
    order = ask(community, on_behalf=True, firm_id=f"firm of {community}")

    def paired(*, lasting: bool, sequence: int) -> None:
        body = FirmPaired(
            firm_id=f"firm of {community}", community_code=community, member_id=helper.id, lasting=lasting
        )
        with begin(database, service="intake") as work:
            handlers.firm_paired(
                work, told(body, aggregate="firm:1:1", sequence=sequence, message_id=new_id(), at=after(1))
            )

    paired(lasting=True, sequence=1)
    with begin(database, service="intake", actor=helper) as work:
        placed = handlers.place_order(work, order, sealer)
        detail = handlers.get_order(work, GetOrder(order_id=placed.order_id))
    assert (detail.order.firm_id, detail.order.filed_by) == (order.firm_id, helper.id)
    assert (detail.history[0].by, detail.history[0].role) == (helper.id, "member")
    paired(lasting=False, sequence=3)
    paired(lasting=True, sequence=2)
    with pytest.raises(Refused) as refused, begin(database, service="intake", actor=helper) as work:
        handlers.place_order(work, order, sealer)
    assert refused.value.slug == "not-allowed"
