"""Each request by each kind of person who has nothing to do with the order: refused, and nothing is written or told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.dispatch.contracts import TaskReturned
from services.evaluation import handlers
from services.evaluation.contracts import (
    Figure,
    GetRating,
    Grade,
    Ledger,
    ListFollowUps,
    OrdersBehind,
    ProblemList,
    RateOrder,
    RecordFollowUp,
    ResultList,
    Slug,
    TaskList,
)
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.db import Database
from services.kit.outcomes import Refused
from services.members.contracts import Role
from tests.integration.evaluation.telling import (
    COMMUNITY,
    LIAISON,
    START,
    SUPERVISOR,
    TO_ANSWERED,
    TaskTeller,
    ask,
    check_in,
    published,
    tell,
    unit_report,
)

LATER = START + timedelta(days=20)
GRID = COMMUNITY + "007"


def somebody(role: Role, node: str) -> Actor:
    return Actor(id=f"{role} at {node}", grants=(Grant(role, node),))


STRANGERS = {
    "visitor": VISITOR,
    "another resident": Actor(id="resident-2", grants=(Grant(Role.RESIDENT, ""),)),
    "holder of another code": Actor(order_id="order-2"),
    "member not on the task": Actor(id="member-2", grants=(Grant(Role.MEMBER, COMMUNITY),), unit_id="unit-2"),
    "leader of another unit": somebody(Role.UNIT_LEADER, "unit:unit-2"),
    "liaison next door": somebody(Role.LIAISON, "520425001002"),
    "supervisor of another street": somebody(Role.SUPERVISOR, "520425002"),
    "evaluator of another district": somebody(Role.EVALUATOR, "520426"),
    "worker of another grid": somebody(Role.GRID_WORKER, COMMUNITY + "008"),
}
REQUESTS: dict[str, Any] = {
    "rate_order": RateOrder(order_id="order-1", grade=Grade.SATISFIED),
    "get_rating": GetRating(order_id="order-1"),
    "record_follow_up": RecordFollowUp(order_id="order-1", way="call", reached=True, solved=True),
    "list_follow_ups": ListFollowUps(order_id="order-1"),
    "orders_behind": OrdersBehind(figure=Figure.ORDERS, node=COMMUNITY),
    "problem_list": ProblemList(node=COMMUNITY),
    "task_list": TaskList(node=COMMUNITY),
    "result_list": ResultList(node=COMMUNITY),
    "ledger": Ledger(holder_id="member-1"),
}


@pytest.fixture
def answered(database: Database) -> Database:
    task = TaskTeller(place=GRID)
    tell(database, unit_report("unit-1"), check_in("member-1", place=GRID), *task.through(*TO_ANSWERED))
    return database


@pytest.mark.parametrize("request_name", REQUESTS)
@pytest.mark.parametrize("stranger", STRANGERS)
def test_strangers_are_refused(answered: Database, stranger: str, request_name: str) -> None:
    before = published(answered)
    with pytest.raises(Refused) as refused:
        ask(answered, getattr(handlers, request_name), REQUESTS[request_name], STRANGERS[stranger], LATER)
    assert (refused.value.slug, refused.value.status) == (Slug.NOT_ALLOWED, 403)
    assert published(answered) == before


@pytest.mark.parametrize(
    ("actor", "reads"),
    [
        (LIAISON, True),
        (SUPERVISOR, True),
        (Actor(id="resident-1"), True),
        (Actor(id="member-1"), True),
        (somebody(Role.GRID_WORKER, COMMUNITY), False),
        (somebody(Role.EVALUATOR, COMMUNITY), False),
        (somebody(Role.AUDITOR, COMMUNITY), False),
    ],
)
def test_the_words_of_a_private_order_are_for_those_who_know_of_it(
    database: Database, actor: Actor, reads: bool
) -> None:
    tell(database, *TaskTeller(private=True).through(*TO_ANSWERED))
    call = RecordFollowUp(order_id="order-1", way="call", reached=True, words="家里有病人")
    ask(database, handlers.record_follow_up, call, LIAISON, LATER)

    def follow_ups(request: ListFollowUps) -> int:
        try:
            return len(ask(database, handlers.list_follow_ups, request, actor, LATER).items)
        except Refused:
            return 0

    assert follow_ups(ListFollowUps(order_id="order-1")) == int(reads)
    if actor.grants:
        assert follow_ups(ListFollowUps()) == int(reads)


def test_who_gave_the_task_back_reads_its_words_no_longer(database: Database) -> None:
    from_hand = TaskTeller()
    tell(database, *from_hand.through(*TO_ANSWERED[:-1]))
    request, member = GetRating(order_id="order-1"), Actor(id="member-1")
    assert ask(database, handlers.get_rating, request, member, LATER) is None
    tell(database, from_hand.then(TaskReturned))
    with pytest.raises(Refused):
        ask(database, handlers.get_rating, request, member, LATER)
