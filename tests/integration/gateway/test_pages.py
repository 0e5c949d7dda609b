"""The pages as a browser without scripts uses them: links, forms, cookies."""

from __future__ import annotations

import html
import re

import pytest
import requests

from gateway.callers import COOKIE
from services.kit.ids import new_id
from tests.city import COMMUNITY, PASSWORD, City, Person, distinct
from tests.pictures import a_photo
from tests.waiting import until


@pytest.fixture
def browser(city: City) -> requests.Session:
    session = requests.Session()
    session.headers["Origin"] = city.url
    return session


def form(words: str, key: str) -> dict[str, str]:
    return {
        "community_code": COMMUNITY,
        "words": words,
        "key": key,
        "name": "测试居民",
        "phone": "13800000002",
    }


def code_in(page: str) -> str:
    found = re.search(r'<p class="code">([A-Z0-9]{4}-[A-Z0-9]{4})</p>', page)
    assert found
    return found[1]


def test_tapping_twice_makes_one_order(city: City, browser: requests.Session) -> None:
    page = browser.get(f"{city.url}/new", params={"node": COMMUNITY}).text
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    first = browser.post(f"{city.url}/new", data=form("路灯坏了", key[1]))
    again = browser.post(f"{city.url}/new", data=form("路灯坏了", key[1]))
    assert first.status_code == again.status_code == 201
    assert code_in(first.text) == code_in(again.text)


def test_reporting_twice_is_reporting_once(city: City, browser: requests.Session) -> None:
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    order_id = city.order()["order_id"]
    task = liaison.post(f"/orders/{order_id}/registration", category="liveability")["task_id"]
    hand = {"hand_kind": "member", "hand_id": member.account_id}
    until(
        lambda: liaison.send("POST", f"/tasks/{task}/assignment", json=hand).ok, "dispatch to know the member"
    )
    member.post(f"/tasks/{task}/acceptance")
    browser.cookies.set(COOKIE, member.token or "")
    page = f"{city.url}/duties/tasks/{task}"
    key = re.search(r'name="key" value="([^"]+)"', browser.get(page).text)
    assert key
    told = {"words": "灯换好了", "key": key[1]}
    sent = [
        browser.post(
            f"{page}/answer", data=told, files={"files": ("a.jpg", a_photo())}, allow_redirects=False
        )
        for _turn in range(2)
    ]
    assert [each.status_code for each in sent] == [303, 303]
    assert len({each.headers["Location"] for each in sent}) == 1
    history = until(
        lambda: [
            step for step in member.get(f"/orders/{order_id}")["history"] if step["step"] == "task_answered"
        ],
        "intake to hear of the answer",
    )
    assert [len(step["photos"]) for step in history] == [1]


def test_each_screen_carries_what_was_typed_and_brings_it_back(city: City, browser: requests.Session) -> None:
    typed = {
        "words": "路<b>灯</b>坏了",
        "address": "2单元",
        "phone": "12",
        "key": "a-key",
        "photos": "f" * 32,
    }
    where = browser.post(f"{city.url}/new", data={**typed, "to": "reach"}).text
    assert "事情在哪个社区" in where
    carried = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', where))
    del carried["next"]  # of the foot
    assert {name: html.unescape(value) for name, value in carried.items() if value} == typed
    reach = browser.post(f"{city.url}/new", data={**typed, "node": COMMUNITY})
    assert browser.cookies["sandan_place"] == COMMUNITY
    assert "教场社区" in reach.text
    assert "no-store" not in reach.headers["Cache-Control"], "the browser's Back shows it again"
    back = browser.post(f"{city.url}/new", data={**typed, "community_code": COMMUNITY, "to": "what"}).text
    assert "路&lt;b&gt;灯&lt;/b&gt;坏了</textarea>" in back
    empty = browser.post(f"{city.url}/new", data={**typed, "words": "", "to": "reach"})
    assert empty.status_code == 422
    assert 'id="error-words"' in empty.text


