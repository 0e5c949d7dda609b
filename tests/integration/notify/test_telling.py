"""Who is told what, on real projections."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.dispatch.contracts import (
    Cause,
    HandKind,
    HandSilent,
    OfferExpired,
    OrderAppealed,
    OrderMerged,
    OrderRefused,
    State,
    TaskAccepted,
    TaskAnswered,
    TaskAssigned,
    TaskClosed,
    TaskEscalated,
    TaskEvent,
    TaskOpened,
    TaskRegistered,
    TaskReopened,
    TaskUrged,
    TaskWarned,
    UnitsCalled,
)
from services.evaluation.contracts import PointsAwarded
from services.intake.contracts import OrderAmended
from services.kit.envelope import Envelope
from services.kit.outcomes import Retry
from services.kit.work import begin
from services.members.contracts import Level, MemberCheckedOut, MembersAssigned, Role
from services.notify import handlers
from tests.integration.notify.town import Town, envelope
from tests.unit.intake.stories import after, of_task


def step(town: Town, event: type[TaskEvent], state: State, *orders: str, **more: Any) -> Envelope[Any]:
    """A task's first event, done by nobody in person unless ``by`` says so."""
    given: dict[str, Any] = {
        "by": None,
        "task": town.person("task"),
        "orders": orders or (town.person("order"),),
    }
    return of_task(event, 1, state, **given | more)


def test_a_new_order_reaches_the_communitys_liaisons(town: Town) -> None:
    town.grant("liaison", Role.LIAISON, town.community)
    town.grant("street liaison", Role.LIAISON, town.community[:9])
    town.grant("neighbour", Role.LIAISON, f"{town.district}001002")
    town.grant("supervisor", Role.SUPERVISOR, town.community[:9])
    order_id = town.collect()
    (message,) = town.inbox("liaison")
    assert (message.kind, message.title, message.order_id) == (
        "intake.order_collected",
        "新点单待受理",
        order_id,
    )
    assert (message.sent_at, message.read_at) == (after(1), None)
    assert town.inbox("street liaison") == town.inbox("neighbour") == town.inbox("supervisor") == []
    assert town.inbox("resident") == []


def test_without_a_liaison_the_nearest_supervisors_are_told(town: Town) -> None:
    town.grant("street", Role.SUPERVISOR, town.community[:9])
    town.grant("district", Role.SUPERVISOR, town.district)
    town.collect()
    assert town.titles("street") == ["新点单待受理"]
    assert town.titles("district") == []


def test_a_liaison_who_filed_the_order_is_not_told_of_it(town: Town) -> None:
    filer = town.grant("liaison", Role.LIAISON, town.community)
    town.grant("colleague", Role.LIAISON, town.community)
    town.collect(placed_by=None, filed_by=filer)
    assert town.titles("liaison") == []
    assert town.titles("colleague") == ["新点单待受理"]


def test_a_role_taken_back_ends_the_telling_even_when_the_grant_comes_late(town: Town) -> None:
    town.revoke("liaison", Role.LIAISON, town.community, sequence=2)
    town.grant("liaison", Role.LIAISON, town.community, sequence=1)
    town.collect("first")
    assert town.titles("liaison") == []
    town.grant("liaison", Role.LIAISON, town.community, sequence=3)
    town.collect("second")
    assert town.titles("liaison") == ["新点单待受理"]


def test_the_residents_of_all_orders_are_told_each_with_their_own(town: Town) -> None:
    first = town.collect("first", placed_by=town.person("a"))
    second = town.collect("second", placed_by=town.person("b"))
    by_code = town.collect("third", placed_by=None)
    town.happens(
        step(
            town,
            TaskRegistered,
            State.REGISTERED,
            first,
            second,
            by_code,
            category="x",
            promised_at=after(72),
        )
    )
    assert [(message.order_id, message.words) for message in town.inbox("a")] == [
        (first, "您的点单已立项，承诺 3月6日 前答复。")
    ]
    assert [message.order_id for message in town.inbox("b")] == [second]


