from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from services.dispatch.contracts import OrderMerged, TaskAnswered
from services.evaluation import handlers
from services.evaluation.contracts import (
    FollowUpView,
    GetRating,
    Grade,
    Ledger,
    LedgerView,
    ListFollowUps,
    RateOrder,
    RatingView,
    RecordFollowUp,
    Slug,
)
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.asking import Page
from services.kit.db import Database
from services.kit.outcomes import Refused
from services.members.contracts import Role
from tests.integration.evaluation.telling import (
    COMMUNITY,
    LIAISON,
    RESIDENT,
    START,
    SUPERVISOR,
    TO_ACTING,
    TO_ANSWERED,
    TO_CLOSED,
    TaskTeller,
    ask,
    published,
    tell,
)

LATER = START + timedelta(days=20)
RATING = RateOrder(order_id="order-1", grade=Grade.VERY_SATISFIED, words="很快就修好了")
CALL = RecordFollowUp(order_id="order-1", way="call", reached=True, solved=True, grade=Grade.SATISFIED)


@pytest.fixture
def answered(database: Database) -> TaskTeller:
    task = TaskTeller()
    tell(database, *task.through(*TO_ANSWERED))
    return task


def rate(database: Database, request: RateOrder = RATING, actor: Actor = RESIDENT) -> RatingView:
    view: RatingView = ask(database, handlers.rate_order, request, actor, LATER)
    return view


def refused(database: Database, handler: object, request: object, actor: Actor) -> str:
    with pytest.raises(Refused) as caught:
        ask(database, handler, request, actor, LATER)  # type: ignore[arg-type]
    return caught.value.slug


def test_a_rating_is_kept_and_told(database: Database, answered: TaskTeller) -> None:
    view = rate(database)

    assert view == RatingView(
        order_id="order-1", grade=Grade.VERY_SATISFIED, words="很快就修好了", rated_at=LATER
    )
    assert ask(database, handlers.get_rating, GetRating(order_id="order-1"), RESIDENT, LATER) == view
    told = [event for event in published(database) if event["type"] == "evaluation.order_rated"]
    assert [(event["aggregate"], event["sequence"], event["body"]["grade"]) for event in told] == [
        ("order:order-1", 1, "very_satisfied")
    ]
    assert "words" not in told[0]["body"]


def test_a_changed_rating_is_told_again_and_its_points_are_compensated(
    database: Database, answered: TaskTeller
) -> None:
    rate(database)
    rate(database, RateOrder(order_id="order-1", grade=Grade.DISSATISFIED))

    told = published(database)
    ratings = [event["sequence"] for event in told if event["type"] == "evaluation.order_rated"]
    awards = [
        (event["body"]["rule"], event["body"]["points"])
        for event in told
        if event["type"] == "evaluation.points_awarded"
    ]
    assert ratings == [1, 2]
    assert awards == [
        ("answered_on_time", 2),
        ("very_satisfied", 2),
        ("dissatisfied", -2),
        ("very_satisfied", -2),
    ]


def test_ratings_at_the_same_moment_come_one_after_another(database: Database, answered: TaskTeller) -> None:
    grades = [Grade.VERY_SATISFIED, Grade.DISSATISFIED] * 6
    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda grade: rate(database, RateOrder(order_id="order-1", grade=grade)), grades))

    ratings = [event for event in published(database) if event["type"] == "evaluation.order_rated"]
    assert sorted(event["sequence"] for event in ratings) == list(range(1, 13))
    last = max(ratings, key=lambda event: event["sequence"])["body"]["grade"]
    member = Actor(id="member-1")
    ledger: LedgerView = ask(database, handlers.ledger, Ledger(holder_id="member-1"), member, LATER)
    assert ledger.total == {"very_satisfied": 4, "dissatisfied": 0}[last]


def test_the_holder_of_the_follow_code_may_rate(database: Database, answered: TaskTeller) -> None:
    assert rate(database, actor=Actor(order_id="order-1")).grade is Grade.VERY_SATISFIED


def test_an_unknown_order_is_not_found(database: Database) -> None:
    for handler, request, actor in (
        (handlers.rate_order, RATING, RESIDENT),
        (handlers.get_rating, GetRating(order_id="order-1"), RESIDENT),
        (handlers.record_follow_up, CALL, LIAISON),
        (handlers.list_follow_ups, ListFollowUps(order_id="order-1"), LIAISON),
    ):
        assert refused(database, handler, request, actor) == Slug.NO_SUCH_ORDER


