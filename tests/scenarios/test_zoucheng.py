"""Scenario C on RabbitMQ and PostgreSQL, each service a process of its own: rows C1 to C9."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from deploy.embedded.ziyun.courses import DAY, WEEK
from deploy.embedded.ziyun.person import Person
from services.intake.contracts import Channel
from services.members.contracts import PersonKind
from tests.city import distinct
from tests.scenarios import zoucheng
from tests.scenarios.invented import name, phone
from tests.scenarios.scale import FULL
from tests.scenarios.stage import PASSWORD
from tests.scenarios.telling import Thread
from tests.scenarios.zoucheng import DISTRICT, LEFT, ORDERS
from tests.scenarios.zoucheng_quarter import MORNING, Quarter, lived_through, period, settled
from tests.waiting import until

LAMPS = "facilities_light"
LIFT = (
    "77号楼3单元电梯坏了，老人下不了楼",
    "七十七栋三单元的升降梯停运好几天了",
    "77#楼3单元电梯罢工，天天爬楼",
)


@pytest.fixture(scope="module")
def quarter(amqp_uri: str, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quarter]:
    with lived_through(amqp_uri, database_url, tmp_path_factory.mktemp("zoucheng")) as told:
        yield told


def test_it_ends_with_the_figures_of_the_practice(quarter: Quarter) -> None:
    figures = quarter.figures
    assert figures["orders"]["numerator"] == ORDERS
    assert figures["in_progress"]["numerator"] == LEFT
    rate = figures["closed_rate"]
    assert (rate["numerator"], rate["denominator"]) == (ORDERS - LEFT, ORDERS)
    assert f"{rate['value']:.1%}" == ("99.6%" if FULL else "98.6%")


def test_behind_each_figure_stand_its_orders(quarter: Quarter) -> None:
    supervisor = quarter.stage.person(quarter.practice.story.official("supervisor", DISTRICT))
    dates = period(quarter.telling)
    # Read anew: those of the quarter were read when the last order was closed, which may be before the last answer came.
    figures = settled(quarter.telling)
    for figure, part in (
        ("closed", "numerator"),
        ("on_time_rate", "numerator"),
        ("return_rate", "numerator"),
        ("redo_rate", "denominator"),
    ):
        behind = quarter.stage.pages(
            supervisor, f"/figures/{figure}/orders", node=DISTRICT, part=part, **dates
        )
        assert len(behind) == len(set(behind)) == figures[figure][part]
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


def test_what_grid_workers_file_stands_in_their_visit_log(quarter: Quarter) -> None:
    """Row C7: each such order leads to its visit, each visit to its order, and grid by grid they are counted."""
    supervisor = quarter.stage.person(quarter.practice.story.official("supervisor", DISTRICT))
    filed = [thread for thread in quarter.practice.threads if thread.order.by == "grid"]
    assert filed
    figures = supervisor.get("/visits/figures", node=DISTRICT, **period(quarter.telling))
    assert figures["visits"] == figures["orders"] == len(filed)
    by_grid = Counter(thread.grid for thread in filed)
    assert {each["place"]: each["visits"] for each in figures["grids"]} == by_grid
    thread = filed[0]
    log = quarter.stage.pages(supervisor, "/visits", node=thread.grid)
    visit = next(each for each in log if thread.order_id in each["order_ids"])
    assert quarter.files[thread.order_id]["visit_id"] == visit["visit_id"]
    assert (visit["role"], visit["household"], visit["named"]) == ("grid_worker", None, True)


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
    # Some are checked in next door, whose files only the district reads.
    supervisor = quarter.stage.person(quarter.practice.story.official("supervisor", DISTRICT))
    files = [supervisor.get(f"/members/{each['hand_id']}") for each in found["candidates"]]
    assert files
    assert all("水暖" in file["skills"] for file in files)
    signed_in = {quarter.stage.hand(login): login for login in quarter.practice.acting(community.code)}
    hand = next(each for each in found["candidates"] if each["hand_id"] in signed_in)
    member = quarter.stage.person(signed_in[hand["hand_id"]])
    told = member.get(f"/tasks/{task['task_id']}/why")
    assert (told["rank"], told["score"]) == (hand["rank"], hand["score"])
    assert sum(part["value"] * part["weight"] for part in told["parts"]) == pytest.approx(
        told["score"], abs=0.001
    )


def test_scattered_orders_with_one_root_cause_become_a_campaign(quarter: Quarter) -> None:
    """Row C5: found to be alike, confirmed as a case, solved by a unit; each resident behind it reads it."""
    story, end = quarter.practice.story, zoucheng.WEEKS * WEEK
    community = quarter.practice.communities[1].code
    liaison = quarter.stage.person(story.official("liaison", community))
    orders = [
        _placed(quarter, community, words, at=end + 3 * DAY + number * timedelta(hours=1))
        for number, words in enumerate(LIFT)
    ]
    wanted = {order["order_id"] for order in orders}

    def proposed() -> Any:
        listed = liaison.get("/cases", states="proposed")["items"]
        return next((case for case in listed if set(case["order_ids"]) == wanted), None)

    case = until(proposed, "the orders to be found alike")
    path, noon = f"/cases/{case['case_id']}", quarter.telling.moment(end + 4 * DAY)
    campaign = {"title": "电梯更新", "category": "facilities_lift", "owner_kind": "unit"}
    owner = {**campaign, "owner_id": quarter.stage.ids["DW002"]}
    assert liaison.ask("POST", f"{path}/opening", at=noon, body=owner)["orders"] == len(LIFT)
    leader = quarter.stage.person(story.official("unit_leader", "unit:DW002"))
    leader.ask("POST", f"{path}/progress", at=noon, body={"words": "配件到货，周五更换"})
    solution = {"words": "曳引机已更换，检验合格"}
    assert leader.ask("POST", f"{path}/solution", at=noon, body=solution)["state"] == "solved"
    liaison.ask("POST", f"{path}/verification", at=noon, body={})
    for order in orders:
        holder = quarter.stage.somebody(code=order["code"])
        confirmed = holder.ask("POST", f"/orders/{order['order_id']}/confirmation", at=noon)
        assert confirmed["state"] == "published"
        until(
            partial(_tells, holder, order["order_id"], solution["words"]),
            "the history to tell of the solution",
        )


def test_seven_kinds_of_hands_stand_in_one_pool(quarter: Quarter) -> None:
    """Row C6."""
    story, end = quarter.practice.story, zoucheng.WEEKS * WEEK
    community = quarter.practice.communities[2].code
    kinds = [kind for kind in PersonKind if kind is not PersonKind.MEMBER]
    assert len(kinds) == 7
    rows = [
        {
            "name": name(number),
            "community_code": community,
            "login": f"hand-{kind}",
            "kind": kind.value,
            "password": PASSWORD,
        }
        for number, kind in enumerate(kinds, 700)
    ]
    assert quarter.stage.enter("members", rows)["created"] == 7
    liaison = quarter.stage.person(story.official("liaison", community))
    for number, kind in enumerate(kinds):
        assert len(liaison.get("/members", node=community, kind=kind)["items"]) == 1
        at = quarter.telling.moment(end + number * DAY + MORNING)
        order = _placed(quarter, community, "想请人帮忙搬一张桌子", at=end + number * DAY)
        path = f"/orders/{order['order_id']}/registration"
        task_id = liaison.ask("POST", path, at=at, body={"category": "other"})["task_id"]
        hand = quarter.stage.person(f"hand-{kind}")
        asked = {"hand_kind": "member", "hand_id": quarter.stage.hand(f"hand-{kind}")}
        liaison.ask("POST", f"/tasks/{task_id}/assignment", at=at, body=asked)
        assert hand.ask("POST", f"/tasks/{task_id}/acceptance", at=at, body={})["state"] == "acting"


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


def _placed(quarter: Quarter, community: str, words: str, *, at: timedelta) -> Any:
    """A new order of somebody without an account."""
    body = {
        "community_code": community,
        "channel": "community_page",
        "words": words,
        "contact": {"name": "测试居民", "phone": phone(9000)},
    }
    return quarter.stage.somebody().ask("POST", "/orders", at=quarter.telling.moment(at), body=body)


def _registered_later(quarter: Quarter, *, days: int, category: str) -> Any:
    """The task of a new order in the first community, so many days after the quarter."""
    community = quarter.practice.communities[0].code
    at = zoucheng.WEEKS * WEEK + days * DAY + MORNING
    placed = _placed(quarter, community, distinct("家门口有件事想请人看看"), at=at)
    liaison = quarter.stage.person(quarter.practice.story.official("liaison", community))
    path = f"/orders/{placed['order_id']}/registration"
    return liaison.ask("POST", path, at=quarter.telling.moment(at), body={"category": category})


def _kinds(quarter: Quarter, login: str, thread: Thread) -> set[str]:
    messages = quarter.stage.pages(quarter.stage.person(login), "/messages")
    return {message["kind"] for message in messages if message["order_id"] == thread.order_id}


def _tells(holder: Person, order_id: str, words: str) -> bool:
    """Whether the order's history says that its case was solved in these words."""
    history = holder.get(f"/orders/{order_id}")["history"]
    return words in [entry["words"] for entry in history if entry["step"] == "case_solved"]