def test_a_whistle_is_heard_by_the_units_it_calls(town: Town) -> None:
    for unit in ("water", "power"):
        town.grant(f"leader of {unit}", Role.UNIT_LEADER, f"unit:{town.person(unit)}")
    town.grant("street", Role.SUPERVISOR, town.community[:9])
    lead = {"member_id": town.person("member"), "unit_id": None}
    units = (town.person("water"), town.person("power"))
    order = town.collect()
    town.happens(
        step(town, UnitsCalled, State.ACTING, order, unit_ids=units, leading=None, report_by=after(9), **lead)
    )
    silent = {"hand_kind": HandKind.UNIT, "hand_id": units[0], "task": town.person("another task")}
    town.happens(step(town, HandSilent, State.ACTING, order, **silent, **lead))
    assert town.titles("leader of power") == ["街道吹哨，请来报到"]
    assert set(town.titles("leader of water")) == {"街道吹哨，请来报到", "请尽快报到"}
    assert set(town.titles("member")) == {"有单位来协办", "协办单位未报到"}
    assert "吹哨后未报到" in town.titles("street")


def test_who_acts_hears_of_an_order_that_joins_the_task(town: Town) -> None:
    joining = town.collect("joining")
    acting = {"member_id": town.person("member"), "unit_id": None}
    town.happens(
        step(town, OrderMerged, State.MERGED, joining, into_task_id="t", into_order_id="o", **acting)
    )
    assert [(message.title, message.order_id) for message in town.inbox("member")] == [
        ("点单并入您的任务", joining)
    ]
    assert town.titles("resident") == ["点单已合并办理"]


def test_a_step_that_overtook_its_order_waits_for_it(town: Town) -> None:
    known = town.collect("known")
    refused = step(town, OrderRefused, State.REFUSED, known, town.person("late"), words="不属本社区")
    with pytest.raises(Retry, match="late"):
        town.happens(refused)
    assert town.titles("resident") == []
    town.collect("late", placed_by=town.person("other"))
    town.happens(refused)
    assert town.titles("resident") == town.titles("other") == ["点单未予受理"]


def test_told_once_however_often_the_message_comes(town: Town) -> None:
    town.grant("liaison", Role.LIAISON, town.community)
    town.collect()
    answered = step(town, TaskAnswered, State.ANSWERED, member_id="m", unit_id=None, photos=(), on_time=True)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(town.happens, [answered] * 8))
    assert town.titles("resident") == ["点单已反馈"]
    assert town.titles("liaison") == ["任务待核查", "新点单待受理"]


def test_the_one_who_did_it_is_not_told(town: Town) -> None:
    liaison = town.grant("liaison", Role.LIAISON, town.community)
    town.collect(placed_by=town.person("resident"))
    town.happens(
        step(town, TaskReopened, State.ACTING, by=town.person("resident"), member_id=liaison, unit_id=None)
    )
    assert town.titles("resident") == []
    assert [message.words for message in town.inbox("liaison")][:1] == ["群众反映问题尚未解决，请继续办理。"]


def test_an_offer_reaches_the_member_asked_or_the_units_leaders(town: Town) -> None:
    town.collect()
    town.grant("leader", Role.UNIT_LEADER, f"unit:{town.district}")
    asked: dict[str, Any] = {"hold_until": after(24), "hand_kind": HandKind.UNIT, "hand_id": town.district}
    town.happens(step(town, TaskAssigned, State.ASSIGNED, **asked))
    member = town.person("member")
    to_member = asked | {"hand_kind": HandKind.MEMBER, "hand_id": member}
    town.happens(step(town, TaskAssigned, State.ASSIGNED, task=town.person("other task"), **to_member))
    town.happens(
        step(town, OfferExpired, State.REGISTERED, hand_kind=HandKind.MEMBER, hand_id=member, at=after(24))
    )
    assert [message.words for message in town.inbox("leader")] == ["请在 3月4日 09:00 前答复是否接单。"]
    assert sorted(town.titles("member")) == ["有任务派给您", "派单已收回"]


