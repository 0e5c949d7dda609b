"""Amending one's order, and looking at a contact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from services.dispatch.contracts import State, TaskAccepted, TaskClosed
from services.intake import handlers
from services.intake.contracts import (
    AmendOrder,
    Channel,
    Contact,
    ContactRevealed,
    OrderAmended,
    PlaceOrder,
    RevealContact,
)
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.db import Database
from services.kit.outcomes import Refused
from services.kit.sealing import Sealer
from services.kit.work import begin
from tests.unit.intake.stories import after, of_task

MEMBER = Actor(id="member-1", grants=(Grant("member", "52"),))
HAND: dict[str, Any] = {"member_id": "member-1", "unit_id": None}
CONTACT = Contact(name="某居民", phone="138 0000 0001")


@pytest.fixture
def order_id(database: Database, community: str, sealer: Sealer) -> str:
    ask = PlaceOrder(
        community_code=community,
        channel=Channel.HOTLINE,
        words="楼道灯坏了",
        contact=CONTACT,
        address="某路一号",
    )
    with begin(database, service="intake", actor=VISITOR, now=after(0)) as work:
        return handlers.place_order(work, ask, sealer).order_id


def liaison(community: str) -> Actor:
    return Actor(id="liaison-1", grants=(Grant("liaison", community),))


def accept(database: Database, order_id: str) -> None:
    with begin(database, service="intake") as work:
        handlers.record_step(
            work, of_task(TaskAccepted, 1, State.ACTING, orders=(order_id,), **HAND, grabbed=True)
        )


def close(database: Database, order_id: str) -> None:
    with begin(database, service="intake") as work:
        handlers.record_step(work, of_task(TaskClosed, 2, State.CLOSED, orders=(order_id,), **HAND))


def test_an_addition_stands_in_the_history_and_is_told(
    database: Database, order_id: str, photo: Callable[[], str]
) -> None:
    added = (photo(),)
    with begin(database, service="intake", actor=Actor(order_id=order_id), now=after(1)) as work:
        handlers.amend_order(work, AmendOrder(order_id=order_id, words="三楼也坏了", photos=added))
        found = handlers.amend_order(work, AmendOrder(order_id=order_id, words="四楼也坏了"))
        told = [(envelope.aggregate, envelope.sequence, envelope.body) for envelope in work.outbox.waiting]
    body = OrderAmended(order_id=order_id, by=None, amended_at=after(1))
    assert told == [(f"order:{order_id}", 2, body), (f"order:{order_id}", 3, body)]
    assert (found.order.words, found.order.changed_at) == ("楼道灯坏了", after(1))
    assert {(step.words, step.photos, step.role) for step in found.history[1:]} == {
        ("三楼也坏了", added, "resident"),
        ("四楼也坏了", (), "resident"),
    }


@pytest.mark.parametrize(
    ("actor", "words", "slug", "status"),
    [
        (VISITOR, "三楼也坏了", "no-such-order", 404),
        (Actor(id="auditor-1", grants=(Grant("auditor", ""),)), "三楼也坏了", "not-allowed", 403),
        (None, "x", "invalid", 422),
    ],
)
def test_who_may_not_amend_and_what_not(
    database: Database, order_id: str, actor: Actor | None, words: str, slug: str, status: int
) -> None:
    asker = actor or Actor(order_id=order_id)
    with begin(database, service="intake", actor=asker) as work, pytest.raises(Refused) as refused:
        handlers.amend_order(work, AmendOrder(order_id=order_id, words=words))
    assert (refused.value.slug, refused.value.status) == (slug, status)


def test_what_has_ended_is_not_amended(database: Database, order_id: str) -> None:
    close(database, order_id)
    with (
        begin(database, service="intake", actor=Actor(order_id=order_id)) as work,
        pytest.raises(Refused) as refused,
    ):
        handlers.amend_order(work, AmendOrder(order_id=order_id, words="又坏了"))
    assert (refused.value.slug, refused.value.facts) == ("order-ended", {"state": "closed"})


def reveal(
    database: Database, sealer: Sealer, actor: Actor, order_id: str, purpose: str = "上门前联系"
) -> ContactRevealed:
    with begin(database, service="intake", actor=actor, now=after(2)) as work:
        return handlers.reveal_contact(work, RevealContact(order_id=order_id, purpose=purpose), sealer)


def looks(database: Database, order_id: str) -> list[tuple[str, str]]:
    with begin(database, service="intake") as work:
        query = text(
            "SELECT looked_by, purpose FROM looks WHERE order_id = :id AND looked_at = :at ORDER BY look_id"
        )
        return [tuple(row) for row in work.db.execute(query, {"id": order_id, "at": after(2)})]


def test_each_look_at_the_contact_is_audited(
    database: Database, community: str, sealer: Sealer, order_id: str
) -> None:
    revealed = ContactRevealed(contact=CONTACT, address="某路一号")
    assert reveal(database, sealer, liaison(community), order_id) == revealed
    accept(database, order_id)
    assert reveal(database, sealer, MEMBER, order_id, " 约时间 ") == revealed
    assert looks(database, order_id) == [("liaison-1", "上门前联系"), ("member-1", "约时间")]


def test_a_refused_look_shows_and_records_nothing(
    database: Database, community: str, sealer: Sealer, order_id: str
) -> None:
    with pytest.raises(Refused, match="用途") as refused:
        reveal(database, sealer, liaison(community), order_id, "  ")
    assert (refused.value.slug, refused.value.field) == ("invalid", "purpose")
    with pytest.raises(Refused) as hidden:
        reveal(database, sealer, MEMBER, order_id)
    assert hidden.value.status == 404
    accept(database, order_id)
    close(database, order_id)
    for actor in (MEMBER, liaison(community)):
        with pytest.raises(Refused) as closed:
            reveal(database, sealer, actor, order_id)
        assert (closed.value.slug, closed.value.status) == ("not-allowed", 403)
    assert looks(database, order_id) == []


def test_an_order_without_contact_reveals_none(database: Database, community: str, sealer: Sealer) -> None:
    ask = PlaceOrder(
        community_code=community, channel=Channel.MASS_MEETING, words="楼道灯坏了", on_behalf=True
    )
    with begin(database, service="intake", actor=liaison(community)) as work:
        order_id = handlers.place_order(work, ask, sealer).order_id
    assert reveal(database, sealer, liaison(community), order_id) == ContactRevealed(
        contact=Contact(), address=None
    )
