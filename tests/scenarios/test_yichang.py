"""Scenario Y on RabbitMQ and PostgreSQL, each service a process of its own: rows Y1 to Y5."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from deploy.embedded.ziyun.courses import DAY
from services.kit.testing import fresh_database
from tests.city import APART, running_city
from tests.scenarios import yichang
from tests.scenarios.stage import LONGEST, Stage, stage, timed
from tests.scenarios.telling import Telling
from tests.scenarios.yichang import BEGINS, CITY, OPEN, SETTLED, Practice, practice, served
from tests.waiting import until

MORNING = timedelta(hours=8)
PROBLEMS, TASKS, RESULTS = served(SETTLED) + served(OPEN), sum(SETTLED) + sum(OPEN), served(SETTLED)


@dataclass(frozen=True)
class Quarter:
    """The quarter as it was told, and at its end: the three lists, every order's file."""

    stage: Stage
    practice: Practice
    telling: Telling
    lists: dict[str, list[Any]]
    files: dict[str, Any]

    def official(self, role: str, node: str) -> str:
        return self.practice.story.official(role, node)


@pytest.fixture(scope="module")
def quarter(amqp_uri: str, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quarter]:
    with (
        fresh_database(database_url) as url,
        running_city(
            amqp_uri, url, tmp_path_factory.mktemp("yichang"), processes=APART, divisions=yichang.DIVISIONS
        ) as city,
        stage(city) as set_up,
    ):
        told = practice()
        telling = Telling(set_up, told.story, BEGINS, told.threads)
        with timed(f"check in {yichang.MEMBERS} members"):
            _enter(set_up, told, telling)
        with timed(f"tell {PROBLEMS} orders"):
            telling.tell(yichang.WEEKS)
        with timed("settle, and read the lists"):
            lists = _settled(telling)
        with timed("read every order"):
            files = _files(telling)
        yield Quarter(set_up, told, telling, lists, files)


def test_the_practice_is_told_whole() -> None:
    """By ``make scenarios``; for every change a part of it is enough."""
    settled, left = yichang.WHOLE
    assert served(settled) + served(left) == 1533
    assert sum(settled) + sum(left) == 875
    assert served(settled) == 1368


def test_the_city_has_13_districts_113_streets_and_1650_communities(quarter: Quarter) -> None:
    somebody = quarter.stage.somebody()
    districts = quarter.stage.pages(somebody, "/nodes", parent=CITY, level="district")
    streets = [
        street
        for district in districts
        for street in quarter.stage.pages(somebody, "/nodes", parent=district["code"], level="street")
    ]
    below = quarter.stage.gathered(
        lambda street: len(quarter.stage.pages(somebody, "/nodes", parent=street["code"], level="community")),
        streets,
    )
    assert (len(districts), len(streets), sum(below)) == (13, 113, 1650)


def test_units_and_members_have_checked_in(quarter: Quarter) -> None:
    today = _counted(quarter.telling.stage, {"units": yichang.UNITS, "members": yichang.MEMBERS})
    assert today
    community = quarter.practice.communities[0]
    liaison = quarter.stage.person(quarter.official("liaison", community.code))
    roll = quarter.stage.pages(liaison, "/members", node=community.code)
    assert len(roll) == sum(
        member.community_code == community.code for member in quarter.practice.story.members
    )
    assert all(member["unit_id"] == quarter.stage.ids["YC001"] for member in roll)


def test_three_lists_have_the_length_of_the_practice(quarter: Quarter) -> None:
    assert {name: len(lines) for name, lines in quarter.lists.items()} == {
        "problems": PROBLEMS,
        "tasks": TASKS,
        "results": RESULTS,
    }


def test_every_entry_is_linked_to_the_others(quarter: Quarter) -> None:
    problems = {line["order_id"]: line for line in quarter.lists["problems"]}
    tasks = {line["task_id"]: line for line in quarter.lists["tasks"]}
    results = {line["order_id"]: line for line in quarter.lists["results"]}
    assert set(problems) == set(quarter.files)
    served_once = [order_id for line in tasks.values() for order_id in line["order_ids"]]
    assert sorted(served_once) == sorted(problems)
    for order_id, line in problems.items():
        assert order_id in tasks[line["task_id"]]["order_ids"]
        assert (line["result_at"] is not None) == (order_id in results)
        assert line["words"]
    for order_id, line in results.items():
        assert line["task_id"] == problems[order_id]["task_id"]
        assert order_id in tasks[line["task_id"]]["results"]
        assert line["member_name"] or line["unit_name"]