def test_a_photo_that_is_gone_leads_back_to_where_photos_are(city: City, browser: requests.Session) -> None:
    given = {**form("路灯坏了", new_id()), "photos": "f" * 32}
    again = browser.post(f"{city.url}/new", data=given)
    assert again.status_code == 422
    assert 'id="error-photos"' in again.text
    dropped = browser.post(f"{city.url}/new", data={**given, "drop": "f" * 32})
    assert dropped.status_code == 200
    assert "f" * 32 not in dropped.text


def test_the_first_screen_is_light(city: City, browser: requests.Session) -> None:
    page = browser.get(f"{city.url}/new")
    parts = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text))
    weight = len(page.content) + sum(len(browser.get(f"{city.url}{part}").content) for part in parts)
    assert len(parts) < 4
    assert weight < 100_000


def test_what_was_typed_survives_a_mistake(city: City, browser: requests.Session) -> None:
    response = browser.post(f"{city.url}/new", data={**form("路<b>灯</b>坏了", new_id()), "phone": "12"})
    assert response.status_code == 422
    assert "路&lt;b&gt;灯&lt;/b&gt;坏了" in response.text
    assert 'id="error-phone"' in response.text


def test_the_code_opens_the_order_and_its_forms(city: City, browser: requests.Session) -> None:
    words = distinct("门禁坏了")
    code = code_in(browser.post(f"{city.url}/new", data=form(words, new_id())).text)
    other = requests.Session()
    other.headers["Origin"] = city.url
    page = other.post(f"{city.url}/follow", data={"code": code.lower()})
    assert re.search(r"/orders/[0-9a-f-]{36}$", page.url)
    assert words in page.text
    assert code in page.text
    added = other.post(f"{page.url}/words", data={"words": "是东门的门禁", "key": new_id()})
    assert "补充收到了" in added.text
    assert "是东门的门禁" in added.text
    left = other.post(f"{city.url}/follow/leave")
    assert left.url == f"{city.url}/"
    assert "补充几句" not in other.get(page.url).text


def test_a_wrong_code_is_explained(city: City, browser: requests.Session) -> None:
    response = browser.post(f"{city.url}/follow", data={"code": "AAAA-AAAA"})
    assert response.status_code == 404
    assert "没有找到这个查询码" in response.text


def test_the_resident_rates_and_confirms_on_the_page(city: City, browser: requests.Session) -> None:
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    placed = city.order()
    page = f"{city.url}/orders/{placed['order_id']}"
    task_id = liaison.post(f"/orders/{placed['order_id']}/registration", category="facilities")["task_id"]
    liaison.hand_to(member, task_id)
    member.post(f"/tasks/{task_id}/acceptance")
    browser.post(f"{city.url}/follow", data={"code": placed["code"]})
    member.post(f"/tasks/{task_id}/pause", reason="等厂家寄配件")
    until(lambda: "原因：等厂家寄配件" in browser.get(page).text, "the pause and its reason on the page")
    assert "暂停计时中" in browser.get(page).text
    member.post(f"/tasks/{task_id}/resumption")
    member.post(f"/tasks/{task_id}/answer", words="换好了")
    liaison.post(f"/tasks/{task_id}/verification")
    assert "确认：已经解决" in browser.get(page).text
    rated = browser.post(f"{page}/rating", data={"grade": "satisfied", "words": "来得快"})
    assert "谢谢评价" in rated.text
    confirmed = browser.post(f"{page}/confirmation")
    assert "谢谢确认" in confirmed.text
    assert "确认：已经解决" not in confirmed.text
    again = browser.post(f"{page}/confirmation")
    assert again.status_code == 409
    assert 'role="alert"' in again.text


