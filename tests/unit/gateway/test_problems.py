"""Every failure is a problem document that says what to do, and never more than that."""

from __future__ import annotations

from enum import StrEnum

import pytest
from werkzeug.test import Client

from gateway.problems import CONTENT_TYPE, KINDS, from_refused, respond
from services.dispatch.contracts import Slug as DispatchSlug
from services.evaluation.contracts import Slug as EvaluationSlug
from services.intake.contracts import Slug as IntakeSlug
from services.kit.outcomes import Refused
from services.members.contracts import Slug as MembersSlug
from services.notify.contracts import Slug as NotifySlug
from tests.unit.gateway.conftest import NobodyThere

ORDER = {"community_code": "520425001001", "channel": "community_page", "words": "灯坏了"}


@pytest.mark.parametrize(
    "slugs",
    [IntakeSlug, DispatchSlug, MembersSlug, EvaluationSlug, NotifySlug],
    ids=lambda slugs: slugs.__module__,
)
def test_every_error_of_a_service_is_explained(slugs: type[StrEnum]) -> None:
    assert {slug.value for slug in slugs} <= KINDS.keys()


def test_a_refusal_becomes_a_problem_of_rfc_9457() -> None:
    refused = Refused("already-taken", "已被他人接单", status=409, field="task_id", taken_at="10:00")
    response = respond(from_refused(refused), instance="/api/v1/tasks/1/grab", correlation="c1")
    assert response.status_code == 409
    assert response.content_type == CONTENT_TYPE
    assert response.get_json(force=True) == {
        "type": "/problems/already-taken",
        "title": "已被他人接单",
        "status": 409,
        "detail": "已被他人接单",
        "instance": "/api/v1/tasks/1/grab",
        "correlation": "c1",
        "errors": [{"field": "task_id", "message": "已被他人接单"}],
        "taken_at": "10:00",
    }


def test_facts_cannot_pose_as_members_of_the_standard() -> None:
    refused = Refused("wrong-state", "任务已结束", state="closed", type="forged")
    body = from_refused(refused).body(instance="/", correlation="c1")
    assert body["type"] == "/problems/wrong-state"
    assert body["state"] == "closed"


@pytest.mark.parametrize(
    ("method", "path", "status", "slug"),
    [
        ("GET", "/api/v1/nothing", 404, "not-found"),
        ("DELETE", "/api/v1/orders", 405, "method-not-allowed"),
        ("GET", "/api/v1/me", 401, "sign-in-required"),
        ("GET", "/api/v1/catcher/messages", 404, "not-found"),
        ("POST", "/api/v1/clocks/run", 401, "sign-in-required"),
    ],
)
def test_what_the_gateway_refuses_itself(
    client: Client, method: str, path: str, status: int, slug: str
) -> None:
    response = client.open(path, method=method)
    assert response.status_code == status
    assert response.content_type == CONTENT_TYPE
    assert response.get_json(force=True)["type"] == f"/problems/{slug}"


def test_a_wrong_method_names_the_right_ones(client: Client) -> None:
    allowed = client.delete("/api/v1/orders").headers["Allow"]
    assert {"GET", "POST"} <= set(allowed.split(", "))


def test_a_service_that_is_away_is_a_503_with_retry_after(client: Client) -> None:
    response = client.post("/api/v1/orders", json=ORDER)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "3"
    assert response.get_json(force=True)["type"] == "/problems/unavailable"


def test_a_defect_tells_its_number_and_nothing_else(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def defect(*_given: object, **_named: object) -> None:
        raise RuntimeError("password of the database")

    monkeypatch.setattr(NobodyThere, "ask", defect)
    response = client.get("/api/v1/nodes")
    assert response.status_code == 500
    assert response.get_json(force=True)["correlation"] == response.headers["X-Correlation-Id"]
    assert "password" not in response.text
    assert "RuntimeError" not in response.text
    assert "password of the database" in caplog.text


def test_a_page_fails_as_a_page(client: Client) -> None:
    response = client.get("/nothing", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert response.content_type.startswith("text/html")
    assert "没有这个页面" in response.text


def test_a_program_that_asks_for_no_page_gets_json(client: Client) -> None:
    assert client.get("/nothing", headers={"Accept": "application/json"}).content_type == CONTENT_TYPE


@pytest.mark.parametrize("slug", sorted(KINDS))
def test_each_kind_has_its_page(client: Client, slug: str) -> None:
    response = client.get(f"/problems/{slug}")
    assert response.status_code == 200
    assert KINDS[slug].meaning in response.text