def test_the_lists_of_the_districts_make_up_those_of_the_city(quarter: Quarter) -> None:
    districts = sorted({community.district for community in quarter.practice.communities})
    assert len(districts) == yichang.DISTRICTS
    for name, lines in quarter.lists.items():
        parts = []
        for district in districts:
            supervisor = quarter.stage.person(quarter.official("supervisor", district))
            part = quarter.stage.pages(
                supervisor, f"/lists/{name}", node=district, **_period(quarter.telling)
            )
            assert all(line["place"].startswith(district) for line in part)
            parts += part
        assert sorted(map(str, parts)) == sorted(map(str, lines))


def test_a_district_reads_its_own_lists_only(quarter: Quarter) -> None:
    mine, other = sorted({community.district for community in quarter.practice.communities})[:2]
    supervisor = quarter.stage.person(quarter.official("supervisor", mine))
    answer = supervisor.http.get(
        f"{quarter.stage.url}/api/v1/lists/problems",
        params={"node": other},
        headers={"Authorization": f"Bearer {supervisor.token}"},
        timeout=30,
    )
    assert answer.status_code == 403


def test_everything_with_a_result_went_through_the_eight_steps_each_dated_and_owned(quarter: Quarter) -> None:
    results = {line["order_id"] for line in quarter.lists["results"]}
    for order_id, file in quarter.files.items():
        taken = [step for step in file["eight"] if step["at"]]
        times = [step["at"] for step in taken]
        assert times == sorted(times)
        assert [step["step"] for step in taken] == [step["step"] for step in file["eight"][: len(taken)]]
        assert len(taken) == 8 if order_id in results else len(taken) < 6
        for step in taken:
            named = step["by"] and step["by"]["name"]
            by_clock = step["role"] is None and step["step"] in {"published", "closed"}
            by_code = step["role"] == "resident" and step["by"] is None
            assert named or by_clock or by_code, (order_id, step)


def test_merged_residents_see_how_their_order_ends(quarter: Quarter) -> None:
    thread = next(each for each in quarter.practice.threads if each.others and each.order.course == "offered")
    for order_id in (thread.order_id, *thread.other_ids):
        public = quarter.stage.somebody().get(f"/orders/{order_id}")
        assert public["state"] == "closed"
        assert [step["at"] is not None for step in public["eight"]] == [True] * 8


def test_three_levels_of_responsibility_have_their_people(quarter: Quarter) -> None:
    supervisor = quarter.stage.person(quarter.official("supervisor", CITY))
    levels = {
        each["level"]: each for each in supervisor.get("/responsibilities/coverage", node=CITY)["levels"]
    }
    streets = {community.street for community in quarter.practice.communities}
    assert levels["street"]["covered"] == len(streets)
    assert levels["community"]["covered"] == yichang.UNITS
    assert levels["quarter"]["covered"] == yichang.CADRES == levels["quarter"]["places"]
    assert levels["community"]["places"] == yichang.COMMUNITIES


def test_a_helper_brings_the_demand_of_a_firm_through_the_same_loop(quarter: Quarter) -> None:
    """Row Y11."""
    community = quarter.practice.communities[0].code
    login = min(quarter.practice.acting(community))
    helper = quarter.stage.person(login)
    liaison = quarter.stage.person(quarter.official("liaison", community))
    contact = {"name": "王经理", "phone": "13800000004"}
    firm = {"name": "测试豆腐坊", "trade": "食品", "community_code": community, "contact": contact}
    firm_id = liaison.ask("POST", "/firms", body=firm)["firm_id"]
    paired = liaison.ask("PUT", f"/firms/{firm_id}/helpers/{quarter.stage.hand(login)}")
    assert [each["member_id"] for each in paired["helpers"]] == [quarter.stage.hand(login)]
    assert [each["firm_id"] for each in helper.get("/firms", mine=True)["items"]] == [firm_id]

    begun = yichang.WEEKS * 7 * DAY
    at, later = quarter.telling.moment(begun + MORNING), quarter.telling.moment(begun + 30 * DAY)
    order = {
        "community_code": community,
        "channel": "community_page",
        "words": "包保企业测试豆腐坊门前的路坏了，货车进不来",
        "contact": contact,
    }
    order_id = helper.ask("POST", "/orders", at=at, body=order)["order_id"]
    task = liaison.ask("POST", f"/orders/{order_id}/registration", at=at, body={"category": "traffic_road"})
    path = f"/tasks/{task['task_id']}"
    asked = {"hand_kind": "unit", "hand_id": quarter.stage.ids["YC001"]}
    liaison.ask("POST", f"{path}/assignment", at=at, body=asked)
    leader = quarter.stage.person(quarter.official("unit_leader", "unit:YC001"))
    leader.ask("POST", f"{path}/acceptance", at=at, body={})
    leader.ask("POST", f"{path}/answer", at=at, body={"words": "已修好路面"})
    liaison.ask("POST", f"{path}/verification", at=at, body={})
    assert helper.ask("POST", f"/orders/{order_id}/confirmation", at=at, body={})["state"] == "published"
    quarter.stage.somebody().ask("POST", "/clocks/run", at=later)
    until(lambda: helper.get(f"/orders/{order_id}")["state"] == "closed", "the firm's order to be closed")


