"""Scenario Z on RabbitMQ and PostgreSQL, each service a process of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from deploy.embedded.ziyun.play import Told
from deploy.embedded.ziyun.story import DISTRICT, load
from services.intake.contracts import Channel
from services.kit.migrate import SERVICES
from services.kit.testing import fresh_database, whole_reads
from tests.city import APART, OPERATOR, City, Person, running_city
from tests.city import PASSWORD as OPERATOR_PASSWORD
from tests.scenarios.ziyun import BEGINS, PASSWORD, Outcome, check, play

STORY = load()
# Settings and divisions do not grow with the orders, and an outbox holds what has not left yet.
NEVER_LARGE = {
    "dispatch.categories",
    "dispatch.days",
    "dispatch.auto_matchings",
    "members.nodes",
    *(f"{service}.outbox" for service in SERVICES),
}
GRADES = {"very_satisfied", "satisfied", "basically_satisfied", "dissatisfied", "very_dissatisfied"}


@dataclass(frozen=True)
class Quarter:
    """The quarter as it was told."""

    city: City
    outcome: Outcome
    read_whole: Counter[str]

    def person(self, login: str) -> Person:
        return self.city.sign_in(login, PASSWORD)

    def order(self, course: str, *, by: str | None = None) -> Told:
        return next(
            told
            for told in self.outcome.orders
            if told.order.course == course and by in {None, told.order.by}
        )


@pytest.fixture(scope="module")
def quarter(amqp_uri: str, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quarter]:
    with (
        fresh_database(database_url) as url,
        whole_reads(url) as read_whole,
        running_city(amqp_uri, url, tmp_path_factory.mktemp("ziyun"), processes=APART) as city,
    ):
        before = read_whole()
        outcome = play(
            city.url,
            operator=OPERATOR,
            operator_password=OPERATOR_PASSWORD,
            password=PASSWORD,
            begins=BEGINS,
        )
        yield Quarter(city, outcome, read_whole() - before)


def test_it_ends_with_the_figures_of_the_practice(quarter: Quarter) -> None:
    check(quarter.outcome)


def test_no_step_reads_a_table_whole_that_grows_with_the_orders(quarter: Quarter) -> None:
    """However small they are here: what can be found by an index is, and what could not would slow a city down."""
    assert set(quarter.read_whole) <= NEVER_LARGE


def test_the_places_are_three_streets_and_seven_communities_with_a_named_liaison_each(
    quarter: Quarter,
) -> None:
    communities = {order.community_code for order in STORY.orders}
    assert len(communities) == 7
    assert len({code[:9] for code in communities}) == 3
    for code in communities:
        place = quarter.city.visitor().get(f"/nodes/{code}")
        assert place["name"].endswith("社区居民委员会")
        me = quarter.person(STORY.official("liaison", code)).get("/me")
        assert me["name"]
        assert {"role": "liaison", "node": code} in me["grants"]


def test_every_order_keeps_its_channel(quarter: Quarter) -> None:
    supervisor = quarter.person(STORY.official("supervisor", DISTRICT))
    ids = ",".join(told.order_id for told in quarter.outcome.orders)
    listed = supervisor.get("/orders", ids=ids, limit=200)["items"]
    assert Counter(order["channel"] for order in listed) == Counter(each.channel for each in STORY.orders)
    assert {order["channel"] for order in listed} == set(Channel) - {Channel.GRID_VISIT, Channel.OPEN311}


def test_a_closed_order_tells_who_did_what_in_which_role_when_and_where(quarter: Quarter) -> None:
    told = quarter.order("offered", by="account")
    community = told.order.community_code
    liaison_login = STORY.official("liaison", community)
    seen = quarter.person(liaison_login).get(f"/orders/{told.order_id}")
    liaison, member = _name_of(liaison_login), _name_of(told.order.first)
    history = [
        (entry["step"], entry["by"] and entry["by"]["name"], entry["role"], entry["state"])
        for entry in seen["history"]
    ]
    assert history == [
        ("order_collected", told.order.name, "resident", "collected"),
        ("task_registered", liaison, "liaison", "registered"),
        ("task_assigned", liaison, "liaison", "assigned"),
        ("task_accepted", member, "member", "acting"),
        ("task_started", member, "member", "acting"),
        ("task_answered", member, "member", "answered"),
        ("task_verified", liaison, "liaison", "verified"),
        ("order_rated", told.order.name, "resident", "verified"),
        ("task_published", told.order.name, "resident", "published"),
        ("follow_up_recorded", liaison, "liaison", "published"),
        ("task_closed", None, None, "closed"),
    ]
    assert {entry["place"] for entry in seen["history"]} == {community}
    assert seen["history"][0]["at"] == "2026-07-07T00:00:00+00:00"
    times = [entry["at"] for entry in seen["history"]]
    assert times == sorted(times)
    assert seen["rating"]["grade"] == told.order.grade


@pytest.mark.parametrize(
    ("course", "steps"),
    [
        ("grabbed", ["task_opened", "task_accepted"]),
        ("declined", ["task_assigned", "offer_declined", "task_assigned", "task_accepted"]),
        ("expired", ["task_assigned", "offer_expired", "task_opened", "task_accepted"]),
        ("returned", ["task_accepted", "task_returned", "task_assigned", "task_accepted"]),
        ("sent_back", ["task_answered", "task_sent_back", "task_answered", "task_verified"]),
        ("reopened", ["task_verified", "task_reopened", "task_answered", "task_verified"]),
        ("called_again", ["task_verified", "task_reopened", "task_answered", "task_verified"]),
        ("objected", ["task_published", "task_reopened", "task_answered", "task_verified"]),
        ("silent", ["task_verified", "task_published", "task_closed"]),
        ("urged", ["task_accepted", "task_urged", "task_answered"]),
        ("paused", ["task_paused", "task_resumed", "task_answered"]),
    ],
)
def test_the_ways_an_order_can_go(quarter: Quarter, course: str, steps: list[str]) -> None:
    told = quarter.order(course)
    seen = quarter.city.visitor().get(f"/orders/{told.order_id}")
    assert seen["state"] == "closed"
    history = [entry["step"] for entry in seen["history"] if not _is_aside(entry)]
    assert any(history[at : at + len(steps)] == steps for at in range(len(history))), history


def test_five_are_still_under_way_each_somewhere_else(quarter: Quarter) -> None:
    left = [told for told in quarter.outcome.orders if told.order.course.startswith("left_")]
    states = {quarter.city.visitor().get(f"/orders/{told.order_id}")["state"] for told in left}
    assert states == {"collected", "registered", "assigned", "acting", "answered"}


def test_a_resident_without_an_account_follows_by_code(quarter: Quarter) -> None:
    told = quarter.order("declined", by="hotline")
    seen = quarter.city.visitor().get(f"/orders/by-code/{told.code.lower()}")
    assert (seen["order_id"], seen["words"], seen["state"]) == (told.order_id, told.order.words, "closed")
    assert seen["history"][-1]["step"] == "task_closed"
    assert seen["rating"]["grade"] == told.order.grade


def test_ratings_come_in_all_five_grades(quarter: Quarter) -> None:
    graded = [told for told in quarter.outcome.orders if told.order.grade and told.order.course != "called"]
    assert {_rating_of(quarter, told) for told in graded if told.order.course != "called_again"} == GRADES


def test_follow_ups_ask_after_the_unfinished_and_record_satisfaction_of_the_finished(
    quarter: Quarter,
) -> None:
    supervisor = quarter.person(STORY.official("supervisor", DISTRICT))
    records = supervisor.get("/follow-ups", node=DISTRICT, limit=200)["items"]
    assert len(records) == quarter.outcome.figures["follow_ups"]["numerator"]
    unfinished = {quarter.order("left_acting").order_id, quarter.order("urged").order_id}
    assert unfinished <= {record["order_id"] for record in records if record["solved"] is None}
    assert any(record["solved"] and record["grade"] for record in records)


def test_messages_reach_those_concerned(quarter: Quarter) -> None:
    told = quarter.order("offered")
    member = _kinds(quarter.person(told.order.first), told)
    assert {"dispatch.task_assigned", "dispatch.task_closed"} <= member
    liaison = _kinds(quarter.person(STORY.official("liaison", told.order.community_code)), told)
    assert {"intake.order_collected", "dispatch.task_accepted", "dispatch.task_answered"} <= liaison
    expired = quarter.order("expired")
    assert "dispatch.offer_expired" in _kinds(quarter.person(expired.order.first), expired)
    unit = quarter.order("unit")
    assert "dispatch.task_assigned" in _kinds(quarter.person(f"leader-{unit.order.second.lower()}"), unit)


def test_the_points_of_a_member_follow_from_what_was_done(quarter: Quarter) -> None:
    told = next(each for each in quarter.outcome.orders if each.order.number == 1)
    member = quarter.person(told.order.first)
    ledger = member.get(f"/members/{member.account_id}/points", limit=200)
    mine = {entry["rule"] for entry in ledger["entries"]["items"] if entry["order_id"] == told.order_id}
    assert mine == {"answered_on_time", "closed", "very_satisfied"}


def _is_aside(entry: dict[str, Any]) -> bool:
    """What may stand anywhere: words about the work, and urges by a clock."""
    by_clock = entry["step"] == "task_urged" and entry["role"] is None
    return by_clock or entry["step"] in {"task_started", "order_rated", "follow_up_recorded"}


def _rating_of(quarter: Quarter, told: Told) -> str:
    seen = quarter.city.visitor().get(f"/orders/by-code/{told.code}")
    grade: str = seen["rating"]["grade"]
    return grade


def _name_of(login: str) -> str:
    names = {each.login: each.name for each in STORY.officials} | {
        each.login: each.name for each in STORY.members
    }
    return names[login]


def _kinds(person: Person, told: Told) -> set[str]:
    """Kinds of the person's messages about one order, by the order or by its task."""
    messages = person.get("/messages", limit=200)["items"]
    return {message["kind"] for message in messages if message["order_id"] == told.order_id}
