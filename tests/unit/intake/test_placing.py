"""Checks of a new order: each limit from both sides, and every refusal names its field."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.intake.contracts import Channel, Contact, PlaceOrder
from services.intake.domain.placing import Helping, check_community, check_order, office_of, phone_digits
from services.kit.actor import Actor, Grant
from services.kit.geo import Point
from services.kit.outcomes import Refused

COMMUNITY = "520425001001"
GRID = COMMUNITY + "007"
RESIDENT = Actor(id="resident-1", grants=(Grant("resident", ""),))
ORDER = PlaceOrder(community_code=COMMUNITY, channel=Channel.COMMUNITY_PAGE, words="楼道灯坏了")


def grid_worker(at: str) -> Actor:
    return Actor(id="worker-1", grants=(Grant("grid_worker", at),))


@pytest.mark.parametrize(
    "changes",
    [
        {"words": "漏水"},
        {"words": "水" * 2000},
        {"photos": ("p",) * 9},
        {"photos": ("p" * 200,)},
        {"address": "路" * 200},
        {"grid_code": GRID},
        {"contact": Contact(name="某" * 50, phone="13800000001")},
        {"contact": Contact(phone="")},
        {"point": Point(longitude=-180, latitude=90)},
    ],
)
def test_within_the_limits(changes: dict[str, Any]) -> None:
    check_order(replace(ORDER, **changes), RESIDENT)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("channel", {"channel": Channel.OPEN311}),
        ("words", {"words": "水"}),
        ("words", {"words": "  水  "}),
        ("words", {"words": "水" * 2001}),
        ("words", {"words": "漏水\0"}),
        ("photos", {"photos": ("p",) * 10}),
        ("photos", {"photos": ("p" * 201,)}),
        ("photos", {"photos": ("",)}),
        ("address", {"address": "路" * 201}),
        ("category", {"category": "c" * 51}),
        ("grid_code", {"grid_code": "520425001002007"}),
        ("grid_code", {"grid_code": COMMUNITY + "07"}),
        ("grid_code", {"grid_code": COMMUNITY + "abc"}),
        ("longitude", {"point": Point(longitude=180.1, latitude=0)}),
        ("latitude", {"point": Point(longitude=0, latitude=-90.1)}),
        ("contact.name", {"contact": Contact(name="某" * 51)}),
        ("contact.phone", {"contact": Contact(phone="12345")}),
    ],
)
def test_beyond_the_limits_the_field_is_named(field: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        check_order(replace(ORDER, **changes), RESIDENT)
    assert (refused.value.slug, refused.value.status, refused.value.field) == ("invalid", 422, field)


def test_a_visitor_leaves_a_phone() -> None:
    with pytest.raises(Refused) as refused:
        check_order(ORDER, Actor())
    assert refused.value.field == "contact.phone"
    check_order(replace(ORDER, channel=Channel.OPEN311, client_id="client-1"), Actor())
    check_order(replace(ORDER, contact=Contact(phone="0851-8600000")), Actor())


@pytest.mark.parametrize("code", ["520425001999", "52042500100", "", "5204250010011", "52042500100x"])
def test_an_unknown_community_is_refused(code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_community(code, {COMMUNITY})
    assert (refused.value.slug, refused.value.field) == ("no-such-community", "community_code")


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("13800000001", "13800000001"),
        ("+86 138-0000-0001", "13800000001"),
        ("138 0000 0001", "13800000001"),
        ("(0851)8600000", "08518600000"),
        ("010-80000000", "01080000000"),
        ("0851-86000000", "085186000000"),
        ("12800000001", None),
        ("1380000000", None),
        ("138000000011", None),
        ("86000000", None),
        ("110", None),
        ("手机", None),
    ],
)
def test_mainland_phones(said: str, digits: str | None) -> None:
    assert phone_digits(said) == digits


@pytest.mark.parametrize(
    ("at", "grid", "office"),
    [
        (COMMUNITY, None, "grid_worker"),
        ("520425001", None, "grid_worker"),
        (GRID, GRID, "grid_worker"),
        (GRID, None, "grid_worker"),
        (GRID, COMMUNITY + "008", "grid_worker"),
        ("520425001002", None, None),
        ("520425001002001", None, None),
    ],
)
def test_who_may_file_on_behalf(at: str, grid: str | None, office: str | None) -> None:
    assert office_of(grid_worker(at), COMMUNITY, grid) == office


def test_a_firm_is_filed_for_by_its_helper_in_its_own_community() -> None:
    helper = Actor(id="h", grants=(Grant("member", COMMUNITY),))
    helpers = frozenset({Helping(firm_id="f", member_id="h", community_code=COMMUNITY)})
    order = replace(ORDER, on_behalf=True, firm_id="f")
    check_order(order, helper, helpers)
    elsewhere = frozenset({Helping(firm_id="f", member_id="h", community_code="520425001002")})
    for actor, known in (
        (helper, frozenset()),
        (helper, elsewhere),
        (Actor(id="other"), helpers),
        (grid_worker(COMMUNITY), helpers),
    ):
        with pytest.raises(Refused) as refused:
            check_order(order, actor, known)
        assert refused.value.slug == "not-allowed"
    with pytest.raises(Refused) as refused:
        check_order(replace(order, on_behalf=False), helper, helpers)
    assert refused.value.field == "on_behalf"


def test_filing_on_behalf_needs_the_role_there() -> None:
    on_behalf = replace(ORDER, on_behalf=True)
    check_order(on_behalf, grid_worker(COMMUNITY))
    for actor in (
        RESIDENT,
        Actor(),
        grid_worker("520425001002"),
        Actor(id="m", grants=(Grant("member", COMMUNITY),)),
    ):
        with pytest.raises(Refused) as refused:
            check_order(on_behalf, actor)
        assert (refused.value.slug, refused.value.status) == ("not-allowed", 403)
