"""The three lists: every line leads to the others, also through mergers, and as things stood on a past day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.dispatch.contracts import (
    OrderAppealed,
    OrderMerged,
    OrderRefused,
    State,
    TaskClosed,
    TaskRegistered,
    TaskReopened,
    TaskVerified,
)
from services.evaluation import handlers
from services.evaluation.contracts import ProblemList, ResultList, TaskList
from services.evaluation.domain.days import day_of
from services.kit.actor import Actor
from services.kit.db import Database
from services.kit.outcomes import Refused
from tests.integration.evaluation.telling import (
    COMMUNITY,
    LIAISON,
    START,
    SUPERVISOR,
    TO_ACTING,
    TO_ANSWERED,
    TO_CLOSED,
    TaskTeller,
    ask,
    tell,
)

AFTERWARDS = START + timedelta(days=60)
NEIGHBOUR = "520425001002"


def lines(
    database: Database,
    handler: Callable[..., Any],
    request: type[ProblemList | TaskList | ResultList],
    *,
    actor: Actor = LIAISON,
    limit: int = 2,
    **wanted: Any,
) -> list[Any]:
    """All pages of a list, each full but the last."""
    found: list[Any] = []
    cursor: str | None = None
    while True:
        asked = request(**{"node": COMMUNITY, **wanted}, cursor=cursor, limit=limit)
        page = ask(database, handler, asked, actor, AFTERWARDS)
        found += page.items
        if page.next is None:
            return found
        assert len(page.items) == limit
        cursor = page.next


def problems(database: Database, **wanted: Any) -> list[Any]:
    return lines(database, handlers.problem_list, ProblemList, **wanted)


def tasks(database: Database, **wanted: Any) -> list[Any]:
    return lines(database, handlers.task_list, TaskList, **wanted)


def results(database: Database, **wanted: Any) -> list[Any]:
    return lines(database, handlers.result_list, ResultList, **wanted)


@pytest.fixture
def joint(database: Database) -> Database:
    """Five orders: 2 was merged into 1, 3 into 2 before that; 1 is closed. 4 is acted on. 5 was refused."""
    first, second, third, fourth, fifth = (TaskTeller(order_id=f"order-{number}") for number in range(1, 6))
    third.through()
    third.then(OrderMerged, into_task_id=second.task_id, into_order_id="order-2")
    second.through()
    second.then(OrderMerged, hours=2, into_task_id=first.task_id, into_order_id="order-1")
    tell(
        database,
        *third.told,
        *second.told,
        *first.through(*TO_CLOSED),
        *fourth.through(*TO_ACTING),
        *fifth.through(OrderRefused),
    )
    return database


def test_orders_merged_into_a_task_stand_on_its_line_and_share_its_result(joint: Database) -> None:
    told = {line.order_id: (line.task_id, line.state, line.result_at is not None) for line in problems(joint)}
    assert told == {
        "order-1": ("task-of-order-1", State.CLOSED, True),
        "order-2": ("task-of-order-1", State.CLOSED, True),
        "order-3": ("task-of-order-1", State.CLOSED, True),
        "order-4": ("task-of-order-4", State.ACTING, False),
        "order-5": ("task-of-order-5", State.REFUSED, False),
    }
    served = {line.task_id: (line.order_ids, line.results) for line in tasks(joint)}
    three = ("order-1", "order-2", "order-3")
    assert {task: (sorted(order_ids), sorted(done)) for task, (order_ids, done) in served.items()} == {
        "task-of-order-1": (sorted(three), sorted(three)),
        "task-of-order-4": (["order-4"], []),
    }
    assert served["task-of-order-1"][0][0] == "order-1"
    assert {(line.order_id, line.task_id) for line in results(joint)} == {
        (order_id, "task-of-order-1") for order_id in three
    }


def test_every_line_leads_to_lines_of_the_other_lists(joint: Database) -> None:
    by_order = {line.order_id: line for line in problems(joint)}
    by_task = {line.task_id: line for line in tasks(joint)}
    for line in results(joint):
        assert by_order[line.order_id].task_id == line.task_id
        assert by_order[line.order_id].result_at == line.checked_at
        assert line.order_id in by_task[line.task_id].results
    for line in by_task.values():
        assert all(by_order[order_id].task_id == line.task_id for order_id in line.order_ids)


def test_a_page_begins_with_the_line_that_another_names(joint: Database) -> None:
    """All were collected at once, so they stand by their ids; a merged order's line and its task's lie far apart."""

    def first(
        handler: Callable[..., Any], request: type[ProblemList | TaskList | ResultList], line: str
    ) -> Any:
        asked = request(node=COMMUNITY, line=line, limit=1)
        return ask(joint, handler, asked, LIAISON, AFTERWARDS).items[0]

    assert first(handlers.problem_list, ProblemList, "order-2").order_id == "order-2"
    assert first(handlers.task_list, TaskList, "task-of-order-1").task_id == "task-of-order-1"
    assert first(handlers.result_list, ResultList, "order-2").order_id == "order-2"
    assert first(handlers.result_list, ResultList, "order-4").order_id == "order-3", "which has no result"
    with pytest.raises(Refused) as refused:
        first(handlers.task_list, TaskList, "no-such-task")
    assert refused.value.field == "line"


def test_a_result_is_dated_and_tells_whose_it_is(joint: Database) -> None:
    result = next(line for line in results(joint) if line.order_id == "order-1")
    hours = [
        timedelta(hours=TO_CLOSED.index(step) + 1) for step in (*TO_ANSWERED[-1:], TaskVerified, TaskClosed)
    ]
    assert [result.answered_at, result.checked_at, result.closed_at] == [START + each for each in hours]
    assert (result.member_id, result.unit_id) == ("member-1", "unit-1")


def test_what_was_reopened_has_no_result_until_it_is_checked_anew(database: Database) -> None:
    order = TaskTeller()
    tell(database, *order.through(*TO_ANSWERED, TaskVerified))
    assert len(results(database)) == 1
    tell(database, order.then(TaskReopened))
    assert results(database) == []
    assert tasks(database)[0].results == ()
    assert problems(database)[0].result_at is None


def test_lists_show_how_things_stood_on_a_past_day(database: Database) -> None:
    order = TaskTeller()
    order.collected()
    order.then(TaskRegistered, hours=30)
    tell(database, *order.told)
    that_day = day_of(START)
    assert problems(database, until=that_day)[0].state is State.COLLECTED
    assert tasks(database, until=that_day) == []
    assert len(tasks(database, until=that_day + timedelta(days=1))) == 1
    assert problems(database, since=that_day + timedelta(days=1)) == []


def test_an_appeal_takes_a_merger_back(database: Database) -> None:
    into, order = TaskTeller(order_id="order-1"), TaskTeller(order_id="order-2")
    order.collected()
    order.then(OrderMerged, into_task_id=into.task_id, into_order_id="order-1")
    order.then(OrderAppealed)
    tell(database, *into.through(TaskRegistered), *order.told)
    assert [line.order_ids for line in tasks(database)] == [("order-1",)]
    assert {line.order_id: line.task_id for line in problems(database)} == {
        "order-1": "task-of-order-1",
        "order-2": "task-of-order-2",
    }


def test_lists_go_by_place(database: Database) -> None:
    tell(
        database,
        *TaskTeller(order_id="order-1").through(*TO_CLOSED),
        *TaskTeller(order_id="order-2", place=NEIGHBOUR).through(*TO_CLOSED),
    )
    for read in (problems, tasks, results):
        assert len(read(database)) == 1
        assert len(read(database, node="520425", actor=SUPERVISOR)) == 2