def test_a_merged_order_is_rated_once_the_other_is_answered(database: Database) -> None:
    joint, merged = TaskTeller(order_id="order-1", placed_by="someone-else"), TaskTeller(order_id="order-2")
    merged.collected()
    merged.then(OrderMerged, into_task_id=joint.task_id, into_order_id="order-1")
    tell(database, *joint.through(*TO_ACTING), *merged.told)
    rating = RateOrder(order_id="order-2", grade=Grade.SATISFIED)
    assert refused(database, handlers.rate_order, rating, RESIDENT) == Slug.TOO_EARLY

    tell(database, joint.then(TaskAnswered))

    assert rate(database, rating).grade is Grade.SATISFIED


def test_an_order_merged_into_one_of_which_nothing_is_told_cannot_be_rated(database: Database) -> None:
    merged = TaskTeller(order_id="order-2")
    merged.collected()
    merged.then(OrderMerged, into_task_id="task-of-order-1", into_order_id="order-1")
    tell(database, *merged.told)

    rating = RateOrder(order_id="order-2", grade=Grade.SATISFIED)
    assert refused(database, handlers.rate_order, rating, RESIDENT) == Slug.TOO_EARLY


def test_orders_that_seem_merged_into_each_other_end_no_search(database: Database) -> None:
    """The appeal that came between the two mergers is still on its way."""
    first, second = TaskTeller(order_id="order-1"), TaskTeller(order_id="order-2")
    for task, other in ((first, second), (second, first)):
        task.collected()
        task.then(OrderMerged, into_task_id=other.task_id, into_order_id=other.order_id)
        tell(database, *task.told)

    assert refused(database, handlers.rate_order, RATING, RESIDENT) == Slug.TOO_EARLY


def test_who_may_read_a_rating(database: Database, answered: TaskTeller) -> None:
    request = GetRating(order_id="order-1")
    readers = (
        RESIDENT,
        Actor(order_id="order-1"),
        LIAISON,
        SUPERVISOR,
        Actor(id="member-1"),
        Actor(id="leader", grants=(Grant(Role.UNIT_LEADER, "unit:unit-1"),)),
    )
    for actor in readers:
        assert ask(database, handlers.get_rating, request, actor, LATER) is None
    for actor in (VISITOR, Actor(id="member-2"), Actor(order_id="order-2")):
        assert refused(database, handlers.get_rating, request, actor) == Slug.NOT_ALLOWED


def test_a_follow_up_is_kept_and_told(database: Database, answered: TaskTeller) -> None:
    view: FollowUpView = ask(database, handlers.record_follow_up, CALL, LIAISON, LATER)

    page = ask(database, handlers.list_follow_ups, ListFollowUps(order_id="order-1"), RESIDENT, LATER)
    assert page == Page(items=(view,), next=None)
    (told,) = [event for event in published(database) if event["type"] == "evaluation.follow_up_recorded"]
    assert told["aggregate"] == f"follow_up:{view.follow_up_id}"
    assert told["body"] == {
        "follow_up_id": view.follow_up_id,
        "order_id": "order-1",
        "solved": True,
        "grade": "satisfied",
        "by": "liaison-1",
        "recorded_at": "2026-03-22T01:00:00Z",
        "role": "liaison",
    }


def test_follow_ups_are_listed_newest_first_at_the_readers_nodes(database: Database) -> None:
    for number, place in enumerate((COMMUNITY, COMMUNITY, "520425002001"), 1):
        task = TaskTeller(order_id=f"order-{number}", place=place)
        tell(database, *task.through(*TO_CLOSED))
        call = RecordFollowUp(order_id=f"order-{number}", way="visit", reached=False)
        ask(database, handlers.record_follow_up, call, SUPERVISOR, LATER + timedelta(hours=number))

    def orders(request: ListFollowUps, actor: Actor) -> tuple[list[str], str | None]:
        page = ask(database, handlers.list_follow_ups, request, actor, LATER)
        return [record.order_id for record in page.items], page.next

    assert orders(ListFollowUps(), SUPERVISOR) == (["order-3", "order-2", "order-1"], None)
    assert orders(ListFollowUps(), LIAISON) == (["order-2", "order-1"], None)
    assert orders(ListFollowUps(node="520425002"), SUPERVISOR) == (["order-3"], None)
    assert orders(ListFollowUps(node="520425002"), LIAISON) == ([], None)
    first, cursor = orders(ListFollowUps(limit=2), SUPERVISOR)
    assert first == ["order-3", "order-2"]
    assert orders(ListFollowUps(limit=2, cursor=cursor), SUPERVISOR) == (["order-1"], None)
    assert refused(database, handlers.list_follow_ups, ListFollowUps(), RESIDENT) == Slug.NOT_ALLOWED
