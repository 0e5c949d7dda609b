"""Members in slots against the real store: raced, timed, led, listed, and told."""

from __future__ import annotations

from collections import Counter

import pytest

from services.dispatch.contracts import (
    AnswerTask,
    Bar,
    BeginWork,
    DismissHand,
    EndWork,
    EnterHours,
    GetTask,
    GrabTask,
    JoinTask,
    LeaveTask,
    ListTasks,
    OfferSlot,
    OpenTask,
    ReturnTask,
    SetGrabLimits,
    SetSlots,
    SlotWanted,
    Slug,
    State,
    TakeSlot,
    TaskView,
    WhyMe,
)
from services.kit.outcomes import Refused
from tests.integration.dispatch.test_races import at_once, crowd
from tests.integration.dispatch.world import COMMUNITY, LIAISON, SUPERVISOR, World, member

__all__ = ["crowd"]

GRABBERS = 20
MOVERS = SlotWanted(role="搬运", count=3)


def staffed(world: World, *slots: SlotWanted, order_id: str = "order-1") -> TaskView:
    task = world.registered(order_id)
    world.task(LIAISON, SetSlots(task_id=task.task_id, slots=slots))
    return world.task(LIAISON, OpenTask(task_id=task.task_id))


def minutes(view: TaskView) -> dict[str, int]:
    return {part.hand_id: part.minutes for part in view.parts}


def test_twenty_grab_three_places_and_three_have_them(world: World, crowd: World) -> None:
    members = [member(number) for number in range(GRABBERS)]
    for one in members:
        world.checks_in(one)
    for number in range(3):
        task = staffed(world, MOVERS, order_id=f"order-{number}")
        answers = at_once(crowd, [(one, TakeSlot(task_id=task.task_id, slot="搬运")) for one in members])
        losers = Counter(answer.slug for answer in answers if isinstance(answer, Refused))
        assert losers.total() == GRABBERS - 3
        assert set(losers) <= {Slug.ALREADY_TAKEN, Slug.SLOT_FULL}
        view = world.task(LIAISON, GetTask(task_id=task.task_id))
        assert (view.state, len(view.parts), view.slots[0].taken) == (State.ACTING, 3, 3)
        first = min(view.parts, key=lambda part: (part.joined_at, part.hand_id))
        assert view.member_id == first.hand_id
        assert world.steps(task.task_id)[2:] == ["task_opened", *["slot_taken"] * 3, "task_accepted"]
    active = world.rows("SELECT count(*) AS held FROM assignments WHERE ended_at IS NULL GROUP BY task_id")
    assert [row.held for row in active] == [1] * 3


def test_one_is_asked_one_comes_and_the_team_works(world: World) -> None:
    for number in (1, 2, 3):
        world.checks_in(member(number))
    task = staffed(world, SlotWanted(role="带队"), SlotWanted(role="搬运")).task_id
    world.task(LIAISON, OfferSlot(task_id=task, slot="带队", member_id="member-1", hold_minutes=60))
    assert [view.task_id for view in world.ask(member(1), ListTasks(mine=True)).items] == [task]
    world.passes(minutes=61)
    assert world.ask_clocks().missed == 1
    world.task(LIAISON, OfferSlot(task_id=task, slot="带队", member_id="member-2"))
    world.task(member(3), TakeSlot(task_id=task, slot="搬运"))
    begun = world.task(member(2), JoinTask(task_id=task, hand_id="member-2"))
    assert (begun.state, begun.member_id) == (State.ACTING, "member-2")
    world.task(member(3), BeginWork(task_id=task, hand_id="member-3"))
    world.passes(minutes=90)
    world.task(member(3), EndWork(task_id=task, hand_id="member-3"))
    world.task(member(2), EnterHours(task_id=task, hand_id="member-2", minutes=120))
    world.task(LIAISON, EnterHours(task_id=task, hand_id="member-2", minutes=100, reason="午休不计"))
    answered = world.task(member(2), AnswerTask(task_id=task, words="搬完了"))
    assert minutes(answered) == {"member-1": 0, "member-2": 100, "member-3": 90}
    logged = [event["body"] for event in world.outbox(task) if "hours" in event["type"]]
    assert [(body["was"], body["minutes"], body["words"]) for body in logged] == [
        (0, 0, None),
        (0, 90, None),
        (0, 120, None),
        (120, 100, "午休不计"),
    ]


def test_places_in_teams_count_like_tasks_grabbed_and_in_hand(world: World) -> None:
    world.ask(SUPERVISOR, SetGrabLimits(node=COMMUNITY, most_in_hand=2, most_a_day=3))
    for number in (1, 2):
        world.checks_in(member(number), skills=("电工",))
    world.is_available(member(1), capacity=2)
    tasks = [staffed(world, MOVERS, order_id=f"order-{number}").task_id for number in range(4)]
    take = [TakeSlot(task_id=each, slot="搬运") for each in tasks]
    world.task(member(1), take[0])
    lone = world.opened("order-9").task_id
    assert [bar.bar for bar in world.ask(LIAISON, WhyMe(task_id=lone, hand_id="member-1")).bars] == []
    world.task(member(1), take[1])
    world.passes(minutes=1)
    other = world.registered("order-10").task_id
    told = world.ask(LIAISON, WhyMe(task_id=other, hand_id="member-1"))
    assert Bar.CAPACITY in [bar.bar for bar in told.bars]
    for ask in (take[2], GrabTask(task_id=lone)):
        with pytest.raises(Refused) as refused:
            world.task(member(1), ask)
        assert (refused.value.slug, refused.value.facts["limit"]) == (Slug.GRAB_LIMIT, "in_hand")
    world.task(member(2), take[2])
    world.task(LIAISON, OfferSlot(task_id=tasks[3], slot="搬运", member_id="member-2", hold_minutes=60))
    world.task(member(2), JoinTask(task_id=tasks[3], hand_id="member-2"))
    assert world.task(member(2), GrabTask(task_id=lone)).state is State.ACTING


def test_the_lead_is_handed_over_in_the_books_as_well(world: World) -> None:
    for number in (1, 2):
        world.checks_in(member(number))
    task = staffed(world, SlotWanted(role="搬运", count=2)).task_id
    world.task(member(1), TakeSlot(task_id=task, slot="搬运"))
    world.passes(minutes=1)
    world.task(member(2), TakeSlot(task_id=task, slot="搬运"))
    left = world.task(member(1), LeaveTask(task_id=task, hand_id="member-1", reason="生病"))
    assert (left.state, left.member_id) == (State.ACTING, "member-2")
    with pytest.raises(Refused) as refused:
        world.ask(LIAISON, DismissHand(task_id=task, hand_id="member-2", reason="换人"))
    assert refused.value.slug == Slug.LAST_OF_TEAM
    asked = world.rows("SELECT hand_id, outcome FROM assignments ORDER BY id")
    assert [tuple(row) for row in asked] == [("member-1", "lead"), ("member-2", None)]
    returned = world.task(member(2), ReturnTask(task_id=task, reason="人手不够"))
    assert (returned.state, returned.slots[0].taken) == (State.REGISTERED, 0)
