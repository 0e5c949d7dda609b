"""The desk's pages as a browser without scripts uses them: steps beside the main journey, and what is wrong said on the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
import requests

from tests.city import COMMUNITY, PASSWORD, City, Person, distinct
from tests.waiting import until


@dataclass
class Desk:
    """Somebody signed in on pages, mostly a liaison, and the same person asking the API."""

    url: str
    person: Person
    pages: requests.Session = field(default_factory=requests.Session)

    def get(self, path: str) -> str:
        response = self.pages.get(self.url + path)
        assert response.ok, response.text
        return response.text

    def post(self, path: str, status: int = 200, /, **form: str) -> str:
        response = self.pages.post(self.url + path, data=form)
        assert response.status_code == status, re.findall(r"notice bad[^<]*", response.text)
        return response.text


@pytest.fixture
def desk(city: City) -> Desk:
    return at_pages(city, city.official("liaison", COMMUNITY))


def at_pages(city: City, person: Person) -> Desk:
    made = Desk(city.url, person)
    made.pages.headers["Origin"] = city.url
    made.post("/sign-in", login=person.get("/me")["login"], password=PASSWORD)
    return made


def registered(city: City, desk: Desk, words: str = "想请人帮忙搬家具") -> tuple[str, str]:
    order_id = city.order(words=distinct(words))["order_id"]
    return order_id, desk.person.post(f"/orders/{order_id}/registration", category="other")["task_id"]


def test_like_orders_stand_beside_and_are_merged(city: City, desk: Desk) -> None:
    first = city.order(words="61号楼2单元水管漏水，流到一楼了")["order_id"]
    placed = city.order(words="六十一栋二单元水管子漏水")
    second = placed["order_id"]
    until(lambda: desk.person.get(f"/orders/{second}/similar")["items"], "the orders to be found alike")
    page = desk.get(f"/desk/orders/{second}")
    assert "可能是同一件事" in page
    assert first in page
    assert "已并单" in desk.post(f"/desk/orders/{second}/merge", into_order_id=first)
    assert "并了 2 张单" in desk.get(f"/desk/orders/{first}")
    desk.person.post(f"/orders/{first}/registration", category="facilities")
    resident = requests.Session()
    resident.headers["Origin"] = city.url
    resident.post(f"{city.url}/follow", data={"code": placed["code"]})

    def followed() -> bool:
        page = resident.get(f"{city.url}/orders/{second}").text
        return "那一张的进展就写在这里" in page and "立项，给出承诺时间" in page

    until(followed, "the merged order to show how the other one goes on")


def test_a_refusal_needs_its_reason(city: City, desk: Desk) -> None:
    order_id = city.order(words=distinct("请问哪里能交电费"))["order_id"]
    assert "必须填写" in desk.post(f"/desk/orders/{order_id}/refusal", 422, reason=" ")
    assert "已告诉居民不予受理" in desk.post(f"/desk/orders/{order_id}/refusal", reason="请到营业厅办理")
    assert desk.person.get(f"/orders/{order_id}")["state"] == "refused"


def test_a_task_is_opened_staffed_and_followed_up(city: City, desk: Desk) -> None:
    order_id, task_id = registered(city, desk)
    path = f"/desk/orders/{order_id}"
    page = desk.post(f"{path}/slots", role_1="搬运", count_1="2", role_2="", count_2="")
    assert "0 / 2 人" in page
    assert "应在 1 到 50 之间" in desk.post(f"{path}/slots", 422, role_1="搬运", count_1="0")
    assert "开放抢单" in desk.post(f"{path}/opening", scope=COMMUNITY)
    assert desk.person.get(f"/tasks/{task_id}")["open"]
    order_id, task_id = registered(city, desk)
    path = f"/desk/orders/{order_id}"
    member = city.member()
    asked = {"hand_kind": "member", "hand_id": member.account_id}
    until(
        lambda: desk.pages.post(desk.url + path + "/assignment", data=asked).ok, "dispatch to know the member"
    )
    member.post(f"/tasks/{task_id}/acceptance")
    told = {"way": "call", "reached": "true", "solved": "", "grade": "", "words": "还在等"}
    said = until(lambda: _posted(desk, f"{path}/follow-up", told), "evaluation to know the order")
    assert "回访记下了" in str(said)
    assert desk.person.get("/follow-ups", order_id=order_id)["items"][0]["solved"] is None


def _posted(desk: Desk, path: str, form: dict[str, str]) -> str | None:
    response = desk.pages.post(desk.url + path, data=form)
    return response.text if response.ok else None


def test_a_task_is_passed_up_to_the_street_and_given_back(city: City, desk: Desk) -> None:
    street = city.official("supervisor", COMMUNITY[:9])
    order_id, task_id = registered(city, desk, "小区外的河道发臭")
    path = f"/desk/orders/{order_id}"
    assert "必须填写" in desk.post(f"{path}/escalation", 422, reason="")
    page = desk.post(f"{path}/escalation", reason="河道归街道")
    assert "已上报街道" in page
    assert "办不了，上报上一级" not in page, "the street has it now"
    until(lambda: "下级上报一项任务" in titles(street), "the street to hear of it")
    until(lambda: steps_of(street, order_id)[-1] == ("task_raised", "河道归街道"), "the order to show it")
    assert desk.person.send("POST", f"/tasks/{task_id}/handing-down", json={"reason": "x"}).status_code == 403
    back = street.post(f"/tasks/{task_id}/handing-down", reason="先由社区看一看")
    assert (back["escalated_to"], "raise" in back["allowed"]) == (None, True)
    until(lambda: "上级交回一项任务" in titles(desk.person), "the community to hear of it")


def test_the_street_whistles_and_does_without_one(city: City, desk: Desk) -> None:
    street = at_pages(city, city.official("supervisor", COMMUNITY[:9]))
    leading, second, third = (city.unit() for _ in range(3))
    order_id, task_id = registered(city, desk, "主干管爆裂")
    path = f"/desk/orders/{order_id}"
    assert "吹哨：请几个单位一起办" not in desk.get(path), "only the street whistles"
    assert "必须填写" in street.post(f"{path}/whistle", 422, leading=leading, words="")
    asked = {"leading": leading, "unit_ids": [second, third], "words": "请一起办", "report_minutes": "60"}
    until(
        lambda: street.pages.post(f"{street.url}{path}/whistle", data=asked).ok, "dispatch to know the units"
    )
    assert desk.get(path).count("等报到") == 2
    leader = city.official("unit_leader", f"unit:{second}")
    leader.post(f"/tasks/{task_id}/parts/{second}/arrival")
    page = street.post(f"{path}/parts/{third}/waiver", reason="由牵头单位代办")
    assert ("等报到" in page, "不用办了" in page) == (False, True)


def test_units_are_ranked_and_the_one_named_is_asked(city: City, desk: Desk) -> None:
    unit_id = city.unit()
    member = city.member(unit_id=unit_id)
    order_id, task_id = registered(city, desk)
    path = f"/desk/orders/{order_id}"

    def ranked() -> bool:
        page = desk.post(f"{path}/group-matching", skill="")
        return unit_id in page.partition('id="groups"')[2] and "为什么是它" in page

    until(ranked, "the unit to be known and ranked")
    desk.post(f"{path}/assignment", hand_kind="member", hand_id=member.account_id)
    member.post(f"/tasks/{task_id}/acceptance")
    pages = at_pages(city, member)
    own = f"/duties/tasks/{task_id}"
    pages.post(f"{own}/return", kind="not_ours", reason="归房管", named_unit_id="")
    assert "这件事归谁" in pages.get(own)
    assert "首问负责" in desk.get(path)
    other = city.unit()
    until(
        lambda: pages.pages.post(f"{city.url}{own}/named-unit", data={"unit_id": other}).ok,
        "dispatch to know the other unit",
    )
    assert "退单的人查明" in desk.get(path)
    assert "已派单" in desk.post(f"{path}/assignment", hand_kind="unit", hand_id=other)


def test_what_one_who_left_has_in_hand_is_taken_back_at_once(city: City, desk: Desk) -> None:
    member = city.member()
    order_id, task_id = registered(city, desk)
    asked = {"hand_kind": "member", "hand_id": member.account_id}
    path = f"/desk/orders/{order_id}"
    until(
        lambda: desk.pages.post(desk.url + path + "/assignment", data=asked).ok, "dispatch to know the member"
    )
    member.post(f"/tasks/{task_id}/acceptance")
    assert "办理人还在" in desk.post(f"{path}/taking-back", 422)
    assert city.operator.send("DELETE", f"/members/{member.account_id}").ok
    until(lambda: f'action="{path}/taking-back"' in desk.get("/desk"), "the desk to show what was left")
    assert "已收回" in desk.post(f"{path}/taking-back")
    until(lambda: steps_of(desk.person, order_id)[-1] == ("task_taken_back", None), "the order to show it")


def titles(person: Person) -> list[str]:
    return [message["title"] for message in person.get("/messages")["items"]]


def steps_of(person: Person, order_id: str) -> list[tuple[str, str | None]]:
    return [(step["step"], step["words"]) for step in person.get(f"/orders/{order_id}")["history"]]


def test_the_contact_is_shown_once_and_the_look_recorded(city: City, desk: Desk) -> None:
    order_id = city.order(words=distinct("想请人看看老人"))["order_id"]
    path = f"/desk/orders/{order_id}"
    assert "13800000002" not in desk.get(path)
    assert "13800000002" in desk.post(f"{path}/contact", purpose="核实情况")
    assert "13800000002" not in desk.get(path)


def test_a_case_is_planned_worked_on_and_changed(city: City, desk: Desk) -> None:
    unit = city.unit()
    orders = [
        # Nothing alike, or the system would propose a case of its own.
        city.order(words=distinct(words))["order_id"]
        for words in ("西门路面坑洼", "花坛里的草枯了", "想学用手机")
    ]
    campaign = {"title": "西门路面整修", "category": "traffic_road", "owner_kind": "unit", "owner_id": unit}

    def begun() -> str | None:
        response = desk.person.send("POST", "/cases", json={**campaign, "order_ids": orders})
        return response.json()["case_id"] if response.ok else None

    path = f"/desk/cases/{until(begun, 'dispatch to know the unit')}"
    assert "西门路面整修" in desk.get("/desk/cases?state=open")
    page = desk.post(
        f"{path}/plan", what_1="勘查", due_1="2099-01-01", done_1="true", what_2="铺沥青", due_2="2099-02-01"
    )
    assert "做完" in page
    assert "铺沥青" in page
    assert "应如" in desk.post(f"{path}/plan", 422, what_1="勘查", due_1="明天")
    assert "告诉相关居民" in desk.post(f"{path}/progress", words="施工队周一进场")
    desk.post(f"{path}/orders", remove=orders[2])
    assert len(desk.person.get(path.replace("/desk", ""))["order_ids"]) == 2


def test_the_places_cover_and_teams_have_their_pages(city: City, desk: Desk) -> None:
    assert "包联" in desk.get("/desk/grids")
    assert "团组" in desk.get("/desk/teams")
    page = desk.post("/desk/teams", node=COMMUNITY, kind="nearness")
    assert "分好了" in page or "没有分出新的团组" in page
    assert "必须填写" in desk.post("/desk/teams", 422, node=COMMUNITY)


def test_no_page_of_the_desk_is_for_members_or_residents(city: City) -> None:
    member = city.member()
    session = requests.Session()
    session.headers["Origin"] = city.url
    form = {"login": member.get("/me")["login"], "password": PASSWORD}
    assert session.post(f"{city.url}/sign-in", data=form).ok
    for path in ("/desk", "/desk/board", "/desk/new", "/visits", "/desk/teams", "/desk/grids"):
        assert session.get(city.url + path).status_code == 403, path
