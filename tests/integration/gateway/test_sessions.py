"""Sessions and roles through HTTP: opened, used, ended at once; residents sign in with a code sent to their phone."""

from __future__ import annotations

import itertools
import re
from typing import Any

from requests.adapters import HTTPAdapter

from gateway.callers import GUESSES
from tests.city import COMMUNITY, PASSWORD, City, Person, an_order
from tests.waiting import until


class From(HTTPAdapter):
    """Connects from another address of this machine: limits are per client address."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options, source_address=(self._address, 0))


_numbers = itertools.count(13900000100)


def new_phone() -> str:
    return str(next(_numbers))


def by_code(city: City, phone: str) -> Person:
    sent = city.visitor().post("/codes", phone=phone)
    assert sent.keys() == {"challenge", "expires_at"}
    caught = until(
        lambda: city.visitor().get("/catcher/messages", to=phone)["items"], "the code to be caught"
    )
    code = re.search(r"\d{6}", caught[0]["text"])
    assert code
    opened = city.visitor().post(
        "/sessions/by-code", challenge=sent["challenge"], code=code[0], name="测试居民"
    )
    return Person(city.url, token=opened["token"], account_id=opened["account"]["account_id"])


def test_a_resident_signs_in_by_code_and_finds_own_orders(city: City) -> None:
    resident = by_code(city, new_phone())
    assert resident.get("/me")["name"] == "测试居民"
    placed = resident.post("/orders", **an_order("楼下的树倒了"))
    mine = resident.get("/orders", mine=True)["items"]
    assert [order["order_id"] for order in mine] == [placed["order_id"]]
    assert mine[0]["community_name"] == "教场社区居民委员会"


def test_a_wrong_code_is_refused(city: City) -> None:
    sent = city.visitor().post("/codes", phone=new_phone())
    response = city.visitor().send(
        "POST", "/sessions/by-code", json={"challenge": sent["challenge"], "code": "0000000"}
    )
    assert response.status_code == 401
    assert response.json()["type"] == "/problems/code-wrong"


def test_signing_out_ends_the_session_at_once(city: City) -> None:
    liaison = city.official("liaison", COMMUNITY)
    assert liaison.get("/me")["grants"] == [{"role": "liaison", "node": COMMUNITY}]
    assert liaison.send("DELETE", "/sessions/current").status_code == 204
    ended = liaison.send("GET", "/me")
    assert ended.status_code == 401
    assert ended.json()["type"] == "/problems/session-ended"


def test_a_wrong_password_tells_nothing(city: City) -> None:
    known = city.official("liaison", COMMUNITY).get("/me")["login"]
    answers = [
        city.visitor().send("POST", "/sessions", json={"login": login, "password": "wrong-password"})
        for login in (known, "nobody-of-this-name")
    ]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].json()["detail"] == answers[1].json()["detail"]


def test_a_changed_password_ends_the_other_sessions(city: City) -> None:
    first = city.official("liaison", COMMUNITY)
    second = city.sign_in(first.get("/me")["login"])
    second.get("/me")
    response = first.send("PUT", "/me/password", json={"old": PASSWORD, "new": "invented-password-2"})
    assert response.status_code == 204
    assert first.send("GET", "/me").status_code == 200
    assert second.send("GET", "/me").status_code == 401


def test_a_role_granted_or_revoked_counts_at_once(city: City) -> None:
    person = city.official("volunteer", COMMUNITY)
    assert person.send("GET", "/follow-ups").status_code == 403
    grants = f"/accounts/{person.account_id}/grants"
    city.operator.post(grants, role="evaluator", node=COMMUNITY)
    assert person.send("GET", "/follow-ups", params={"node": COMMUNITY}).status_code == 200
    assert city.operator.send("DELETE", f"{grants}/evaluator/{COMMUNITY}").status_code == 200
    assert person.send("GET", "/follow-ups", params={"node": COMMUNITY}).status_code == 403


def test_an_unknown_role_or_figure_in_a_path_is_not_found(city: City) -> None:
    assert city.operator.send("DELETE", f"/accounts/x/grants/king/{COMMUNITY}").status_code == 404
    reader = city.official("auditor", COMMUNITY)
    assert reader.send("GET", "/figures/luck/orders").status_code == 404


def test_guessing_follow_codes_is_slowed_down_and_right_codes_are_free(city: City) -> None:
    placed = city.order()
    elsewhere = city.visitor()
    elsewhere.http.mount("http://", From("127.0.0.2"))
    for _ in range(GUESSES.burst + 5):
        elsewhere.get(f"/orders/by-code/{placed['code']}")
    seen = [elsewhere.send("GET", "/orders/by-code/AAAA-AAAA").status_code for _ in range(GUESSES.burst + 10)]
    assert seen[: GUESSES.burst] == [404] * GUESSES.burst
    assert seen[-1] == 429
    slowed = elsewhere.send("GET", f"/orders/by-code/{placed['code']}")
    assert slowed.status_code == 429
    assert int(slowed.headers["Retry-After"]) >= 1
    page = elsewhere.http.get(city.url, cookies={"sandan_order": placed["code"]}, timeout=10)
    assert page.status_code == 200
    assert city.visitor().get(f"/orders/by-code/{placed['code']}")["order_id"] == placed["order_id"]
