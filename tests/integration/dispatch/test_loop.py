"""The loop from the order to its end, each step by its handler on a real database."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.dispatch.contracts import (
    AcceptTask,
    AnswerTask,
    AssignTask,
    ConfirmTask,
    DeclineTask,
    GetTask,
    GrabTask,
    HandKind,
    PauseTask,
    RefuseOrder,
    RegisterTask,
    ReopenTask,
    ResumeTask,
    ReturnTask,
    SendBackTask,
    Slug,
    StartTask,
    State,
    UrgeTask,
    VerifyTask,
)
from services.kit.actor import Actor
from services.kit.outcomes import Refused
from tests.integration.dispatch.world import (
    COMMUNITY,
    GRID,
    GRID_WORKER,
    LEADER,
    LIAISON,
    NEIGHBOUR,
    RESIDENT,
    STRANGER,
    SUPERVISOR,
    UNIT,
    World,
    member,
)

ASSIGNMENTS = "SELECT hand_id, accepted_at, ended_at, outcome FROM assignments ORDER BY id"


def test_offered_accepted_done_checked_confirmed_and_closed(world: World) -> None:
    task_id = world.published().task_id
    world.passes(days=3)
    assert world.ask_clocks().closed == 1
    view = world.task(RESIDENT, GetTask(order_id="order-1"))
    assert (view.state, view.member_id, view.unit_id) == (State.CLOSED, "member-1", UNIT)
    assert view.allowed == ()
    assert world.steps(task_id) == [
        "task_registered",
        "task_assigned",
        "task_accepted",
        "task_answered",
        "task_verified",
        "task_published",
        "task_closed",
    ]
    told = world.outbox(task_id)
    assert [event["sequence"] for event in told] == list(range(1, 8))
    assert {event["aggregate"] for event in told} == {f"task:{task_id}"}
    assert [(event["body"]["by"], event["body"]["role"]) for event in told] == [
        ("supervisor-1", "supervisor"),
        ("liaison-1", "liaison"),
        ("member-1", "member"),
        ("member-1", "member"),
        ("liaison-1", "liaison"),
        ("resident-1", "resident"),
        (None, None),
    ]
    assert {tuple(event["body"]["order_ids"]) for event in told} == {("order-1",)}
    ((hand_id, accepted_at, ended_at, outcome),) = world.rows(ASSIGNMENTS)
    assert (hand_id, outcome) == ("member-1", "close")
    assert accepted_at < ended_at


def test_declined_returned_and_asked_again(world: World) -> None:
    world.checks_in(member(2))
    task_id = world.assigned().task_id
    declined = world.task(member(1), DeclineTask(task_id=task_id, reason="出差"))
    assert (declined.state, declined.hand_id) == (State.REGISTERED, None)
    again = AssignTask(task_id=task_id, hand_kind=HandKind.MEMBER, hand_id="member-2")
    world.task(LIAISON, again)
    world.task(member(2), AcceptTask(task_id=task_id))
    returned = world.task(member(2), ReturnTask(task_id=task_id, reason="需专业设备"))
    assert (returned.state, returned.returns, returned.member_id) == (State.REGISTERED, 1, None)
    world.task(LIAISON, again)
    assert [(row.hand_id, row.outcome) for row in world.rows(ASSIGNMENTS)] == [
        ("member-1", "decline"),
        ("member-2", "return"),
        ("member-2", None),
    ]
    told = world.outbox(task_id)[-2]
    assert (told["type"], told["body"]["member_id"]) == ("dispatch.task_returned", "member-2")


def test_started_paused_resumed_sent_back_and_reopened(world: World) -> None:
    task = world.acting()
    world.task(member(1), StartTask(task_id=task.task_id))
    paused = world.task(member(1), PauseTask(task_id=task.task_id, reason="等材料"))
    assert paused.allowed == ("resume",)
    with pytest.raises(Refused) as refused:
        world.task(member(1), AnswerTask(task_id=task.task_id, words="好了"))
    assert "请先恢复办理" in refused.value.message
    world.passes(hours=36)
    resumed = world.task(member(1), ResumeTask(task_id=task.task_id))
    assert resumed.promised_at == datetime(2026, 3, 10, 9, 30, tzinfo=UTC), "two working days after Saturday"
    answer = AnswerTask(task_id=task.task_id, words="好了")
    world.task(member(1), answer)
    world.task(LIAISON, SendBackTask(task_id=task.task_id, reason="照片不清"))
    world.task(member(1), answer)
    world.task(SUPERVISOR, VerifyTask(task_id=task.task_id, words="现场看过"))
    reopened = world.task(RESIDENT, ReopenTask(order_id="order-1", reason="又坏了"))
    assert (reopened.state, reopened.reopened, reopened.member_id) == (State.ACTING, 1, "member-1")
    world.task(member(1), answer)
    assert world.steps(task.task_id)[3:] == [
        "task_started",
        "task_paused",
        "task_resumed",
        "task_answered",
        "task_sent_back",
        "task_answered",
        "task_verified",
        "task_reopened",
        "task_answered",
    ]


def test_a_unit_accepts_names_a_member_and_its_leader_may_still_act(world: World) -> None:
    world.unit_reports()
    world.checks_in(member(1))
    task = world.registered()
    world.task(LIAISON, AssignTask(task_id=task.task_id, hand_kind=HandKind.UNIT, hand_id=UNIT))
    outsider = Actor(id="member-9", grants=member(9).grants, unit_id="unit-9")
    world.checks_in(outsider)
    with pytest.raises(Refused) as refused:
        world.task(LEADER, AcceptTask(task_id=task.task_id, member_id="member-9"))
    assert (refused.value.slug, refused.value.field) == (Slug.NO_SUCH_HAND, "member_id")
    with pytest.raises(Refused) as refused:
        world.task(member(1), AcceptTask(task_id=task.task_id))
    assert refused.value.slug == Slug.NOT_ALLOWED
    accepted = world.task(LEADER, AcceptTask(task_id=task.task_id, member_id="member-1"))
    assert (accepted.member_id, accepted.unit_id) == ("member-1", UNIT)
    world.task(member(1), StartTask(task_id=task.task_id))
    answered = world.task(LEADER, AnswerTask(task_id=task.task_id, words="已办结"))
    assert answered.state is State.ANSWERED
    assert world.outbox(task.task_id)[-1]["body"]["role"] == "unit_leader"


def test_nobody_is_asked_who_has_not_checked_in(world: World) -> None:
    task = world.registered()
    with pytest.raises(Refused) as refused:
        world.task(LIAISON, AssignTask(task_id=task.task_id, hand_kind=HandKind.MEMBER, hand_id="nobody"))
    assert (refused.value.slug, refused.value.status, refused.value.field) == (
        Slug.NO_SUCH_HAND,
        422,
        "hand_id",
    )


def test_a_grab_is_assignment_and_acceptance_in_one(world: World) -> None:
    world.checks_in(member(1), skills=("电工",))
    task = world.opened(scope=COMMUNITY[:9], skill="电工")
    grabbed = world.task(member(1), GrabTask(task_id=task.task_id))
    assert (grabbed.state, grabbed.member_id, grabbed.unit_id) == (State.ACTING, "member-1", UNIT)
    assert (grabbed.open, grabbed.scope) == (False, None)
    told = world.outbox(task.task_id)[-1]
    assert (told["type"], told["body"]["grabbed"]) == ("dispatch.task_accepted", True)
    with pytest.raises(Refused) as refused:
        world.task(member(1), GrabTask(task_id=task.task_id))
    assert "您已接下" in refused.value.message


def test_grabs_from_outside(world: World) -> None:
    world.checks_in(member(1))
    task = world.opened(skill="电工")
    former = Actor(id="member-2", grants=())
    world.checks_in(former, skills=("电工",))
    for nobody in (member(1), former, RESIDENT):
        with pytest.raises(Refused) as refused:
            world.task(nobody, GrabTask(task_id=task.task_id))
        assert (refused.value.slug, refused.value.status) == (Slug.OUT_OF_SCOPE, 403)


def test_grid_workers_triage_their_grid_alone(world: World) -> None:
    world.collected("order-1", grid=GRID)
    world.collected("order-2")
    assert (
        world.task(GRID_WORKER, RegisterTask(order_id="order-1", category="other")).state is State.REGISTERED
    )
    with pytest.raises(Refused) as refused:
        world.task(GRID_WORKER, RegisterTask(order_id="order-2", category="other"))
    assert refused.value.slug == Slug.NOT_ALLOWED


def test_a_resident_follows_by_code_alone(world: World) -> None:
    world.verified()
    holder = Actor(order_id="order-1")
    assert world.task(holder, GetTask(order_id="order-1")).allowed == ("confirm", "reopen")
    confirmed = world.task(holder, ConfirmTask(order_id="order-1"))
    assert confirmed.state is State.PUBLISHED
    body = world.outbox(confirmed.task_id)[-1]["body"]
    assert (body["by"], body["role"], body["confirmed_by"]) == (None, "resident", "resident")


def test_an_objection_in_the_notice_is_upheld_by_a_supervisor_alone(world: World) -> None:
    world.published()
    for asker in (RESIDENT, LIAISON):
        with pytest.raises(Refused) as refused:
            world.task(asker, ReopenTask(order_id="order-1", reason="没解决"))
        assert refused.value.slug == Slug.NOT_ALLOWED
    assert world.task(SUPERVISOR, ReopenTask(order_id="order-1", reason="异议成立")).state is State.ACTING


def test_urging_is_told_with_its_count(world: World) -> None:
    task = world.acting()
    world.task(SUPERVISOR, UrgeTask(task_id=task.task_id))
    assert world.task(SUPERVISOR, UrgeTask(task_id=task.task_id, words="请抓紧")).urged == 2
    body = world.outbox(task.task_id)[-1]["body"]
    assert (body["count"], body["member_id"], body["words"]) == (2, "member-1", "请抓紧")


def test_a_refused_step_leaves_no_trace(world: World) -> None:
    task = world.answered()
    told = world.outbox()
    with pytest.raises(Refused):
        world.task(LIAISON, SendBackTask(task_id=task.task_id, reason=" "))
    assert world.outbox() == told
    assert world.task(LIAISON, GetTask(task_id=task.task_id)).state is State.ANSWERED


def test_who_has_nothing_to_do_with_a_task_does_not_find_it(world: World) -> None:
    task = world.acting()
    for stranger in (STRANGER, NEIGHBOUR, member(2)):
        with pytest.raises(Refused) as refused:
            world.task(stranger, GetTask(task_id=task.task_id))
        assert (refused.value.slug, refused.value.status) == (Slug.NO_SUCH_TASK, 404)


def test_unknown_and_ambiguous_tasks(world: World) -> None:
    with pytest.raises(Refused) as refused:
        world.task(LIAISON, RefuseOrder(order_id="none", reason="重复"))
    assert (refused.value.slug, refused.value.status, refused.value.field) == (
        Slug.NO_SUCH_TASK,
        404,
        "order_id",
    )
    assert "稍候再试" in refused.value.message
    for ask in (GetTask(), GetTask(task_id="a", order_id="b")):
        with pytest.raises(Refused) as refused:
            world.task(LIAISON, ask)
        assert (refused.value.slug, refused.value.status) == (Slug.INVALID, 400)
