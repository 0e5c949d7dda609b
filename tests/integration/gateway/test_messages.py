"""Messages through HTTP: addresses that are proved, mails that leave at once and end with one click, words and bounds of a place."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import requests

from services.kit.ids import new_id
from tests.city import COMMUNITY, DISTRICT, NEIGHBOUR, City, Person, an_order
from tests.integration.notify.providers import Mailbox
from tests.waiting import until

REGISTERED = "/templates/dispatch.task_registered/residents"


def proved(person: Person, mailbox: Mailbox) -> str:
    """An address of the person's, confirmed by the code that was sent there."""
    address = f"{new_id()[-12:]}@mail.example"
    sent = person.post("/me/reach/email/codes", address=address)
    assert sent.keys() == {"way", "expires_at"}
    (mail,) = until(lambda: mailbox.to(address), "the code's mail")
    code = re.findall(r"\d{6}", mail.get_content())[0]
    wrong = "000000" if code != "000000" else "111111"
    assert person.send("PUT", "/me/reach/email", json={"code": wrong}).status_code == 401
    (way,) = person.put("/me/reach/email", code=code)["ways"]
    assert (way["way"], way["masked"]) == ("email", f"{address[:2]}***@mail.example")
    return address


def emergency(city: City) -> str:
    placed = city.visitor().post("/orders", **an_order("楼道里有煤气味"), emergency=True)
    order_id: str = placed["order_id"]
    return order_id


def test_an_emergency_reaches_the_liaisons_mailbox_until_they_say_no(city: City, mailbox: Mailbox) -> None:
    liaison = city.official("liaison", COMMUNITY)
    address = proved(liaison, mailbox)
    order_id = emergency(city)
    (mail,) = until(
        lambda: [mail for mail in mailbox.to(address) if "紧急点单" in mail["Subject"]],
        "the emergency's mail",
    )
    assert f"http://sandan.example/orders/{order_id}" in mail.get_content()
    path = urlsplit(mail["List-Unsubscribe"].strip("<>")).path
    opened = requests.get(f"{city.url}{path}", timeout=30)
    assert "不再收邮件" in opened.text
    assert not any(off["theme"] is None for off in liaison.get("/me/preferences")["off"]), (
        "opening changes nothing"
    )
    clicked = requests.post(f"{city.url}{path}", data={"List-Unsubscribe": "One-Click"}, timeout=30)
    assert clicked.ok
    assert {"channel": "email", "theme": None} in liaison.get("/me/preferences")["off"]
    assert requests.post(f"{city.url}{path}x", timeout=30).status_code == 403
    sent = city.operator.get("/deliveries", state="sent")["items"]
    assert [each["channel"] for each in sent if each["recipient"] == liaison.account_id] == ["email"]
    channels = until(lambda: city.operator.get("/channels"), "the channels")
    assert [each["channel"] for each in channels["channels"] if each["set_up"]] == ["email"]


def test_what_is_wanted_is_kept_and_what_makes_no_sense_is_named(city: City) -> None:
    member = city.member()
    wanted: dict[str, Any] = {
        "off": [{"channel": "sms"}, {"channel": "email", "theme": "points"}],
        "digest_hour": 19,
        "quiet_from": "20:30",
        "quiet_until": "07:00",
        "language": "en",
    }
    kept = member.put("/me/preferences", **wanted)
    assert kept == member.get("/me/preferences")
    assert kept["digest_hour"] == 19
    wrong = member.send("PUT", "/me/preferences", json={"quiet_from": "20:30"}).json()
    assert wrong["errors"][0]["field"] == "quiet_until"
    assert city.visitor().send("GET", "/me/preferences").status_code == 401
    assert city.visitor().send("GET", "/me/reach").status_code == 401


def test_a_place_says_it_in_its_own_words_and_takes_them_back(city: City) -> None:
    path = f"/nodes/{DISTRICT}{REGISTERED}"
    operator = city.official("operator", DISTRICT)
    shipped = operator.get(path)
    assert shipped["version"] == 0
    wrong = operator.send("PUT", path, json={"title": "立项了", "words": "{promised_on:day} 前答复"})
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["field"] == "words"
    assert "promised_on" in wrong.json()["detail"]
    draft = {"kind": shipped["kind"], "audience": shipped["audience"], "title": "立项了"}
    shown = operator.post("/templates/previews", **draft, words="{promised_at:day} 前答复您")
    assert shown == {"title": "立项了", "words": "3月5日 前答复您"}
    for version in (1, 2):
        kept = operator.put(path, title=f"立项了 {version}", words="{promised_at:day} 前答复您")
        assert kept["version"] == version
    below = operator.get(f"/nodes/{COMMUNITY}{REGISTERED}")
    assert (below["title"], below["set_at_node"]) == ("立项了 2", DISTRICT)
    liaison = city.official("liaison", COMMUNITY)
    assert liaison.send("GET", path).status_code == 403
    elsewhere = city.official("operator", NEIGHBOUR)
    assert elsewhere.send("PUT", path, json={"title": "x", "words": "y"}).status_code == 403
    taken = operator.send("DELETE", path).json()
    assert (taken["title"], taken["version"]) == (shipped["title"], 0)
    assert operator.send("DELETE", path).status_code == 404


