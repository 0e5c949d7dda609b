"""The compose deployment on a real engine: it comes up, lives through scenario Z, and goes down."""

from __future__ import annotations

import importlib
import secrets
from collections.abc import Iterator

import pytest
import requests

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
    # Imported here, so that the tests above tell of a broken deployment even when the story is.
    ziyun = importlib.import_module("tests.scenarios.ziyun")

    outcome = ziyun.play(deployment.url, login=LOGIN, password=PASSWORD)

    assert (outcome.units, outcome.members) == (40, 180)
    assert (outcome.orders, outcome.closed, outcome.in_progress) == (55, 50, 5)
    assert outcome.follow_ups >= 30


def test_data_outlives_a_restart(deployment: Deployment) -> None:
    before = requests.get(f"{deployment.url}/api/v1/figures", timeout=10).json()

    deployment.compose("down")
    deployment.start()

    assert requests.get(f"{deployment.url}/api/v1/figures", timeout=10).json() == before