def test_home_filters_and_pages(city: City, browser: requests.Session) -> None:
    for n in range(22):
        city.visitor().post(
            "/orders",
            **{**_order(f"翻页的第{n}件"), "community_code": "520425001004"},
        )
    page = browser.get(f"{city.url}/", params={"node": "520425001004"}).text
    assert page.count('<li><a href="/orders/') == 20
    onward = re.search(r'href="(/\?[^"]*cursor=[^"]*)" rel="next"', page)
    assert onward
    rest = browser.get(city.url + onward[1].replace("&amp;", "&")).text
    assert rest.count('<li><a href="/orders/') == 2
    none = browser.get(f"{city.url}/", params={"node": "520425001004", "state": "closed"}).text
    assert "这里没有符合条件的点单" in none


def _order(words: str) -> dict[str, object]:
    return {"channel": "community_page", "words": words, "contact": {"phone": "13800000002"}}


def test_signing_in_leads_back_and_never_elsewhere(city: City, browser: requests.Session) -> None:
    login = city.official("liaison", COMMUNITY).get("/me")["login"]
    asked = browser.get(f"{city.url}/messages")
    assert asked.url == f"{city.url}/sign-in?next=%2Fmessages"
    given = {"login": login, "password": PASSWORD, "next": "/messages"}
    assert browser.post(f"{city.url}/sign-in", data=given).url == f"{city.url}/messages"
    assert all(cookie.has_nonstandard_attr("HttpOnly") for cookie in browser.cookies)
    browser.post(f"{city.url}/sign-out")
    assert browser.get(f"{city.url}/messages").url != f"{city.url}/messages"
    for lure in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"):
        response = browser.post(f"{city.url}/sign-in", data={**given, "next": lure}, allow_redirects=False)
        assert response.headers["Location"] == "/"


def test_a_foreign_form_is_refused(city: City, browser: requests.Session) -> None:
    browser.headers["Origin"] = "https://elsewhere.example"
    response = browser.post(f"{city.url}/new", data=form("不是我写的", new_id()))
    assert response.status_code == 403
    assert "来源不明的提交" in response.text


def test_an_ended_session_is_a_visitor_on_pages(city: City, browser: requests.Session) -> None:
    person = city.official("liaison", COMMUNITY)
    browser.cookies.set("sandan", person.token or "")
    assert "退出" in browser.get(city.url).text
    person.send("DELETE", "/sessions/current")
    page = browser.get(city.url)
    assert page.status_code == 200
    assert "登录" in page.text


def test_operators_have_a_page_and_others_do_not(city: City, browser: requests.Session) -> None:
    browser.cookies.set("sandan", city.operator.token or "")
    page = browser.get(f"{city.url}/operations").text
    assert page.count("正常") >= 5
    assert "今天没有送到" in page
    browser.cookies.set("sandan", city.official("operator", COMMUNITY[:6]).token or "")
    of_a_district = browser.get(f"{city.url}/operations")
    assert of_a_district.ok
    assert "今天没有送到" not in of_a_district.text
    assert browser.get(f"{city.url}/operations/categories").status_code == 403
    member = city.member()
    browser.cookies.set("sandan", member.token or "")
    assert browser.get(f"{city.url}/operations").status_code == 403


def test_a_promise_is_told_and_lateness_is_not_hidden(city: City) -> None:
    placed = city.order(at="2026-04-01T09:00:00+08:00")
    liaison = city.official("liaison", COMMUNITY)
    liaison.at = "2026-04-01T10:00:00+08:00"
    liaison.post(
        f"/orders/{placed['order_id']}/registration",
        category="facilities",
        promised_at="2026-04-03T18:00:00+08:00",
    )
    resident = Person(city.url, code=placed["code"])
    path = f"/orders/{placed['order_id']}"
    until(lambda: resident.get(path)["promised_at"], "the promise")
    told = {
        at: requests.get(
            f"{city.url}{path}", headers={"X-Order-Code": placed["code"], "X-Simulated-Time": at}, timeout=10
        ).text
        for at in ("2026-04-01T12:00:00+08:00", "2026-04-10T18:00:00+08:00")
    }
    before, after = told.values()
    assert "承诺 2026年4月3日 18:00 前答复" in before
    assert "还有 2 天" in before
    assert "已超时 7 天" in after
