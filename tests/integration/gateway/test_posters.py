"""Codes, posters and cards of a running city."""

from __future__ import annotations

import io
import re

import requests
from pypdf import PdfReader

from tests.city import COMMUNITY, City, Person


def asked(city: City, path: str, person: Person | None = None) -> requests.Response:
    headers = {"Authorization": f"Bearer {person.token}"} if person else {}
    return requests.get(f"{city.url}{path}", headers=headers, timeout=30)


def words(response: requests.Response) -> str:
    assert response.headers["Content-Type"] == "application/pdf"
    (page,) = PdfReader(io.BytesIO(response.content)).pages
    return re.sub(r"\s", "", page.extract_text())


def test_a_community_has_a_code_for_everybody_and_a_poster_for_its_staff(city: City) -> None:
    drawn = asked(city, f"/posters/{COMMUNITY}/code.svg")
    assert (drawn.status_code, drawn.headers["Content-Type"]) == (200, "image/svg+xml")
    assert asked(city, f"/posters/{COMMUNITY}/code.png").content.startswith(b"\x89PNG")
    assert asked(city, "/posters/999999999999/code.svg").status_code == 404
    liaison = city.official("liaison", COMMUNITY)
    said = words(asked(city, f"/posters/{COMMUNITY}/poster.pdf", liaison))
    assert "教场社区" in said
    assert f"http://sandan.example/new?node={COMMUNITY}" in said
    assert asked(city, f"/posters/{COMMUNITY}/poster.pdf", city.member()).status_code == 403


def test_a_card_is_for_those_who_may_read_the_file(city: City) -> None:
    member, unit_id = city.member(skills=("水电",)), city.unit()
    mate = city.member(unit_id=unit_id)
    said = words(asked(city, f"/posters/members/{member.account_id}/card.pdf", member))
    assert "测试党员" in said
    assert "水电" in said
    assert re.search(r"1\d{10}", said) is None
    assert asked(city, f"/posters/members/{member.account_id}/card.pdf", mate).status_code == 403


def test_a_team_has_a_card_too(city: City) -> None:
    liaison, members = city.official("liaison", COMMUNITY), [city.member() for _ in range(2)]
    team = liaison.post(
        "/teams",
        name="水电便民服务队",
        node=COMMUNITY,
        kind="trade",
        member_ids=[each.account_id for each in members],
    )
    said = words(asked(city, f"/posters/teams/{team['team_id']}/card.pdf", liaison))
    assert "水电便民服务队" in said
    assert "教场社区" in said