def test_a_wave_reaches_everybody_in_it_and_who_came_too_late_hears_so(town: Town) -> None:
    town.collect()
    one, two, three = (town.person(name) for name in ("one", "two", "three"))
    asked: dict[str, Any] = {"hold_until": after(24), "hand_kind": HandKind.MEMBER, "hand_id": one}
    town.happens(step(town, TaskAssigned, State.ASSIGNED, **asked, also_asked=(two, three)))
    accepted: dict[str, Any] = {"member_id": two, "unit_id": None, "grabbed": False, "by": two}
    accepted["task"] = town.person("its next step")
    town.happens(step(town, TaskAccepted, State.ACTING, **accepted, superseded=(one, three)))
    assert town.titles("two") == ["有任务派给您"]
    for late in ("one", "three"):
        assert sorted(town.titles(late)) == ["任务已由他人接下", "有任务派给您"]


def test_an_urge_reaches_the_unit_where_it_has_named_nobody(town: Town) -> None:
    town.collect()
    town.grant("leader", Role.UNIT_LEADER, f"unit:{town.district}")
    town.happens(step(town, TaskUrged, State.ACTING, count=2, member_id=None, unit_id=town.district))
    assert [message.words for message in town.inbox("leader")] == [
        "您办理的任务被督办（第 2 次），请尽快办理。"
    ]


def test_a_warning_reaches_the_one_acting_alone(town: Town) -> None:
    town.grant("liaison", Role.LIAISON, town.community)
    town.collect()
    warned = step(
        town,
        TaskWarned,
        State.ACTING,
        member_id=town.person("member"),
        unit_id=None,
        promised_at=after(72),
    )
    town.happens(warned)
    assert [message.words for message in town.inbox("member")] == [
        "您办理的任务时限已过四分之三，承诺 3月6日 09:00 前答复。"
    ]
    assert town.titles("liaison") == ["新点单待受理"]


@pytest.mark.parametrize(
    ("level", "told"),
    [
        (Level.COMMUNITY, {"liaison"}),
        (Level.STREET, {"liaison", "street"}),
        (Level.DISTRICT, {"liaison", "district"}),
    ],
)
def test_an_escalation_reaches_who_answers_at_its_level(town: Town, level: Level, told: set[str]) -> None:
    town.grant("liaison", Role.LIAISON, town.community)
    town.grant("street", Role.SUPERVISOR, town.community[:9])
    town.grant("district", Role.SUPERVISOR, town.district)
    town.collect()
    node = {Level.COMMUNITY: town.community, Level.STREET: town.community[:9], Level.DISTRICT: town.district}
    escalated = step(
        town,
        TaskEscalated,
        State.REGISTERED,
        level=level,
        node=node[level],
        cause=Cause.SOLVE,
        member_id=None,
        unit_id=None,
    )
    town.happens(escalated)
    people = ("liaison", "street", "district")
    assert {name for name in people if any("上报" in title for title in town.titles(name))} == told


def test_an_appeal_reaches_the_street(town: Town) -> None:
    town.grant("liaison", Role.LIAISON, town.community)
    town.grant("street", Role.SUPERVISOR, town.community[:9])
    town.collect()
    town.happens(step(town, OrderAppealed, State.COLLECTED, by=town.person("resident")))
    assert town.titles("street") == ["有群众申诉"]
    assert town.titles("liaison") == ["新点单待受理"]


def test_an_open_task_reaches_members_below_its_scope_who_have_the_skill(town: Town) -> None:
    grid = f"{town.community}007"
    town.check_in("electrician", town.community, "electric", "law")
    town.check_in("in the grid", grid, "electric")
    town.check_in("unskilled", town.community)
    town.check_in("elsewhere", f"{town.district}001002", "electric")
    town.check_in("moved away", f"{town.district}001002", "electric", sequence=2)
    town.check_in("moved away", town.community, "electric", sequence=1)
    town.collect()
    town.happens(step(town, TaskOpened, State.REGISTERED, scope=town.community, skill="electric"))
    told = [
        name
        for name in ("electrician", "in the grid", "unskilled", "elsewhere", "moved away")
        if town.inbox(name)
    ]
    assert told == ["electrician", "in the grid"]


