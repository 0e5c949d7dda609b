"""A certificate of service: issued to a member, printed, checked by a stranger, revoked."""

from __future__ import annotations

import io
import re

import requests
from pypdf import PdfReader

from tests.city import COMMUNITY, City, Person
from tests.closing import certificate


def page(city: City, path: str, person: Person | None = None) -> requests.Response:
    headers = {"Authorization": f"Bearer {person.token}"} if person else {}
    return requests.get(f"{city.url}{path}", headers=headers, timeout=30)


def test_a_certificate_is_issued_printed_checked_and_revoked(city: City) -> None:
    liaison, member = city.official("liaison", COMMUNITY), city.member(unit_id=city.unit())
    number = certificate(city, liaison, member)
    (mine,) = member.get("/certificates", member_id=member.account_id)["items"]
    assert (mine["number"], mine["tasks"]) == (number, 1)
    assert number in page(city, "/duties/me", member).text
    assert number in page(city, f"/supervising/certificates?node={COMMUNITY}", liaison).text

    paper = f"/certificates/{number}/certificate.pdf"
    (printed,) = PdfReader(io.BytesIO(page(city, paper, member).content)).pages
    said = re.sub(r"\s", "", printed.extract_text())
    for word in ("测试党员", number, "1件", "第1版规则", "教场社区"):
        assert word in said
    assert page(city, paper, city.member()).status_code == 403

    told = city.visitor().get(f"/certificates/{number}")
    assert (told["name"], told["revoked_at"]) == ("测***", None)
    shown = page(city, f"/certificates/{number}").text
    assert "测***" in shown
    assert "测试党员" not in shown
    assert page(city, f"/certificates/{number[:-1]}").status_code == 404

    liaison.post(f"/certificates/{number}/revocation", reason="时间写错了")
    shown = page(city, f"/certificates/{number}").text
    assert "时间写错了" in shown
    assert "不再有效" in shown
