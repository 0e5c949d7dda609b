"""Each request by each kind of person who has nothing to do with the task: refused, and nothing is changed or told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.dispatch.contracts import (
    AcceptTask,
    AnswerTask,
    AppealRefusal,
    AskInTurn,
    AssignTask,
    BeginWork,
    CallUnits,
    ConfirmTask,
    DeclineTask,
    DismissHand,
    EnterHours,
    FinishPart,
    GetTask,
    GrabTask,
    HandDownTask,
    HandKind,
    JoinTask,
    LeaveTask,
    ListCandidates,
    ListTasks,
    MatchTask,
    MergeOrder,
    OfferSlot,
    OpenTask,
    PauseTask,
    RaiseTask,
    RefuseOrder,
    RegisterTask,
    ReleaseTask,
    RemindTask,
    ReopenTask,
    ResumeTask,
    ReturnTask,
    SendBackTask,
    SetSlots,
    SlotWanted,
    Slug,
    StartTask,
    TakeBackTask,
    TakeSlot,
    TaskView,
    UrgeTask,
    VerifyTask,
    WaivePart,
    WhyMe,
)
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.asking import Ask
from services.kit.outcomes import Refused
from services.members.contracts import MemberCheckedOut, Role
from tests.integration.dispatch.world import (
    COMMUNITY,
    GRID,
    LIAISON,
    NEIGHBOUR,
    NEIGHBOURS,
    SUPERVISOR,
    World,
    leader,
    member,
)

HELPER = "unit-helper"


def somebody(role: Role, node: str) -> Actor:
    return Actor(id=f"{role} at {node}", grants=(Grant(role, node),))


STRANGERS = {
    "visitor": VISITOR,
    "another resident": NEIGHBOUR,
    "holder of another code": Actor(order_id="order-9"),
    "member from next door": member(8, NEIGHBOURS),
    "leader of another unit": somebody(Role.UNIT_LEADER, "unit:unit-2"),
    "leader of the member's unit": somebody(Role.UNIT_LEADER, "unit:unit-1"),
    "liaison next door": somebody(Role.LIAISON, NEIGHBOURS),
    "supervisor of another street": somebody(Role.SUPERVISOR, "520425002"),
    "worker of another grid": somebody(Role.GRID_WORKER, COMMUNITY + "004"),
    "head of another grid": somebody(Role.GRID_HEAD, COMMUNITY + "004"),
    "operator of the place": somebody(Role.OPERATOR, COMMUNITY),
    "evaluator elsewhere": somebody(Role.EVALUATOR, "520426"),
}


def collected(world: World) -> str:
    world.collected("order-1", grid=GRID)
    return world.task(LIAISON, GetTask(order_id="order-1")).task_id


def refused(world: World) -> str:
    collected(world)
    return world.task(LIAISON, RefuseOrder(order_id="order-1", reason="重复")).task_id


def at(state: Callable[[World], TaskView]) -> Callable[[World], str]:
    return lambda world: state(world).task_id


def grabbed(world: World) -> TaskView:
    world.checks_in(member(1))
    return world.task(member(1), GrabTask(task_id=world.opened().task_id))


def paused(world: World) -> TaskView:
    return world.task(member(1), PauseTask(task_id=world.acting().task_id, reason="等材料"))


def acting_near_a_unit(world: World) -> str:
    world.unit_reports(HELPER)
    return world.acting().task_id


def whistled(world: World) -> TaskView:
    call = CallUnits(task_id=acting_near_a_unit(world), unit_ids=(HELPER,), words="请一起办")
    return world.task(SUPERVISOR, call)


def joined(world: World) -> TaskView:
    return world.task(leader(HELPER), JoinTask(task_id=whistled(world).task_id, hand_id=HELPER))


def passed_up(world: World) -> TaskView:
    return world.task(LIAISON, RaiseTask(task_id=world.acting().task_id, reason="归街道"))


def deserted(world: World) -> TaskView:
    task = world.acting()
    left = MemberCheckedOut(member_id="member-1", unit_id=None, community_code=COMMUNITY, grid_code=None)
    world.tell(left, "member:member-1", 2)
    return task


def staffed(world: World) -> TaskView:
    task = world.opened()
    return world.task(LIAISON, SetSlots(task_id=task.task_id, slots=(SlotWanted(role="搬运", count=2),)))


def asked(world: World) -> TaskView:
    world.checks_in(member(1))
    offer = OfferSlot(task_id=staffed(world).task_id, slot="搬运", member_id="member-1")
    return world.task(LIAISON, offer)


Situation = Callable[[World], str]
Request = Callable[[str], Ask[Any]]

REQUESTS: dict[str, tuple[Situation, Request]] = {
    "get": (at(World.acting), lambda task: GetTask(task_id=task)),
    "get by order": (at(World.acting), lambda _: GetTask(order_id="order-1")),
    "register": (collected, lambda _: RegisterTask(order_id="order-1", category="other")),
    "refuse": (collected, lambda _: RefuseOrder(order_id="order-1", reason="重复")),
    "merge": (collected, lambda _: MergeOrder(order_id="order-1", into_order_id="order-2")),
    "appeal": (refused, lambda _: AppealRefusal(order_id="order-1", words="请再看看")),
    "assign": (
        at(World.registered),
        lambda task: AssignTask(task_id=task, hand_kind=HandKind.MEMBER, hand_id="member-8"),
    ),
    "match": (at(World.registered), lambda task: MatchTask(task_id=task)),
    "ask in turn": (at(World.registered), lambda task: AskInTurn(task_id=task)),
    "candidates": (at(World.registered), lambda task: ListCandidates(task_id=task)),
    "why me": (at(World.registered), lambda task: WhyMe(task_id=task)),
    "why another": (at(World.registered), lambda task: WhyMe(task_id=task, hand_id="member-1")),
    "open": (at(World.registered), lambda task: OpenTask(task_id=task)),
    "grab": (at(World.opened), lambda task: GrabTask(task_id=task)),
    "accept": (at(World.assigned), lambda task: AcceptTask(task_id=task)),
    "decline": (at(World.assigned), lambda task: DeclineTask(task_id=task, reason="出差")),
    "release": (at(grabbed), lambda task: ReleaseTask(task_id=task)),
    "start": (at(World.acting), lambda task: StartTask(task_id=task)),
    "pause": (at(World.acting), lambda task: PauseTask(task_id=task, reason="等材料")),
    "resume": (at(paused), lambda task: ResumeTask(task_id=task)),
    "return": (at(World.acting), lambda task: ReturnTask(task_id=task, reason="需专业设备")),
    "answer": (at(World.acting), lambda task: AnswerTask(task_id=task, words="好了")),
    "verify": (at(World.answered), lambda task: VerifyTask(task_id=task)),
    "send back": (at(World.answered), lambda task: SendBackTask(task_id=task, reason="照片不清")),
    "remind": (at(World.acting), lambda _: RemindTask(order_id="order-1")),
    "confirm": (at(World.verified), lambda _: ConfirmTask(order_id="order-1")),
    "reopen": (at(World.verified), lambda _: ReopenTask(order_id="order-1", reason="没解决")),
    "object": (at(World.published), lambda _: ReopenTask(order_id="order-1", reason="没解决")),
    "whistle": (
        acting_near_a_unit,
        lambda task: CallUnits(task_id=task, unit_ids=(HELPER,), words="请一起办"),
    ),
    "report": (at(whistled), lambda task: JoinTask(task_id=task, hand_id=HELPER)),
    "finish a part": (at(joined), lambda task: FinishPart(task_id=task, hand_id=HELPER, words="好了")),
    "leave": (at(joined), lambda task: LeaveTask(task_id=task, hand_id=HELPER, reason="出差")),
    "waive": (at(joined), lambda task: WaivePart(task_id=task, hand_id=HELPER, reason="不需要了")),
    "set slots": (
        at(World.registered),
        lambda task: SetSlots(task_id=task, slots=(SlotWanted(role="搬运"),)),
    ),
    "offer a slot": (
        at(staffed),
        lambda task: OfferSlot(task_id=task, slot="搬运", member_id="member-8"),
    ),
    "take a slot": (at(staffed), lambda task: TakeSlot(task_id=task, slot="搬运")),
    "come to a slot": (at(asked), lambda task: JoinTask(task_id=task, hand_id="member-1")),
    "leave a slot": (at(asked), lambda task: LeaveTask(task_id=task, hand_id="member-1", reason="出差")),
    "dismiss": (at(asked), lambda task: DismissHand(task_id=task, hand_id="member-1", reason="换人")),
    "begin work": (at(joined), lambda task: BeginWork(task_id=task, hand_id=HELPER)),
    "enter hours": (
        at(joined),
        lambda task: EnterHours(task_id=task, hand_id=HELPER, minutes=60, reason="多记些"),
    ),
    "take back": (at(deserted), lambda task: TakeBackTask(task_id=task)),
    "pass up": (at(World.acting), lambda task: RaiseTask(task_id=task, reason="归街道")),
    "hand down": (at(passed_up), lambda task: HandDownTask(task_id=task, reason="社区能办")),
    "urge": (at(World.acting), lambda task: UrgeTask(task_id=task)),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_strangers_are_refused(world: World, name: str) -> None:
    situation, request = REQUESTS[name]
    world.collected("order-2")
    world.collected("order-9", placed_by=None)
    world.checks_in(member(8), community=NEIGHBOURS)
    task_id = situation(world)
    told, before = world.outbox(), world.task(SUPERVISOR, GetTask(task_id=task_id))
    for who, stranger in STRANGERS.items():
        with pytest.raises(Refused) as caught:
            world.ask(stranger, request(task_id))
        assert caught.value.slug in {Slug.NOT_ALLOWED, Slug.OUT_OF_SCOPE, Slug.NO_SUCH_TASK}, who
        assert caught.value.status in {403, 404}, who
    assert world.outbox() == told
    assert world.task(SUPERVISOR, GetTask(task_id=task_id)) == before


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_find_it_in_no_list(world: World, who: str) -> None:
    world.checks_in(member(8), community=NEIGHBOURS)
    world.opened()
    world.acting("order-3")
    for request in (ListTasks(), ListTasks(mine=True), ListTasks(open=True), ListTasks(node=COMMUNITY)):
        assert world.ask(STRANGERS[who], request).items == ()