def test_an_open_task_is_told_to_two_hundred_at_most(town: Town) -> None:
    names = [f"member {number}" for number in range(203)]
    for name in names:
        town.check_in(name, town.community)
    town.collect()
    town.happens(step(town, TaskOpened, State.REGISTERED, scope=town.district, skill=None))
    assert sum(len(town.inbox(name)) for name in names) == 200


def test_accepted_and_closed(town: Town) -> None:
    town.grant("liaison", Role.LIAISON, town.community)
    town.collect()
    hand = {"member_id": town.person("member"), "unit_id": None}
    town.happens(step(town, TaskAccepted, State.ACTING, by=hand["member_id"], **hand, grabbed=True))
    closed = envelope(step(town, TaskClosed, State.CLOSED, **hand).body, sequence=9)
    town.happens(closed)
    assert town.titles("resident") == ["点单已销号", "点单已有人接单"]
    assert town.titles("liaison") == ["任务已接单", "新点单待受理"]
    assert town.titles("member") == ["任务已销号"]


def test_an_addition_reaches_the_liaisons(town: Town) -> None:
    town.grant("liaison", Role.LIAISON, town.community)
    order_id = town.collect()
    town.happens(envelope(OrderAmended(order_id=order_id, by=None, amended_at=after(2)), sequence=2))
    assert town.titles("liaison") == ["点单有补充", "新点单待受理"]


@pytest.mark.parametrize(("kind", "told"), [("member", "member"), ("unit", "leader")])
def test_points_reach_their_holder(town: Town, kind: str, told: str) -> None:
    town.grant("leader", Role.UNIT_LEADER, f"unit:{town.person('member')}")
    body = PointsAwarded(
        entry_id="e",
        holder_kind=kind,
        holder_id=town.person("member"),
        points=-2,
        rule="returned",
        rule_version=1,
        order_id=None,
        at=after(1),
    )
    town.happens(envelope(body))
    assert [message.words for message in town.inbox(told)] == ["本次积分 -2，请打开积分明细查看。"]
    assert town.inbox({"member": "leader", "leader": "member"}[told]) == []


def test_a_grid_head_is_told_of_members_that_the_grid_receives(town: Town) -> None:
    grid = town.community + "001"
    town.grant("head", Role.GRID_HEAD, grid)
    town.grant("next head", Role.GRID_HEAD, town.community + "002")
    town.grant("liaison", Role.LIAISON, town.community)
    arrived = MembersAssigned(grid_code=grid, member_ids=("m1", "m2"), by="somebody")
    town.happens(envelope(arrived))
    (message,) = town.inbox("head")
    assert "2 名在职党员" in message.words
    assert town.inbox("next head") == town.inbox("liaison") == []
    town.happens(envelope(MembersAssigned(grid_code=town.community + "003", member_ids=("m3",), by="x")))
    assert town.titles("liaison") == ["网格来了新成员"]


def test_who_has_checked_out_hears_of_open_tasks_no_more(town: Town) -> None:
    stays, leaves = town.check_in("stays", town.community), town.check_in("leaves", town.community)
    left = MemberCheckedOut(member_id=leaves, unit_id=None, community_code=town.community, grid_code=None)
    with begin(town.database, service="notify") as work:
        handlers.member_checked_out(work, envelope(left, sequence=2))
    town.collect()
    town.happens(step(town, TaskOpened, State.REGISTERED, scope=town.community, skill=None))
    assert stays == town.person("stays")
    assert (town.titles("stays"), town.titles("leaves")) == (["有任务可以接单"], [])
