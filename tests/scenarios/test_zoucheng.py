"""Scenario C on RabbitMQ and PostgreSQL, each service a process of its own: rows C1 to C9."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from deploy.embedded.ziyun.courses import DAY, WEEK
from services.intake.contracts import Channel
from services.kit.testing import fresh_database
from tests.city import APART, distinct, running_city
from tests.scenarios import zoucheng
from tests.scenarios.invented import phone
from tests.scenarios.stage import LONGEST, PASSWORD, Stage, stage, timed
from tests.scenarios.telling import Telling, Thread
from tests.scenarios.zoucheng import BEGINS, DISTRICT, LEFT, ORDERS, Practice, practice
from tests.waiting import until

MORNING = timedelta(hours=8)
LAMPS = "facilities_light"


@dataclass(frozen=True)
class Quarter:
    """The quarter as it was told, and the orders' files as the district's supervisor reads them at its end."""

    stage: Stage
    practice: Practice
    telling: Telling
    figures: dict[str, Any]
    files: dict[str, Any]

    def of(self, course: str) -> list[Any]:
        return [self.files[thread.order_id] for thread in self.practice.ways()[course]]


@pytest.fixture(scope="module")
def quarter(amqp_uri: str, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quarter]:
    with (
        fresh_database(database_url) as url,
        running_city(
            amqp_uri, url, tmp_path_factory.mktemp("zoucheng"), processes=APART, divisions=zoucheng.DIVISIONS
        ) as city,
        stage(city) as set_up,
    ):
        told = practice()
        telling = Telling(set_up, told.story, BEGINS, told.threads)
        with timed("enter the practice"):
            _enter(set_up, told, telling)
        with timed(f"tell {ORDERS} orders"):
            telling.tell(zoucheng.WEEKS)
        with timed("settle"):
            figures = _settled(telling)
        with timed("read every order"):
            files = _files(telling)
        yield Quarter(set_up, told, telling, figures, files)


def test_it_ends_with_the_figures_of_the_practice(quarter: Quarter) -> None:
    figures = quarter.figures
    assert figures["orders"]["numerator"] == ORDERS
    assert figures["in_progress"]["numerator"] == LEFT
    rate = figures["closed_rate"]
    assert (rate["numerator"], rate["denominator"]) == (ORDERS - LEFT, ORDERS)
    assert f"{rate['value']:.1%}" == "99.6%"


def test_behind_each_figure_stand_its_orders(quarter: Quarter) -> None:
    supervisor = quarter.stage.person(quarter.practice.story.official("supervisor", DISTRICT))
    period = _period(quarter.telling)
    for figure, part in (
        ("closed", "numerator"),
        ("on_time_rate", "numerator"),
        ("return_rate", "numerator"),
        ("redo_rate", "denominator"),
    ):
        behind = quarter.stage.pages(
            supervisor, f"/figures/{figure}/orders", node=DISTRICT, part=part, **period
        )
        assert len(behind) == len(set(behind)) == quarter.figures[figure][part]
        assert set(behind) <= set(quarter.files)


def test_the_tree_has_48_communities_588_grids_1042_building_groups_and_6771_centres(
    quarter: Quarter,
) -> None:
    somebody = quarter.stage.somebody()

    def below(parents: list[str], level: str) -> list[str]:
        found = quarter.stage.gathered(
            lambda parent: quarter.stage.pages(somebody, "/nodes", parent=parent, level=level), parents
        )
        return [node["code"] for nodes in found for node in nodes]

    grids = below([community.code for community in quarter.practice.communities], "grid")
    groups = below(grids, "building_group")
    assert (len(quarter.practice.communities), len(grids), len(groups)) == (48, 588, 1042)
    assert len(below(groups, "household_centre")) == 6771


def test_grids_have_about_600_people(quarter: Quarter) -> None:
    supervisor = quarter.stage.person(quarter.practice.story.official("supervisor", DISTRICT))
    assert supervisor.get("/grids/report", node=DISTRICT)["items"] == []


def test_all_five_roles_have_their_part_and_every_order_its_channel(quarter: Quarter) -> None:
    roles = Counter(
        (entry["role"], entry["step"]) for file in quarter.files.values() for entry in file["history"]
    )
    for part in (
        ("resident", "order_collected"),
        ("grid_worker", "order_collected"),
        ("grid_worker", "task_assigned"),
        ("liaison", "task_assigned"),
        ("unit_leader", "task_accepted"),
        ("member", "task_accepted"),
        ("supervisor", "task_urged"),
        ("supervisor", "task_verified"),
    ):
        assert roles[part], part
    channels = Counter(file["channel"] for file in quarter.files.values())
    assert channels == Counter(order.channel for order in quarter.practice.story.orders)
    assert set(channels) == set(Channel) - {Channel.OPEN311}


def test_every_closed_order_went_through_the_eight_steps_each_dated_and_owned(quarter: Quarter) -> None:
    closed = [file for file in quarter.files.values() if file["state"] == "closed"]
    assert len(closed) == ORDERS - LEFT
    for file in closed:
        times = [step["at"] for step in file["eight"]]
        assert all(times)
        assert times == sorted(times)
        for step in file["eight"]:
            named = step["by"] and step["by"]["name"]
            by_clock = step["role"] is None and step["step"] in {"published", "closed"}
            by_code = step["role"] == "resident" and step["by"] is None
            assert named or by_clock or by_code, (file["order_id"], step)


def test_small_things_stay_in_the_grid(quarter: Quarter) -> None:
    for file in quarter.of("in_the_grid"):
        step = {entry["step"]: entry["role"] for entry in file["history"]}
        assert step["order_collected"] == step["task_registered"] == step["task_assigned"] == "grid_worker"
        assert file["task"]["escalated_to"] is None


def test_big_ones_climb_grid_community_street_by_the_clock(quarter: Quarter) -> None:
    for file in quarter.of("climbing"):
        steps = Counter((entry["step"], entry["role"]) for entry in file["history"])
        assert steps["task_escalated", None] == 2
        assert steps["task_urged", None]
        assert steps["task_assigned", "supervisor"] == 1
        assert file["task"]["escalated_to"] == "street"
    for file in quarter.of("last_resort"):
        assert [entry["step"] for entry in file["history"]].count("task_returned") == 3
        assert file["task"]["last_resort"]
        assert file["task"]["escalated_to"] == "street"


def test_the_supervisor_urges_and_brings_it_to_its_end(quarter: Quarter) -> None:
    for file in quarter.of("supervised"):
        by_supervisor = [entry["step"] for entry in file["history"] if entry["role"] == "supervisor"]
        assert by_supervisor == ["task_urged", "task_verified"]
        assert file["task"]["urged"] >= 1


def test_the_street_whistles_and_units_report(quarter: Quarter) -> None:
    for file in quarter.of("whistled"):
        steps = Counter((entry["step"], entry["role"]) for entry in file["history"])
        assert steps["units_called", "supervisor"] == 1
        assert steps["hand_joined", "unit_leader"] == steps["hand_finished", "unit_leader"] == 2
        assert {part["state"] for part in file["task"]["parts"]} == {"done"}


def test_a_rule_is_replayed_on_the_quarter_before_it_routes(quarter: Quarter) -> None:
    supervisor = quarter.stage.person(quarter.practice.story.official("supervisor", DISTRICT))
    unit_id = quarter.stage.ids["DW001"]
    rules = [{"name": "路灯报修派给电力单位", "to": "unit", "categories": [LAMPS], "unit_id": unit_id}]
    end = quarter.telling.moment(zoucheng.WEEKS * WEEK)
    replayed = supervisor.ask(
        "POST",
        f"/routing/{DISTRICT}/replay",
        at=end,
        body={"rules": rules, "since": quarter.telling.moment(0 * DAY), "until": end},
    )
    lamps = [file for file in quarter.files.values() if file["task"]["category"] == LAMPS]
    outcome = {each["rule"]: each["tasks"] for each in replayed["outcomes"]}
    assert outcome["路灯报修派给电力单位"] == len(lamps) > 0
    registered = [file for file in quarter.files.values() if file["state"] != "collected"]
    assert sum(outcome.values()) == replayed["registered"] == len(registered)

    supervisor.ask("PUT", f"/routing/{DISTRICT}", at=end, body={"rules": rules})
    task = _registered_later(quarter, days=1, category=LAMPS)
    assert (task["state"], task["hand_id"]) == ("assigned", unit_id)


def test_members_are_matched_and_told_why(quarter: Quarter) -> None:
    task = _registered_later(quarter, days=2, category="facilities_water")
    community = quarter.practice.communities[0]
    at = quarter.telling.moment(zoucheng.WEEKS * WEEK + 2 * DAY + 2 * MORNING)
    liaison = quarter.stage.person(quarter.practice.story.official("liaison", community.code))
    found = liaison.ask("POST", f"/tasks/{task['task_id']}/matching", at=at, body={})
    assert found["skill"] == "水暖"
    files = [liaison.get(f"/members/{each['hand_id']}") for each in found["candidates"]]
    assert files
    assert all("水暖" in file["skills"] for file in files)
    signed_in = {quarter.stage.hand(login): login for login in quarter.practice.acting(community.code)}
    hand = next(each for each in found["candidates"] if each["hand_id"] in signed_in)
    member = quarter.stage.person(signed_in[hand["hand_id"]])
    told = member.get(f"/tasks/{task['task_id']}/why")
    assert (told["rank"], told["score"]) == (hand["rank"], hand["score"])
    assert sum(part["value"] * part["weight"] for part in told["parts"]) == pytest.approx(told["score"])


def test_messages_reach_those_concerned(quarter: Quarter) -> None:
    told, story = quarter.practice.ways(), quarter.practice.story
    climbed = told["climbing"][0]
    street = story.official("supervisor", climbed.order.community_code[:9])
    assert "dispatch.task_escalated" in _kinds(quarter, street, climbed)
    supervised = told["supervised"][0]
    leader = next(each.login for each in story.officials if each.node == f"unit:{supervised.order.second}")
    assert {"dispatch.task_assigned", "dispatch.task_urged"} <= _kinds(quarter, leader, supervised)
    liaison = story.official("liaison", supervised.order.community_code)
    assert "intake.order_collected" in _kinds(quarter, liaison, supervised)


def test_a_resident_without_a_smartphone_is_called_and_follows_by_code(quarter: Quarter) -> None:
    thread = quarter.practice.ways()["called"][0]
    seen = quarter.stage.somebody().get(f"/orders/by-code/{thread.code}")
    assert seen["state"] == "closed"
    assert [entry["step"] for entry in seen["history"]][-3:] == [
        "follow_up_recorded",
        "task_published",
        "task_closed",
    ]


def test_those_left_are_each_somewhere_on_the_way(quarter: Quarter) -> None:
    left = [
        quarter.files[thread.order_id]
        for thread in quarter.practice.threads
        if thread.order.course.startswith("left_")
    ]
    assert len(left) == LEFT
    assert all(file["state"] != "closed" for file in left)


def _registered_later(quarter: Quarter, *, days: int, category: str) -> Any:
    """The task of a new order in the first community, so many days after the quarter."""
    community = quarter.practice.communities[0]
    at = quarter.telling.moment(zoucheng.WEEKS * WEEK + days * DAY + MORNING)
    body = {
        "community_code": community.code,
        "channel": "community_page",
        "words": distinct("家门口有件事想请人看看"),
        "contact": {"name": "测试居民", "phone": phone(9000)},
    }
    placed = quarter.stage.somebody().ask("POST", "/orders", at=at, body=body)
    liaison = quarter.stage.person(quarter.practice.story.official("liaison", community.code))
    path = f"/orders/{placed['order_id']}/registration"
    return liaison.ask("POST", path, at=at, body={"category": category})


def _enter(set_up: Stage, told: Practice, telling: Telling) -> None:
    """The registers through the import, the accounts one by one."""
    at = telling.moment(MORNING)
    grids = set_up.enter(
        "grids",
        [
            {
                "community_code": grid.code[:12],
                "grid_code": grid.code[12:],
                "name": grid.name,
                "households": 200,
                "people": 600,
            }
            for grid in told.grids
        ],
        at=at,
    )
    groups = set_up.enter("building_groups", [_place(code) for code in told.groups], at=at)
    centres = set_up.enter("household_centres", [_place(code) for code in told.centres], at=at)
    assert grids["created"] == zoucheng.GRIDS
    assert groups["created"] == zoucheng.BUILDING_GROUPS
    assert centres["created"] == zoucheng.CENTRES
    set_up.enter(
        "units",
        [
            {
                "code": unit.code,
                "name": unit.name,
                "district_code": DISTRICT,
                "community_code": unit.community_code,
            }
            for unit in told.story.units
        ],
        at=at,
    )
    set_up.know_units(DISTRICT)
    # Whoever does not act in the story may sign in by a code one day.
    acting = told.acting(DISTRICT)
    set_up.enter(
        "members",
        [
            {
                "name": member.name,
                "community_code": member.community_code,
                "login": member.login,
                "unit_code": member.unit_code,
                "grid_code": member.grid_code,
                "skills": ";".join(member.skills),
                "password": PASSWORD if member.login in acting else "",
                "phone": "" if member.login in acting else phone(20_000 + number),
            }
            for number, member in enumerate(told.story.members)
        ],
        at=at,
    )
    set_up.side_by_side(set_up.open_account, told.story.officials)


def _place(code: str) -> dict[str, str]:
    """A line of the registers below the grid."""
    parts = (code[:12], code[12:15], code[15:18], code[18:])
    columns = ("community_code", "grid_code", "building_group_code", "centre_code")
    told = {column: part for column, part in zip(columns, parts, strict=True) if part}
    return {**told, "name": f"第{int(parts[3])}党员中心户" if parts[3] else f"第{int(parts[2])}楼栋党小组"}


def _period(telling: Telling) -> dict[str, str]:
    return {"since": BEGINS.isoformat(), "until": telling.day(zoucheng.WEEKS * 7 * DAY - DAY)}


def _settled(telling: Telling) -> dict[str, Any]:
    """The figures, once evaluation has heard of everything."""
    expected = {"orders": ORDERS, "closed": ORDERS - LEFT, "in_progress": LEFT}

    def settled() -> dict[str, Any] | None:
        seen = telling.stage.somebody().get("/figures", node=DISTRICT, **_period(telling))
        figures = {each["figure"]: each for each in seen["figures"]}
        return figures if {name: figures[name]["numerator"] for name in expected} == expected else None

    return until(settled, f"the figures to be {expected}", seconds=LONGEST) or {}


def _files(telling: Telling) -> dict[str, Any]:
    """Every order's file, once intake has heard of its end."""
    supervisor = telling.stage.person(telling.story.official("supervisor", DISTRICT))

    def read(thread: Thread) -> Any:
        def ended() -> Any:
            file = supervisor.get(f"/orders/{thread.order_id}")
            return file if file["task"] and file["state"] == file["task"]["state"] else None

        return until(ended, f"the history of order {thread.order.number}")

    files = telling.stage.gathered(read, telling.threads)
    return {file["order_id"]: file for file in files}


def _kinds(quarter: Quarter, login: str, thread: Thread) -> set[str]:
    messages = quarter.stage.pages(quarter.stage.person(login), "/messages")
    return {message["kind"] for message in messages if message["order_id"] == thread.order_id}