def _enter(set_up: Stage, told: Practice, telling: Telling) -> None:
    """The registers through the import, the accounts one by one, and who answers for what."""
    at, story = telling.moment(MORNING), told.story
    set_up.enter(
        "quarters",
        [
            {
                "community_code": grid.code[:12],
                "quarter_code": grid.quarter[12:],
                "name": f"{grid.name}所在小区",
            }
            for grid in told.grids
        ],
        at=at,
    )
    set_up.enter(
        "grids",
        [
            {"community_code": grid.code[:12], "grid_code": grid.code[12:], "name": grid.name}
            for grid in told.grids
        ],
        at=at,
    )
    set_up.enter_units(story, CITY, at=at)
    entered = set_up.enter_members(story, told.acting(CITY), at=at)
    assert entered["created"] == yichang.MEMBERS
    set_up.side_by_side(set_up.open_account, story.officials)
    set_up.enter("responsibilities", _responsibilities(told), at=at)
    expected = {"units": yichang.UNITS, "members": yichang.MEMBERS}
    until(lambda: _counted(set_up, expected), f"the figures to be {expected}", seconds=LONGEST)


def _responsibilities(told: Practice) -> list[dict[str, str]]:
    """City leaders for streets, heads of units for communities, cadres for quarters."""
    story = told.story
    cadres: dict[str, str] = {}
    for member in story.members:
        cadres.setdefault(f"{member.community_code}{member.grid_code}", member.login)
    streets = sorted({community.street for community in told.communities})
    return [
        *(
            {
                "node_code": street,
                "title": "包联市领导",
                "login": story.official("supervisor", street),
                "unit_code": "",
            }
            for street in streets
        ),
        *(
            {
                "node_code": unit.community_code,
                "title": "社区第一书记",
                "login": story.official("unit_leader", f"unit:{unit.code}"),
                "unit_code": unit.code,
            }
            for unit in story.units
        ),
        *(
            {"node_code": grid.quarter, "title": "小区第一书记", "login": cadres[grid.code], "unit_code": ""}
            for grid in told.grids
        ),
    ]


def _period(telling: Telling) -> dict[str, str]:
    return {"since": BEGINS.isoformat(), "until": telling.day(yichang.WEEKS * 7 * DAY - DAY)}


def _counted(set_up: Stage, expected: dict[str, int], **period: str) -> dict[str, Any]:
    """The figures once they are as expected, nothing before."""
    seen = set_up.somebody().get("/figures", node=CITY, **period)
    figures = {each["figure"]: each for each in seen["figures"]}
    return figures if {name: figures[name]["numerator"] for name in expected} == expected else {}


def _settled(telling: Telling) -> dict[str, list[Any]]:
    """The lists, once evaluation has heard of everything: merged orders count with their task."""
    expected = {"orders": PROBLEMS, "closed": sum(SETTLED), "in_progress": sum(OPEN)}
    until(
        lambda: _counted(telling.stage, expected, **_period(telling)),
        f"the figures to be {expected}",
        seconds=LONGEST,
    )
    supervisor = telling.stage.person(telling.story.official("supervisor", CITY))
    return {
        name: telling.stage.pages(supervisor, f"/lists/{name}", node=CITY, **_period(telling))
        for name in ("problems", "tasks", "results")
    }


def _files(telling: Telling) -> dict[str, Any]:
    """Every order's file, once intake has heard of its end."""
    supervisor = telling.stage.person(telling.story.official("supervisor", CITY))

    def read(order_id: str) -> Any:
        def ended() -> Any:
            file = supervisor.get(f"/orders/{order_id}")
            return file if file["task"] and file["state"] == file["task"]["state"] else None

        return until(ended, f"the history of {order_id}", seconds=LONGEST)

    ids = [order_id for thread in telling.threads for order_id in (thread.order_id, *thread.other_ids)]
    return dict(zip(ids, telling.stage.gathered(read, ids), strict=True))
