"""The compose deployment on a real engine: it comes up, lives through scenario Z, and goes down."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import date

import pytest
import requests

from deploy.embedded.ziyun.play import play
from tests.e2e.engine import Deployment, NoEngineError, build, connect, deployed

pytestmark = pytest.mark.e2e

SERVICES = ("intake", "dispatch", "members", "evaluation", "notify")
LOGIN = "operator"
PASSWORD = secrets.token_urlsafe(16)
DIVISION = "52"


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    try:
        engine = connect()
    except NoEngineError as failure:
        pytest.exit(f"make e2e needs a container engine, and none answers: {failure}", 1)
    build(engine)
    engine.close()
    with deployed(tmp_path_factory.mktemp("e2e")) as deployment:
        deployment.run_in(
            "members",
            *(
                "python",
                "-m",
                "services.members.cli",
                "operator",
                LOGIN,
                "--node",
                DIVISION,
                "--password-stdin",
            ),
            typed=f"{PASSWORD}\n",
        )
        yield deployment


def test_the_gateway_is_ready(deployment: Deployment) -> None:
    assert requests.get(f"{deployment.url}/readyz", timeout=10).json()["status"] == "ready"


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_ready_and_runs_without_rights(deployment: Deployment, service: str) -> None:
    assert deployment.run_in(service, "python", "-m", "deploy.probe", "readyz") == ""
    assert deployment.run_in(service, "id", "-u").strip() == "10001"


def test_scenario_z_ends_with_the_figures_of_the_practice(deployment: Deployment) -> None:
    outcome = play(
        deployment.url,
        operator=LOGIN,
        operator_password=PASSWORD,
        password=PASSWORD,
        begins=date(2025, 3, 31),
    )

    counted = {
        name: outcome.figures[name]["numerator"]
        for name in ("units", "members", "orders", "closed", "in_progress")
    }
    assert counted == {"units": 40, "members": 180, "orders": 55, "closed": 50, "in_progress": 5}
    assert outcome.figures["follow_ups"]["numerator"] >= 30

    deployment.compose("down")
    deployment.start()

    day = {"since": outcome.since.isoformat(), "until": outcome.until.isoformat()}
    answer = requests.get(f"{deployment.url}/api/v1/figures", params=day, timeout=10)
    kept = {each["figure"]: each["numerator"] for each in answer.json()["figures"]}
    assert {name: kept[name] for name in counted} == counted, "the data outlives its containers"
