"""Many people at once, on real connections: PostgreSQL decides, everybody is told, nobody waits for ever."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from services.dispatch.contracts import (
    AcceptTask,
    AnswerTask,
    DeclineTask,
    GetTask,
    GrabTask,
    MergeOrder,
    Slug,
    State,
    UrgeTask,
)
from services.kit.actor import Actor
from services.kit.asking import Ask
from services.kit.db import Database
from services.kit.outcomes import Refused
from tests.integration.dispatch.world import LIAISON, SUPERVISOR, World, member

GRABBERS = 50
TASKS = 10


@pytest.fixture
def crowd(world: World) -> Iterator[World]:
    """The same tables, with room for many connections at once."""
    url = world.database.engine.url.render_as_string(hide_password=False)
    database = Database(url, "dispatch", pool_size=20)
    yield World(database)
    database.close()


def at_once(world: World, asks: list[tuple[Actor, Ask[Any]]]) -> list[Any]:
    """Ask all of it at the same moment; each answer, or the refusal, in the order of ``asks``."""
    barrier = Barrier(len(asks))

    def one(actor: Actor, request: Ask[Any]) -> Any:
        barrier.wait()
        try:
            return world.ask(actor, request)
        except Refused as refused:
            return refused

    with ThreadPoolExecutor(len(asks)) as pool:
        return [future.result() for future in [pool.submit(one, actor, request) for actor, request in asks]]


def test_fifty_grab_and_one_has_it(world: World, crowd: World) -> None:
    members = [member(number) for number in range(GRABBERS)]
    for one in members:
        world.checks_in(one)
    for number in range(TASKS):
        task = world.opened(f"order-{number}")
        answers = at_once(crowd, [(one, GrabTask(task_id=task.task_id)) for one in members])
        winners = [
            one for one, answer in zip(members, answers, strict=True) if not isinstance(answer, Refused)
        ]
        losers = [answer for answer in answers if isinstance(answer, Refused)]
        assert len(winners) == 1
        assert Counter(loser.slug for loser in losers) == {Slug.ALREADY_TAKEN: GRABBERS - 1}
        assert {loser.facts["taken_at"] for loser in losers} == {world.now.isoformat()}
        view = world.task(LIAISON, GetTask(task_id=task.task_id))
        assert (view.state, view.member_id) == (State.ACTING, winners[0].id)
        assert world.steps(task.task_id) == ["task_registered", "task_opened", "task_accepted"]
    active = world.rows(
        "SELECT task_id, count(*) AS held FROM assignments WHERE ended_at IS NULL GROUP BY task_id"
    )
    assert [row.held for row in active] == [1] * TASKS


def test_accepting_and_declining_at_once_is_one_of_them(world: World, crowd: World) -> None:
    for number in range(TASKS):
        task = world.assigned(f"order-{number}")
        accept, decline = AcceptTask(task_id=task.task_id), DeclineTask(task_id=task.task_id, reason="出差")
        answers = at_once(crowd, [(member(1), accept), (member(1), decline)])
        (loser,) = [answer for answer in answers if isinstance(answer, Refused)]
        assert loser.slug in {Slug.WRONG_STATE, Slug.NOT_ALLOWED}
        assert len(world.steps(task.task_id)) == 3


def test_urging_while_somebody_answers_costs_neither_their_step(world: World, crowd: World) -> None:
    task = world.acting()
    urges: list[tuple[Actor, Ask[Any]]] = [(SUPERVISOR, UrgeTask(task_id=task.task_id))] * 9
    answers = at_once(crowd, [*urges, (member(1), AnswerTask(task_id=task.task_id, words="好了"))])
    assert not [answer for answer in answers if isinstance(answer, Refused)]
    view = world.task(LIAISON, GetTask(task_id=task.task_id))
    assert (view.urged, view.state) == (9, State.ANSWERED)
    assert [event["sequence"] for event in world.outbox(task.task_id)] == list(range(1, 14))


def test_two_orders_merged_into_each_other_at_once_do_not_lock_up(world: World, crowd: World) -> None:
    for number in range(TASKS):
        one, other = f"order-{number}-a", f"order-{number}-b"
        world.collected(one)
        world.collected(other)
        answers = at_once(
            crowd,
            [
                (LIAISON, MergeOrder(order_id=one, into_order_id=other)),
                (SUPERVISOR, MergeOrder(order_id=other, into_order_id=one)),
            ],
        )
        assert sum(isinstance(answer, Refused) for answer in answers) == 1
        assert len(world.task(LIAISON, GetTask(order_id=one)).order_ids) == 2


def test_merging_while_somebody_grabs_loses_no_order(world: World, crowd: World) -> None:
    world.checks_in(member(1))
    task = world.opened("order-0")
    asks: list[tuple[Actor, Ask[Any]]] = [(member(1), GrabTask(task_id=task.task_id))]
    for number in range(1, TASKS):
        world.collected(f"order-{number}")
        asks.append((LIAISON, MergeOrder(order_id=f"order-{number}", into_order_id="order-0")))
    answers = at_once(crowd, asks)
    assert not [answer for answer in answers if isinstance(answer, Refused)]
    view = world.task(LIAISON, GetTask(order_id="order-0"))
    assert set(view.order_ids) == {f"order-{number}" for number in range(TASKS)}
    assert (view.state, view.member_id) == (State.ACTING, "member-1")


@pytest.mark.parametrize(
    ("make", "hand_id", "index"),
    [
        (World.acting, "member-2", "assignments_one_acting"),
        (World.assigned, "member-1", "assignments_asked_once"),
    ],
)
def test_the_database_itself_allows_one_to_act_and_nobody_to_be_asked_twice(
    world: World, make: Callable[[World], Any], hand_id: str, index: str
) -> None:
    task = make(world)
    second = (
        "INSERT INTO assignments (task_id, hand_kind, hand_id, asked_at, accepted_at)"
        " VALUES (:task, 'member', :hand, now(), now()) RETURNING id"
    )
    with pytest.raises(IntegrityError, match=index):
        world.rows(second, task=task.task_id, hand=hand_id)
