"""Photos on a real database: known ones alone are referred to, seen like the words beside them, and forgotten unused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from services.intake import handlers
from services.intake.contracts import (
    AmendOrder,
    Channel,
    ClaimPhotos,
    Contact,
    GetPhoto,
    KeepPhoto,
    OrderPlaced,
    PhotoSeen,
    PlaceOrder,
    Slug,
)
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.asking import Asked
from services.kit.db import Database
from services.kit.outcomes import Refused
from services.kit.sealing import Sealer
from services.kit.work import begin
from tests.integration.intake.conftest import UPLOADED

RESIDENT = Actor(id="resident-7")
NOW = UPLOADED
DAY = timedelta(days=1)


def an_order(community: str, *photos: str, private: bool = False) -> PlaceOrder:
    return PlaceOrder(
        community_code=community,
        channel=Channel.COMMUNITY_PAGE,
        words="楼道灯坏了",
        photos=photos,
        private=private,
        contact=Contact(phone="13800000001"),
    )


def placed(database: Database, sealer: Sealer, ask: PlaceOrder) -> OrderPlaced:
    with begin(database, service="intake", actor=RESIDENT, now=NOW) as work:
        return handlers.place_order(work, ask, sealer)


def seen(database: Database, photo_id: str, actor: Actor) -> PhotoSeen | None:
    with begin(database, service="intake", actor=actor, now=NOW) as work:
        try:
            return handlers.get_photo(work, GetPhoto(photo_id=photo_id))
        except Refused as refused:
            if refused.slug != Slug.NO_SUCH_PHOTO:
                raise
            return None


def dropped(database: Database, at: datetime) -> set[str]:
    with begin(database, service="intake", now=at) as work:
        return set(handlers.drop_unused_photos(work))


@pytest.mark.parametrize("wrong", ["0" * 32, "p1", "../../etc/passwd", "x\0"])
def test_an_order_refers_to_known_photos_alone(
    database: Database, community: str, sealer: Sealer, photo: Callable[[], str], wrong: str
) -> None:
    with pytest.raises(Refused) as refused:
        placed(database, sealer, an_order(community, photo(), wrong))
    assert (refused.value.status, refused.value.field) == (422, "photos")
    order_id = placed(database, sealer, an_order(community, photo())).order_id
    with (
        pytest.raises(Refused, match="照片"),
        begin(database, service="intake", actor=RESIDENT) as work,
    ):
        handlers.amend_order(work, AmendOrder(order_id=order_id, words="又一张", photos=(wrong,)))
    with pytest.raises(Refused, match="照片"), begin(database, service="intake") as work:
        handlers.claim_photos(work, ClaimPhotos(photos=(wrong,)))


def test_one_unknown_photo_spoils_no_other_order_of_the_lot(
    database: Database, community: str, sealer: Sealer, photo: Callable[[], str]
) -> None:
    asks = [an_order(community, photo()), an_order(community, "f" * 32), an_order(community)]
    with begin(database, service="intake", now=NOW) as work:
        outcomes = handlers.place_orders(work, [Asked(RESIDENT, ask, "c") for ask in asks], sealer)
    assert [isinstance(each, OrderPlaced) for each in outcomes] == [True, False, True]


def test_a_photo_is_seen_by_those_who_may_read_the_words_beside_it(
    database: Database, community: str, sealer: Sealer, photo: Callable[[], str]
) -> None:
    photo_id = photo()
    assert seen(database, photo_id, VISITOR) == PhotoSeen(photo_id=photo_id, order_id=None)
    order_id = placed(database, sealer, an_order(community, photo_id)).order_id
    liaison = Actor(id="l", grants=(Grant("liaison", community),))
    elsewhere = Actor(id="l", grants=(Grant("liaison", "520425999"),))
    told = PhotoSeen(photo_id=photo_id, order_id=order_id)
    assert [seen(database, photo_id, who) for who in (RESIDENT, liaison, Actor(order_id=order_id))] == [
        told
    ] * 3
    assert seen(database, photo_id, VISITOR) is None
    assert seen(database, photo_id, elsewhere) is None
    assert seen(database, "f" * 32, RESIDENT) is None
    assert seen(database, "\0", RESIDENT) is None


def test_private_photos_are_not_shown_to_the_grid(
    database: Database, community: str, sealer: Sealer, photo: Callable[[], str]
) -> None:
    photo_id = photo()
    placed(database, sealer, an_order(community, photo_id, private=True))
    assert seen(database, photo_id, Actor(id="g", grants=(Grant("grid_worker", community),))) is None
    assert seen(database, photo_id, Actor(id="l", grants=(Grant("liaison", community),)))


def test_what_nobody_refers_to_is_forgotten_after_a_day(
    database: Database, community: str, sealer: Sealer, photo: Callable[[], str]
) -> None:
    used, added, claimed, unused = photo(), photo(), photo(), photo()
    order_id = placed(database, sealer, an_order(community, used)).order_id
    with begin(database, service="intake", actor=RESIDENT, now=NOW) as work:
        handlers.amend_order(work, AmendOrder(order_id=order_id, words="又一张", photos=(added,)))
    with begin(database, service="intake", now=NOW + DAY / 2) as work:
        handlers.claim_photos(work, ClaimPhotos(photos=(claimed,)))
    mine = {used, added, claimed, unused}
    assert dropped(database, NOW + DAY) & mine == set()
    assert dropped(database, NOW + DAY * 1.1) & mine == {unused}
    assert dropped(database, NOW + DAY * 1.6) & mine == {claimed}
    assert dropped(database, NOW + DAY * 100) & mine == set()
    assert seen(database, used, RESIDENT)
    assert seen(database, unused, RESIDENT) is None


@pytest.mark.parametrize("digest", ["", "0a", "g" * 64, "0A" * 32])
def test_a_digest_is_a_digest(database: Database, digest: str) -> None:
    with pytest.raises(Refused, match="SHA-256"), begin(database, service="intake") as work:
        handlers.keep_photo(work, KeepPhoto(digest=digest))
