"""Houses for the conformance suite: a calm one that a module's tests share, and fragile ones that a test may break."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.kit.house import MEMBUS, House, built

BUSES = ("rabbitmq", "membus")


@pytest.fixture(scope="module", params=BUSES)
def calm(
    request: pytest.FixtureRequest, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A running house; its tests use keys of their own and break nothing."""
    uri = MEMBUS if request.param == "membus" else request.getfixturevalue("amqp_uri")
    with built(tmp_path_factory.mktemp("house"), uri, database_url) as house:
        house.start()
        yield house


@pytest.fixture(scope="module")
def probed(amqp_uri: str, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """As ``calm``, on RabbitMQ, where it can be reached from outside."""
    with built(tmp_path_factory.mktemp("house"), amqp_uri, database_url) as house:
        house.start()
        yield house


@pytest.fixture(params=BUSES)
def fragile(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[House]:
    """A house for one test, on either bus; not started."""
    uri = MEMBUS if request.param == "membus" else request.getfixturevalue("amqp_uri")
    with built(tmp_path, uri, database_url) as house:
        yield house


@pytest.fixture
def house(amqp_uri: str, database_url: str, tmp_path: Path) -> Iterator[House]:
    """A house for one test, on RabbitMQ; not started."""
    with built(tmp_path, amqp_uri, database_url) as house:
        yield house
