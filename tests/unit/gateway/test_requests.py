"""What a request must look like: each fault is named by its field or header."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import Client

from tests.unit.gateway.conftest import client_of
from tests.unit.gateway.test_problems import ORDER


def errors_of(response: Any) -> dict[str, str]:
    return {each["field"]: each["message"] for each in response.get_json(force=True)["errors"]}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"words": ""}, "words"),
        ({"words": "长" * 2001}, "words"),
        ({"words": None}, "words"),
        ({"words": 7}, "words"),
        ({"channel": "smoke_signal"}, "channel"),
        ({"colour": "red"}, "colour"),
        ({"contact": {"phone": "1" * 21}}, "contact.phone"),
        ({"contact": {"fax": "1"}}, "contact.fax"),
        ({"contact": "13800000001"}, "contact"),
        ({"photos": ["p"] * 10}, "photos"),
        ({"photos": [""]}, "photos.0"),
        ({"emergency": "perhaps"}, "emergency"),
        ({"longitude": 180.1, "latitude": 30}, "longitude"),
        ({"longitude": 111.3, "latitude": -90.1}, "latitude"),
        ({"longitude": "east", "latitude": 30}, "longitude"),
        ({"longitude": 111.3}, "latitude"),
        ({"latitude": 30.7}, "longitude"),
    ],
)
def test_a_bad_field_is_named(client: Client, change: dict[str, Any], field: str) -> None:
    response = client.post("/api/v1/orders", json={**ORDER, **change})
    assert response.status_code == 422
    assert list(errors_of(response)) == [field]


def test_all_missing_fields_are_named_at_once(client: Client) -> None:
    response = client.post("/api/v1/orders", json={})
    assert errors_of(response).keys() == {"community_code", "channel", "words"}


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"words=1", "application/x-www-form-urlencoded", 415),
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[]", "application/json", 422),
        (b'"' + b"a" * 1024 * 1024 + b'"', "application/json", 413),
    ],
)
def test_only_json_objects_of_reasonable_size(
    client: Client, body: bytes, content_type: str, status: int
) -> None:
    assert client.post("/api/v1/orders", data=body, content_type=content_type).status_code == status


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=many", "limit"),
        ("states=closed,lost", "states.1"),
        ("since=today", "since"),
    ],
)
def test_a_bad_query_is_named(client: Client, query: str, field: str) -> None:
    path = "figures" if field == "since" else "orders"
    response = client.get(f"/api/v1/{path}?{query}")
    assert response.status_code == 400
    assert list(errors_of(response)) == [field]


@pytest.mark.parametrize("key", ["", "x" * 201, "two words", "标记"])
def test_a_bad_idempotency_key_is_refused(client: Client, key: str) -> None:
    response = client.post(
        "/api/v1/orders", json=ORDER, headers={"Idempotency-Key": key.encode().decode("latin-1")}
    )
    assert response.status_code == 400
    assert list(errors_of(response)) == ["Idempotency-Key"]


def test_simulated_time_is_refused_in_a_real_city(client: Client) -> None:
    response = client.get("/api/v1/nodes", headers={"X-Simulated-Time": "2026-03-01T09:00:00+08:00"})
    assert response.status_code == 400
    assert list(errors_of(response)) == ["X-Simulated-Time"]


@pytest.mark.parametrize("moment", ["tomorrow", "2026-03-01T09:00:00"])
def test_simulated_time_needs_a_date_and_a_zone(moment: str) -> None:
    response = client_of(simulated=True).get("/api/v1/nodes", headers={"X-Simulated-Time": moment})
    assert list(errors_of(response)) == ["X-Simulated-Time"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Cookie": "sandan=token"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 503),
        ({"Origin": "http://localhost"}, 503),
        ({"Sec-Fetch-Site": "cross-site", "Authorization": "Bearer token"}, 503),
    ],
)
def test_changes_come_from_our_own_pages(client: Client, headers: dict[str, str], status: int) -> None:
    assert client.post("/api/v1/orders", json=ORDER, headers=headers).status_code == status


def test_every_answer_is_protected(client: Client) -> None:
    for path in ("/problems/invalid", "/api/v1/nothing", "/static/style.css"):
        headers = client.get(path).headers
        assert "script-src 'self';" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert len(headers["X-Correlation-Id"]) == 36


def test_answers_about_people_are_not_cached_but_the_style_sheet_is(client: Client) -> None:
    assert client.get("/api/v1/nothing").headers["Cache-Control"] == "no-store"
    sheet = client.get("/static/style.css")
    assert "max-age" in sheet.headers["Cache-Control"]
    again = client.get("/static/style.css", headers={"If-None-Match": sheet.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["../service.py", "%2e%2e%2fservice.py", "nothing.css"])
def test_only_static_files_are_given_out(client: Client, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404