def test_a_place_says_how_often_and_when(city: City) -> None:
    supervisor = city.official("supervisor", NEIGHBOUR)
    path = f"/nodes/{NEIGHBOUR}/tell-bounds"
    usual = supervisor.get(path)
    assert (usual["set_at_node"], usual["quiet_from"], usual["quiet_until"]) == (None, "21:00", "08:00")
    told = {"most_a_day": 3, "quiet_from": "22:00", "quiet_until": "07:00"}
    assert supervisor.put(path, **told)["set_at_node"] == NEIGHBOUR
    assert city.official("supervisor", COMMUNITY).send("PUT", path, json=told).status_code == 403
    assert supervisor.send("DELETE", path).json() == usual


def test_nobody_but_a_provider_that_knows_the_secret_is_heard(city: City) -> None:
    for channel in ("sms", "email", "wechat"):
        answer = city.visitor().send("POST", f"/hooks/{channel}/guessed", data=b"[]")
        assert answer.status_code == 403
    assert city.visitor().send("POST", "/hooks/pigeon/guessed", data=b"[]").status_code == 404
    assert city.visitor().send("GET", "/hooks/wechat/guessed", params={"echostr": "x"}).status_code == 403


def test_operators_alone_see_what_was_sent(city: City) -> None:
    for person in (city.official("liaison", COMMUNITY), city.member()):
        assert person.send("GET", "/deliveries").status_code == 403
        assert person.send("GET", "/channels").status_code == 403


def seen(city: City, person: Person, path: str, **form: str) -> requests.Response:
    """A page as the person's browser gets it, without scripts; with ``form``, after sending one."""
    cookies = {"sandan": str(person.token)}
    address = f"{city.url}{path}"
    if not form:
        return requests.get(address, cookies=cookies, timeout=30)
    return requests.post(address, data=form, cookies=cookies, headers={"Origin": city.url}, timeout=30)


def test_the_settings_are_a_form_that_works_without_scripts(city: City, mailbox: Mailbox) -> None:
    member, path = city.member(), "/messages/settings"
    assert "请我办的事" in seen(city, member, path).text
    saved = seen(city, member, path, **{"on:email:asked": "on", "digest_hour": "7", "language": "zh"})
    assert "设置已保存" in saved.text
    kept = member.get("/me/preferences")
    assert kept["digest_hour"] == 7
    themes = {off["theme"] for off in kept["off"] if off["channel"] == "email"}
    assert "asked" not in themes
    assert "points" in themes
    wrong = seen(city, member, path, quiet_from="22:00", digest_hour="7")
    assert wrong.status_code == 422
    assert 'id="error-quiet_until"' in wrong.text
    assert 'value="22:00"' in wrong.text, "what was typed is still there"
    address = f"{new_id()[-12:]}@mail.example"
    asked = seen(city, member, f"{path}/email/address", address=address)
    assert "验证码已发出" in asked.text
    (mail,) = until(lambda: mailbox.to(address), "the code's mail")
    code = re.findall(r"\d{6}", mail.get_content())[0]
    assert "联系方式已确认" in seen(city, member, f"{path}/email/code", code=code).text
    refused = seen(city, member, f"{path}/email/address", address="nobody")
    assert 'id="error-address"' in refused.text


def test_operators_try_words_before_they_keep_them(city: City) -> None:
    operator = city.official("operator", COMMUNITY)
    path = f"/operations/templates/{COMMUNITY}/dispatch.task_urged/acting"
    which = {"channel": "sms", "language": "zh"}
    opened = requests.get(
        f"{city.url}{path}", params=which, cookies={"sandan": str(operator.token)}, timeout=30
    )
    assert "第 3 次" in opened.text, "the sample's number"
    wrong = seen(city, operator, path, **which, title="请尽快", words="{counted}", do="look")
    assert wrong.status_code == 422
    assert "{counted}" in wrong.text
    assert (
        "新的说法已保存"
        in seen(city, operator, path, **which, title="请尽快", words="督办 {count}", do="keep").text
    )
    listed = requests.get(
        f"{city.url}/operations/templates",
        params={"node": COMMUNITY, "channel": "sms"},
        cookies={"sandan": str(operator.token)},
        timeout=30,
    )
    assert "本地第 1 版" in listed.text
    again = seen(city, operator, path, **which, title="又一种", words="督办 {count} 次", do="keep")
    assert (undone(city, operator, again.text), title_at(city, operator)) == (True, "请尽快")
    taken = seen(city, operator, path, **which, do="take")
    assert undone(city, operator, taken.text)
    assert title_at(city, operator) == "请尽快"
    bounds = {"node": COMMUNITY, "most_a_day": "3", "do": "keep"}
    assert undone(city, operator, seen(city, operator, "/operations/templates/bounds", **bounds).text)
    assert operator.get(f"/nodes/{COMMUNITY}/tell-bounds")["set_at_node"] != COMMUNITY
    bounded = seen(city, operator, "/operations/templates/bounds", node=COMMUNITY, most_a_day="x", do="keep")
    assert bounded.status_code == 422
    assert "消息渠道" in seen(city, operator, "/operations/channels").text
    assert seen(city, city.member(), "/operations/channels").status_code == 403


def undone(city: City, operator: Person, page: str) -> bool:
    """Presses the page's button that takes the change back."""
    form = re.search(
        r'undo" role="status">.*?<form method="post" action="([^"]+)">(.*?)</form>', page, re.DOTALL
    )
    assert form, page
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[2]))
    return seen(city, operator, form[1], **fields).ok


def title_at(city: City, operator: Person) -> str:
    path = f"/nodes/{COMMUNITY}/templates"
    found = operator.get(path, channel="sms", kind="dispatch.task_urged")["items"]
    title: str = next(each["title"] for each in found if each["audience"] == "acting")
    return title
