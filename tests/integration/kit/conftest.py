"""Houses for the conformance suite: calm ones that tests share, and fragile ones that a test may break."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.kit.house import MEMBUS, House, built
from tests.servers import Servers

BUSES = ("rabbitmq", "membus")


@pytest.fixture(scope="package")
def on_rabbitmq(
    servers: Servers, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A running house of two processes for all; its tests use keys of their own and break nothing."""
    uri = servers.vhosts().add()
    with built(tmp_path_factory.mktemp("house"), uri, database_url, apart=True) as house:
        house.start()
        yield house
    servers.vhosts().remove(uri)


@pytest.fixture(scope="package")
def on_membus(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """As ``on_rabbitmq``, in one process."""
    with built(tmp_path_factory.mktemp("house"), MEMBUS, database_url) as house:
        house.start()
        yield house


@pytest.fixture(params=BUSES)
def calm(request: pytest.FixtureRequest) -> Iterator[House]:
    """The house that all share, on either bus; what a test leaves to be tried again is parked at its end."""
    house: House = request.getfixturevalue(f"on_{request.param}")
    yield house
    house.rows("UPDATE inbox SET state = 'parked', next_attempt_at = NULL WHERE state = 'retry'")


@pytest.fixture(params=BUSES)
def fragile(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[House]:
    """A house for one test, on either bus; not started."""
    uri = MEMBUS if request.param == "membus" else request.getfixturevalue("amqp_uri")
    with built(tmp_path, uri, database_url) as house:
        yield house


@pytest.fixture
def house(amqp_uri: str, database_url: str, tmp_path: Path) -> Iterator[House]:
    """A house of two processes for one test, on RabbitMQ; not started."""
    with built(tmp_path, amqp_uri, database_url, apart=True) as house:
        yield house
