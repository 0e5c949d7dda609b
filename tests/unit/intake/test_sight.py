"""Who sees how much: a hand-written table of askers against four orders."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.dispatch.contracts import State
from services.intake.contracts import Channel, Step
from services.intake.domain.orders import Order, Standing
from services.intake.domain.sight import (
    Sight,
    detail_of,
    may_look_at_contact,
    reads_whole,
    sight,
    view_of,
)
from services.kit.actor import VISITOR, Actor, Grant
from tests.unit.intake.stories import COMMUNITY, after

GRID = COMMUNITY + "007"
UNIT = "unit-1"

PLAIN = Order(
    order_id="order-1",
    code="2345-6789",
    community_code=COMMUNITY,
    grid_code=GRID,
    channel=Channel.HOTLINE,
    category=None,
    words="楼道灯坏了",
    photos=("p",),
    emergency=False,
    private=False,
    placed_by="resident-1",
    filed_by=None,
    collected_at=after(0),
    changed_at=after(0),
)
OPEN = replace(PLAIN, standing=Standing(state=State.REGISTERED, open_scope=COMMUNITY))
ASKED = replace(PLAIN, standing=Standing(state=State.ASSIGNED, asked_member="member-1", asked_unit=None))
ASKED_UNIT = replace(PLAIN, standing=Standing(state=State.ASSIGNED, asked_unit=UNIT))
ACTING = replace(PLAIN, standing=Standing(state=State.ACTING, acting_member="member-1", acting_unit=UNIT))
CALLED = replace(PLAIN, standing=Standing(state=State.ACTING, called=("unit-2",)))
HELPING = replace(PLAIN, standing=Standing(state=State.ACTING, helping=("unit-2",)))
FILED = replace(PLAIN, placed_by=None, filed_by="worker-1")


def holding(role: str, node: str, account: str = "somebody") -> Actor:
    return Actor(id=account, grants=(Grant(role, node),))


MEMBER = holding("member", COMMUNITY, "member-1")
LEADER = holding("unit_leader", f"unit:{UNIT}", "leader-1")
HELPER = holding("unit_leader", "unit:unit-2", "leader-2")
RESIDENT = holding("resident", "", "resident-1")
LIAISON = holding("liaison", COMMUNITY)
STREET = holding("supervisor", COMMUNITY[:9])
WORKER = holding("grid_worker", GRID)
CODE = Actor(order_id="order-1")

CASES = [
    (PLAIN, VISITOR, Sight.NONE),
    (PLAIN, Actor(order_id="order-2"), Sight.NONE),
    (PLAIN, CODE, Sight.OWN),
    (PLAIN, RESIDENT, Sight.OWN),
    (PLAIN, holding("resident", "", "resident-2"), Sight.NONE),
    (FILED, holding("grid_worker", "", "worker-1"), Sight.OWN),
    (FILED, VISITOR, Sight.NONE),
    (PLAIN, LIAISON, Sight.OFFICE),
    (PLAIN, STREET, Sight.OFFICE),
    (PLAIN, WORKER, Sight.OFFICE),
    (PLAIN, holding("grid_head", GRID), Sight.OFFICE),
    (PLAIN, holding("evaluator", "5204"), Sight.OFFICE),
    (PLAIN, holding("auditor", "52"), Sight.OFFICE),
    (PLAIN, holding("operator", ""), Sight.NONE),
    (PLAIN, holding("liaison", "520425001002"), Sight.NONE),
    (PLAIN, holding("grid_worker", COMMUNITY + "008"), Sight.NONE),
    (PLAIN, MEMBER, Sight.NONE),
    (PLAIN, LEADER, Sight.NONE),
    (OPEN, MEMBER, Sight.GRAB),
    (OPEN, holding("member", "520425001002"), Sight.NONE),
    (OPEN, VISITOR, Sight.NONE),
    (ASKED, MEMBER, Sight.HAND),
    (ASKED, LEADER, Sight.NONE),
    (ASKED_UNIT, LEADER, Sight.HAND),
    (ASKED_UNIT, MEMBER, Sight.NONE),
    (ACTING, MEMBER, Sight.HAND),
    (ACTING, LEADER, Sight.HAND),
    (ACTING, HELPER, Sight.NONE),
    (CALLED, HELPER, Sight.HAND),
    (HELPING, HELPER, Sight.HAND),
    (HELPING, LEADER, Sight.NONE),
]
PRIVATE_CASES = [
    (PLAIN, CODE, Sight.OWN),
    (PLAIN, RESIDENT, Sight.OWN),
    (PLAIN, LIAISON, Sight.OFFICE),
    (PLAIN, STREET, Sight.OFFICE),
    (PLAIN, WORKER, Sight.NONE),
    (PLAIN, holding("evaluator", "5204"), Sight.NONE),
    (OPEN, MEMBER, Sight.NONE),
    (ASKED, MEMBER, Sight.NONE),
    (ACTING, MEMBER, Sight.HAND),
    (ACTING, LEADER, Sight.HAND),
    (CALLED, HELPER, Sight.NONE),
    (HELPING, HELPER, Sight.HAND),
]


@pytest.mark.parametrize(("order", "actor", "expected"), CASES)
def test_an_order_that_is_not_private(order: Order, actor: Actor, expected: Sight) -> None:
    assert sight(order, actor) is expected


@pytest.mark.parametrize(("order", "actor", "expected"), PRIVATE_CASES)
def test_a_private_order(order: Order, actor: Actor, expected: Sight) -> None:
    assert sight(replace(order, private=True), actor) is expected


def test_the_follow_code_is_shown_to_its_owner_alone() -> None:
    assert view_of(PLAIN, Sight.OWN, whole=True).code == "2345-6789"
    assert {view_of(PLAIN, seen, whole=True).code for seen in (Sight.OFFICE, Sight.HAND, Sight.GRAB)} == {""}


def test_who_may_only_grab_reads_what_happened_and_not_who_said_what() -> None:
    step = Step(
        step="order_amended", state="registered", at=after(1), by="resident-1", role="resident", place=COMMUNITY, words="x", photos=("p",)
    )  # fmt: skip
    public, full = (detail_of(OPEN, (step,), (), seen, whole=True) for seen in (Sight.GRAB, Sight.HAND))
    assert full.history == (step,)
    assert (full.order.placed_by, public.order.placed_by) == ("resident-1", None)
    assert public.history == (replace(step, by=None, words=None, photos=()),)


@pytest.mark.parametrize(
    ("state", "actor", "allowed"),
    [
        (State.COLLECTED, LIAISON, True),
        (State.ACTING, LIAISON, True),
        (State.PUBLISHED, LIAISON, True),
        (State.CLOSED, LIAISON, False),
        (State.REFUSED, LIAISON, False),
        (State.ACTING, STREET, True),
        (State.ACTING, WORKER, True),
        (State.ACTING, holding("evaluator", "5204"), False),
        (State.ACTING, holding("liaison", "520425001002"), False),
        (State.ACTING, MEMBER, True),
        (State.ACTING, LEADER, True),
        (State.MERGED, MEMBER, True),
        (State.ANSWERED, MEMBER, False),
        (State.CLOSED, MEMBER, False),
        (State.ACTING, holding("member", COMMUNITY, "member-2"), False),
        (State.ACTING, RESIDENT, False),
        (State.ACTING, VISITOR, False),
    ],
)
def test_who_may_look_at_the_contact(state: State, actor: Actor, allowed: bool) -> None:
    order = replace(ACTING, standing=replace(ACTING.standing, state=state))
    assert may_look_at_contact(order, actor) is allowed


@pytest.mark.parametrize(
    ("order", "actor", "whole"),
    [
        (OPEN, MEMBER, False),
        (ASKED, MEMBER, False),
        (ACTING, MEMBER, True),
        (replace(ACTING, standing=replace(ACTING.standing, state=State.CLOSED)), MEMBER, False),
        (replace(PLAIN, standing=Standing(state=State.CLOSED)), LIAISON, False),
        (replace(PLAIN, standing=Standing(state=State.CLOSED)), RESIDENT, True),
        (PLAIN, LIAISON, True),
        (PLAIN, holding("evaluator", "5204"), False),
        (PLAIN, CODE, True),
    ],
)
def test_words_are_whole_for_whom_the_contact_is(order: Order, actor: Actor, whole: bool) -> None:
    said = replace(order, words="请打 13800000001")
    shown = view_of(said, sight(said, actor), whole=reads_whole(said, actor)).words
    assert ("13800000001" in shown) is whole


def test_a_private_contact_is_not_for_the_grid() -> None:
    assert not may_look_at_contact(replace(PLAIN, private=True), WORKER)
    assert may_look_at_contact(replace(PLAIN, private=True), LIAISON)
