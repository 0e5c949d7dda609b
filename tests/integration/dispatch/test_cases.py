"""Common demand on a real database: from what was found alike to a solved case, and what becomes of its orders' tasks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from services.dispatch.contracts import (
    AcceptTask,
    AssignTask,
    CaseState,
    CaseView,
    ChangeCase,
    ConfirmTask,
    DismissCase,
    EscalateCase,
    GetCase,
    GetTask,
    HandKind,
    ListCases,
    ListSingles,
    OpenCase,
    PlanCase,
    PlanStep,
    ProgressCase,
    RefuseOrder,
    RegisterTask,
    ReopenTask,
    SolveCase,
    State,
    VerifyCase,
)
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.asking import Ask
from services.kit.inbox import Receipt
from services.kit.outcomes import Refused
from services.members.contracts import Level
from tests.integration.dispatch.world import (
    COMMUNITY,
    GRID_WORKER,
    LEADER,
    LIAISON,
    NEIGHBOUR,
    NEIGHBOURS,
    RESIDENT,
    STRANGER,
    SUPERVISOR,
    UNIT,
    World,
    member,
)

PLAN = (
    PlanStep(what="联系维保单位", due=date(2026, 3, 4)),
    PlanStep(what="更换曳引机", due=date(2026, 3, 9)),
)


def three(world: World) -> tuple[str, ...]:
    """Three orders of three residents that are alike."""
    orders = ("order-1", "order-2", "order-3")
    for number, order in enumerate(orders, 1):
        world.collected(order, placed_by=f"resident-{number}")
    world.unit_reports()
    assert world.alike(*orders) is Receipt.APPLIED
    return orders


def proposed(world: World) -> CaseView:
    three(world)
    (case,) = world.ask(LIAISON, ListCases()).items
    return case


def opened(world: World, **more: Any) -> CaseView:
    case = proposed(world)
    return ask(
        world,
        LIAISON,
        OpenCase(
            case_id=case.case_id,
            title="3号楼电梯更新",
            category="facilities",
            owner_kind=HandKind.UNIT,
            owner_id=UNIT,
            plan=PLAN,
            **more,
        ),
    )


def ask(world: World, actor: Actor, request: Ask[CaseView]) -> CaseView:
    found = world.ask(actor, request)
    assert isinstance(found, CaseView)
    return found


def refused(world: World, actor: Actor, request: Ask[Any]) -> str:
    with pytest.raises(Refused) as refusal:
        world.ask(actor, request)
    return refusal.value.slug


def states(world: World, *orders: str) -> list[State]:
    return [world.task(LIAISON, GetTask(order_id=order)).state for order in orders]


def case_events(world: World) -> list[tuple[str, list[str]]]:
    return [
        (event["type"].removeprefix("dispatch."), event["body"]["order_ids"])
        for event in world.outbox()
        if event["type"].startswith("dispatch.case_")
    ]


def test_orders_that_are_alike_are_proposed_once(world: World) -> None:
    orders = three(world)
    assert world.redeliver(world.told[-1]) is Receipt.DUPLICATE
    world.alike(*orders)
    (case,) = world.ask(LIAISON, ListCases()).items
    assert (case.state, case.order_ids, case.title) == (CaseState.PROPOSED, orders, "3号楼 电梯 停用、故障")
    assert case.allowed == ("open", "dismiss", "change")
    assert case_events(world) == [("case_proposed", list(orders))]
    assert states(world, *orders) == [State.COLLECTED] * 3


def test_two_alike_are_no_common_demand(world: World) -> None:
    for order in ("order-1", "order-2"):
        world.collected(order)
    world.alike("order-1", "order-2")
    assert world.ask(LIAISON, ListCases()).items == ()


def test_what_is_not_collected_yet_waits(world: World) -> None:
    world.collected("order-1")
    assert world.alike("order-1", "order-2", "order-3") is Receipt.RETRY


def test_a_proposal_grows_and_an_open_case_only_asks(world: World) -> None:
    case = proposed(world)
    world.collected("order-4")
    world.alike("order-1", "order-2", "order-3", "order-4", sure=0.7)
    grown = ask(world, LIAISON, GetCase(case_id=case.case_id))
    assert (grown.orders, grown.sure) == (4, 0.7)
    ask(world, LIAISON, opening(case))
    world.collected("order-5")
    world.alike("order-1", "order-2", "order-5")
    after = ask(world, LIAISON, GetCase(case_id=case.case_id))
    assert (after.orders, after.suggested) == (4, ("order-5",))
    taken = ask(world, LIAISON, ChangeCase(case_id=case.case_id, add=("order-5",)))
    assert (taken.orders, taken.suggested) == (5, ())
    assert states(world, "order-5") == [State.ACTING]
    assert case_events(world)[-1] == ("case_opened", ["order-5"])


def opening(case: CaseView) -> OpenCase:
    return OpenCase(
        case_id=case.case_id, title="电梯", category="facilities", owner_kind=HandKind.UNIT, owner_id=UNIT
    )


def test_what_was_dismissed_stays_so_unless_it_grows(world: World) -> None:
    case = proposed(world)
    dismissed = ask(world, LIAISON, DismissCase(case_id=case.case_id, reason="三台不同的电梯"))
    assert dismissed.state is CaseState.DISMISSED
    orders = list(case.order_ids)
    for number in (4, 5, 6):
        world.collected(f"order-{number}")
        orders.append(f"order-{number}")
        world.alike(*orders)
        state = ask(world, LIAISON, GetCase(case_id=case.case_id)).state
        assert state is (CaseState.PROPOSED if number == 6 else CaseState.DISMISSED)
    assert [step for step, _ in case_events(world)] == ["case_proposed", "case_proposed"]


def test_opening_registers_the_orders_and_gives_them_to_the_owner(world: World) -> None:
    case = opened(world)
    assert (case.state, case.owner_id, case.plan) == (CaseState.OPEN, UNIT, PLAN)
    task = world.task(LIAISON, GetTask(order_id="order-1"))
    assert (task.state, task.unit_id, task.category, task.case_id) == (
        State.ACTING,
        UNIT,
        "facilities",
        case.case_id,
    )
    assert world.steps(task.task_id) == ["task_registered", "task_assigned", "task_accepted"]
    assert states(world, *case.order_ids) == [State.ACTING] * 3


def test_what_others_have_stays_with_them(world: World) -> None:
    orders = three(world)
    world.checks_in(member(1))
    task = world.task(LIAISON, RegisterTask(order_id=orders[0], category="facilities"))
    world.task(LIAISON, AssignTask(task_id=task.task_id, hand_kind=HandKind.MEMBER, hand_id="member-1"))
    world.task(member(1), AcceptTask(task_id=task.task_id))
    (case,) = world.ask(LIAISON, ListCases()).items
    ask(world, LIAISON, opening(case))
    assert world.task(LIAISON, GetTask(order_id=orders[0])).member_id == "member-1"
    ask(world, LEADER, SolveCase(case_id=case.case_id, words="电梯已更换"))
    assert states(world, *orders) == [State.ACTING, State.ANSWERED, State.ANSWERED]


def test_solving_answers_verifying_checks_and_each_resident_has_the_last_word(world: World) -> None:
    case = opened(world)
    world.passes(days=2)
    solved = ask(
        world, LEADER, SolveCase(case_id=case.case_id, words="电梯已更换，检验合格", photos=("photo-1",))
    )
    assert (solved.state, solved.solved_at) == (CaseState.SOLVED, world.now)
    assert states(world, *case.order_ids) == [State.ANSWERED] * 3
    assert refused(world, LEADER, VerifyCase(case_id=case.case_id)) == "not-allowed"
    ask(world, LIAISON, VerifyCase(case_id=case.case_id, words="现场看过"))
    assert states(world, *case.order_ids) == [State.VERIFIED] * 3
    world.task(RESIDENT, ConfirmTask(order_id="order-1"))
    world.task(NEIGHBOUR, ReopenTask(order_id="order-2", reason="还是会停"))
    assert states(world, *case.order_ids) == [State.PUBLISHED, State.ACTING, State.VERIFIED]
    assert [step for step, _ in case_events(world)] == ["case_proposed", "case_opened", "case_solved"]
    steps = [entry.step for entry in ask(world, LIAISON, GetCase(case_id=case.case_id)).entries]
    assert steps == ["propose", "open", "solve", "verify"]


def test_plan_progress_and_escalation(world: World) -> None:
    case = opened(world)
    done = (PlanStep(what="联系维保单位", due=PLAN[0].due, done_at=world.now), PLAN[1])
    assert ask(world, LEADER, PlanCase(case_id=case.case_id, plan=done)).plan == done
    ask(world, LEADER, ProgressCase(case_id=case.case_id, words="配件到货"))
    up = ask(world, LIAISON, EscalateCase(case_id=case.case_id, level=Level.DISTRICT, words="需动用维修资金"))
    assert up.escalated_to is Level.DISTRICT
    lower = EscalateCase(case_id=case.case_id, level=Level.STREET, words="再报")
    assert refused(world, LIAISON, lower) == "invalid"
    told = {event["type"]: event["body"] for event in world.outbox()}
    assert told["dispatch.case_progressed"]["words"] == "配件到货"
    assert told["dispatch.case_escalated"]["node"] == COMMUNITY[:6]


def test_a_case_begun_by_hand_and_orders_taken_out(world: World) -> None:
    three(world)
    world.collected("order-8")
    world.collected("order-9", placed_by="resident-9")
    by_hand = OpenCase(
        order_ids=("order-8", "order-9"),
        title="夜间施工",
        category="liveability",
        owner_kind=HandKind.UNIT,
        owner_id=UNIT,
    )
    case = ask(world, LIAISON, by_hand)
    assert (case.state, case.sure) == (CaseState.OPEN, None)
    after = ask(world, LIAISON, ChangeCase(case_id=case.case_id, remove=("order-9",)))
    assert after.order_ids == ("order-8",)
    assert case_events(world)[-1] == ("case_left", ["order-9"])
    assert refused(world, LIAISON, GetCase(order_id="order-9")) == "no-such-case"


@pytest.mark.parametrize("order", ["order-1", "nothing", "private", "elsewhere", "refused"])
def test_what_a_case_cannot_take_in(world: World, order: str) -> None:
    three(world)
    world.collected("order-8")
    world.collected("private", private=True)
    world.collected("elsewhere", community=NEIGHBOURS)
    world.collected("refused")
    world.task(LIAISON, RefuseOrder(order_id="refused", reason="不属实"))
    request = OpenCase(
        order_ids=("order-8", order),
        title="夜间施工",
        category="liveability",
        owner_kind=HandKind.UNIT,
        owner_id=UNIT,
    )
    assert refused(world, LIAISON, request) == ("order-in-case" if order == "order-1" else "invalid")


def test_a_resident_sees_the_case_with_their_own_order_alone(world: World) -> None:
    case = opened(world)
    seen = ask(world, RESIDENT, GetCase(order_id="order-1"))
    assert (seen.order_ids, seen.orders, seen.title, seen.allowed) == (("order-1",), 3, case.title, ())
    assert {entry.by for entry in seen.entries} == {None}
    by_code = ask(world, Actor(order_id="order-2"), GetCase(case_id=case.case_id))
    assert by_code.order_ids == ("order-2",)


def test_a_proposal_is_not_told_to_residents(world: World) -> None:
    case = proposed(world)
    assert refused(world, RESIDENT, GetCase(case_id=case.case_id)) == "no-such-case"


STEPS: tuple[Any, ...] = (
    lambda case: GetCase(case_id=case),
    lambda case: OpenCase(case_id=case, title="x", category="other", owner_kind=HandKind.UNIT, owner_id=UNIT),
    lambda case: DismissCase(case_id=case, reason="x"),
    lambda case: ChangeCase(case_id=case, remove=("order-1",)),
    lambda case: PlanCase(case_id=case, plan=PLAN),
    lambda case: ProgressCase(case_id=case, words="x"),
    lambda case: EscalateCase(case_id=case, level=Level.STREET, words="x"),
    lambda case: SolveCase(case_id=case, words="x"),
    lambda case: VerifyCase(case_id=case),
)


def test_strangers_are_told_that_there_is_no_such_case(world: World) -> None:
    case = opened(world)
    before = world.rows("SELECT count(*) FROM outbox")
    strangers = (
        VISITOR,
        STRANGER,
        member(1),
        Actor(id="liaison-2", grants=(Grant("liaison", NEIGHBOURS),)),
        Actor(id="resident-7", grants=(Grant("resident", ""),)),
    )
    for stranger in strangers:
        for step in STEPS:
            assert refused(world, stranger, step(case.case_id)) == "no-such-case"
        assert world.ask(stranger, ListCases()).items == ()
        assert world.ask(stranger, ListSingles()).items == ()
    assert world.rows("SELECT count(*) FROM outbox") == before


def test_who_may_look_may_not_do(world: World) -> None:
    case = opened(world)
    for looker in (GRID_WORKER_OF_COMMUNITY, RESIDENT):
        for step in STEPS[3:8]:
            assert refused(world, looker, step(case.case_id)) == "not-allowed"
    for step in (STEPS[1], STEPS[2], STEPS[8]):
        assert refused(world, LIAISON, step(case.case_id)) == "wrong-state"
    assert refused(world, LIAISON, SolveCase(case_id=case.case_id, words="x")) == "not-allowed"


GRID_WORKER_OF_COMMUNITY = Actor(id=GRID_WORKER.id, grants=(Grant("grid_worker", COMMUNITY),))


def test_common_and_individual_demands_by_period(world: World) -> None:
    case = opened(world)
    world.passes(days=40)
    for number in range(3):
        world.collected(f"single-{number}")
        world.passes(hours=1)
    before, month = date(2026, 4, 10), date(2026, 4, 11)
    singles = world.ask(SUPERVISOR, ListSingles(node=COMMUNITY[:6], since=month, limit=2))
    assert [task.order_ids for task in singles.items] == [("single-2",), ("single-1",)]
    rest = world.ask(SUPERVISOR, ListSingles(node=COMMUNITY[:6], since=month, limit=2, cursor=singles.next))
    assert ([task.order_ids for task in rest.items], rest.next) == ([("single-0",)], None)
    assert world.ask(SUPERVISOR, ListSingles(until=before)).items == ()
    common = world.ask(SUPERVISOR, ListCases(until=before, states=(CaseState.OPEN,)))
    assert [each.case_id for each in common.items] == [case.case_id]
    assert world.ask(SUPERVISOR, ListCases(since=month)).items == ()
    mine = world.ask(LEADER, ListCases(mine=True))
    assert [each.case_id for each in mine.items] == [case.case_id]


def test_of_two_who_open_a_case_at_once_one_does(world: World) -> None:
    case = proposed(world)

    def attempt(number: int) -> str:
        try:
            world.ask(LIAISON if number % 2 else SUPERVISOR, opening(case))
        except Refused as refusal:
            return refusal.slug
        return "opened"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(attempt, range(4)))
    assert outcomes == ["opened", "wrong-state", "wrong-state", "wrong-state"]
    assert states(world, *case.order_ids) == [State.ACTING] * 3
    assert [step for step, _ in case_events(world)] == ["case_proposed", "case_opened"]


def test_what_is_found_alike_at_once_is_one_proposal(world: World) -> None:
    orders = [f"order-{number}" for number in range(6)]
    for order in orders:
        world.collected(order)
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda last: world.alike(*orders[:last]), (3, 4, 5, 6)))
    assert told == [Receipt.APPLIED] * 4
    (case,) = world.ask(LIAISON, ListCases()).items
    assert set(case.order_ids) == set(orders)
