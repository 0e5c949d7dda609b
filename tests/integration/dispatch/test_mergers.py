"""Merged orders are spoken for by one task; a refusal or a merger may be appealed once, to the street."""

from __future__ import annotations

import pytest

from services.dispatch.contracts import (
    AppealRefusal,
    ConfirmTask,
    GetTask,
    MergeOrder,
    RefuseOrder,
    RegisterTask,
    ReopenTask,
    Slug,
    State,
    TaskView,
    VerifyTask,
)
from services.kit.outcomes import Refused
from tests.integration.dispatch.world import (
    LIAISON,
    NEIGHBOUR,
    NEIGHBOURS,
    RESIDENT,
    SUPERVISOR,
    World,
    member,
)


def merged(world: World, order_id: str = "order-2", into: str = "order-1") -> TaskView:
    world.collected(order_id, placed_by=NEIGHBOUR.id)
    return world.task(LIAISON, MergeOrder(order_id=order_id, into_order_id=into))


def test_the_other_task_speaks_for_a_merged_order(world: World) -> None:
    task = world.acting("order-1")
    own = merged(world)
    assert own.state is State.MERGED
    body = world.outbox(own.task_id)[-1]["body"]
    assert (body["order_ids"], body["into_task_id"]) == (["order-2"], task.task_id)
    assert (body["member_id"], body["unit_id"]) == (task.member_id, task.unit_id) == ("member-1", "unit-1")
    seen = world.task(NEIGHBOUR, GetTask(order_id="order-2"))
    assert (seen.task_id, seen.order_ids) == (task.task_id, ("order-1", "order-2"))
    with pytest.raises(Refused) as refused:
        world.task(LIAISON, RefuseOrder(order_id="order-2", reason="重复"))
    assert refused.value.facts == {"state": "merged"}


def test_a_merger_names_nobody_while_nobody_acts(world: World) -> None:
    world.answered("order-1")
    body = world.outbox(merged(world).task_id)[-1]["body"]
    assert (body["member_id"], body["unit_id"]) == (None, None)


def test_any_resident_of_a_joint_task_may_reopen_and_any_may_confirm(world: World) -> None:
    task = world.verified("order-1")
    merged(world)
    world.task(NEIGHBOUR, ReopenTask(order_id="order-2", reason="我这边没解决"))
    assert world.outbox(task.task_id)[-1]["body"]["order_ids"] == ["order-1", "order-2"]
    world.finish(task.task_id)
    world.task(LIAISON, VerifyTask(task_id=task.task_id))
    assert world.task(NEIGHBOUR, ConfirmTask(order_id="order-2")).state is State.PUBLISHED


def test_mergers_follow_mergers(world: World) -> None:
    world.collected("order-1")
    merged(world, "order-2", "order-1")
    third = world.registered("order-3")
    world.task(LIAISON, MergeOrder(order_id="order-1", into_order_id="order-3"))
    for order_id in ("order-1", "order-2", "order-3"):
        seen = world.task(LIAISON, GetTask(order_id=order_id))
        assert (seen.task_id, seen.order_ids) == (third.task_id, ("order-3", "order-1", "order-2"))
    back = world.task(NEIGHBOUR, AppealRefusal(order_id="order-2", words="不是一回事"))
    assert (back.state, back.order_ids) == (State.COLLECTED, ("order-2",))
    again = world.task(RESIDENT, AppealRefusal(order_id="order-1", words="也不是"))
    assert again.order_ids == ("order-1",)
    assert world.task(LIAISON, GetTask(order_id="order-3")).order_ids == ("order-3",)


@pytest.mark.parametrize(
    ("into", "slug", "status"),
    [("order-1", Slug.SAME_ORDER, 409), ("order-2", Slug.INVALID, 422), ("order-3", Slug.WRONG_STATE, 409)],
)
def test_mergers_that_make_no_sense(world: World, into: str, slug: Slug, status: int) -> None:
    world.collected("order-1")
    world.collected("order-2", community=NEIGHBOURS)
    world.collected("order-3")
    world.task(LIAISON, RefuseOrder(order_id="order-3", reason="不属社区职责"))
    with pytest.raises(Refused) as refused:
        world.task(SUPERVISOR, MergeOrder(order_id="order-1", into_order_id=into))
    assert (refused.value.slug, refused.value.status, refused.value.field) == (slug, status, "into_order_id")


def test_after_an_appeal_the_street_decides_and_the_resident_has_spoken(world: World) -> None:
    world.collected("order-1")
    world.task(LIAISON, RefuseOrder(order_id="order-1", reason="不属社区职责"))
    appeal = AppealRefusal(order_id="order-1", words="这是公共楼道")
    back = world.task(RESIDENT, appeal)
    assert (back.state, back.allowed) == (State.COLLECTED, ("remind",))
    register = RegisterTask(order_id="order-1", category="other")
    with pytest.raises(Refused) as refused:
        world.task(LIAISON, register)
    assert (refused.value.slug, refused.value.status) == (Slug.NOT_ALLOWED, 403)
    world.task(SUPERVISOR, RefuseOrder(order_id="order-1", reason="属物业维修"))
    with pytest.raises(Refused) as refused:
        world.task(RESIDENT, appeal)
    assert (refused.value.slug, refused.value.status) == (Slug.ALREADY_APPEALED, 409)
    assert world.steps(back.task_id) == ["order_refused", "order_appealed", "order_refused"]


def test_a_merged_resident_may_appeal_the_refusal_of_the_joint_task(world: World) -> None:
    world.collected("order-1")
    merged(world)
    world.task(LIAISON, RefuseOrder(order_id="order-1", reason="不属社区职责"))
    back = world.task(NEIGHBOUR, AppealRefusal(order_id="order-2", words="请再看看"))
    assert (back.state, back.order_ids) == (State.COLLECTED, ("order-1", "order-2"))


def test_only_the_resident_appeals(world: World) -> None:
    world.registered("order-1")
    merged(world)
    for other in (RESIDENT, LIAISON, member(1)):
        with pytest.raises(Refused) as refused:
            world.task(other, AppealRefusal(order_id="order-2", words="不是一回事"))
        assert refused.value.slug == Slug.NOT_ALLOWED
    assert world.task(LIAISON, GetTask(order_id="order-2")).order_ids == ("order-1", "order-2")
