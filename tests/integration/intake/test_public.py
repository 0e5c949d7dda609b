"""What everyone may see: orders that are not private, without numbers, photos, people and their words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from services.intake import handlers
from services.intake.contracts import Channel, GetOrder, ListOrders, OrderPlaced, PlaceOrder
from services.kit.actor import VISITOR, Actor
from services.kit.db import Database
from services.kit.outcomes import Refused
from services.kit.sealing import Sealer
from services.kit.work import begin

WORDS = "井盖松动,请打 138 0000-0001 找我,门牌 12 号"


def placed(
    database: Database, community: str, sealer: Sealer, *photos: str, private: bool = False
) -> OrderPlaced:
    ask = PlaceOrder(
        community_code=community,
        channel=Channel.COMMUNITY_PAGE,
        words=WORDS,
        photos=photos,
        private=private,
    )
    with begin(database, service="intake", actor=Actor(id="resident-7")) as work:
        return handlers.place_order(work, ask, sealer)


def test_everyone_sees_it_masked(
    database: Database, community: str, sealer: Sealer, photo: Callable[[], str]
) -> None:
    order_id = placed(database, community, sealer, photo()).order_id
    with begin(database, service="intake", actor=VISITOR) as work:
        found = handlers.get_order(work, GetOrder(order_id=order_id, public=True))
    order = found.order
    assert order.words == "井盖松动,请打 ************* 找我,门牌 × 号"
    assert (order.photos, order.placed_by, order.filed_by, order.code) == ((), None, None, "")
    assert all((step.by, step.words, step.photos) == (None, None, ()) for step in found.history)


def test_private_orders_are_nobodys(database: Database, community: str, sealer: Sealer) -> None:
    order_id = placed(database, community, sealer, private=True).order_id
    with begin(database, service="intake", actor=VISITOR) as work:
        with pytest.raises(Refused, match="没有这条点单"):
            handlers.get_order(work, GetOrder(order_id=order_id, public=True))
        listed = handlers.list_orders(work, ListOrders(public=True, ids=(order_id,)))
    assert listed.items == ()


@pytest.mark.parametrize(
    ("search", "found"), [("井盖", True), ("0000-0001", False), ("门牌", True), ("12 号", False)]
)
def test_search_finds_only_what_is_shown(
    database: Database, community: str, sealer: Sealer, search: str, found: bool
) -> None:
    order_id = placed(database, community, sealer).order_id
    with begin(database, service="intake", actor=VISITOR) as work:
        listed = handlers.list_orders(work, ListOrders(public=True, search=search, ids=(order_id,)))
    assert bool(listed.items) is found
