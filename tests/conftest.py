"""The servers that tests talk to, each test with its own corner of them."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from services.kit.testing import fresh_database
from tests.servers import Choices, MissingServerError, Servers, choose
from tests.spread import InGroups, spread

CHOICES = pytest.StashKey[Choices]()
NOT_STARTED = 3

# Thousands of tests stay as they were collected; looking for garbage among them is a tenth of what the tests take.
gc.disable()
# A machine that is busy with something else is no reason for a test to fail.
settings.register_profile("unhurried", settings(), deadline=None)
settings.load_profile("unhurried")


def pytest_configure(config: pytest.Config) -> None:
    try:
        config.stash[CHOICES] = choose(os.environ)
        if config.getoption("numprocesses", None):
            _start_for_workers(config)
    except MissingServerError as error:
        pytest.exit(str(error), NOT_STARTED)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    spread(items)


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> InGroups:
    return InGroups(config, log)


def _start_for_workers(config: pytest.Config) -> None:
    """What no server answers for is started here, once; the workers find it as a user's servers are found."""
    servers = Servers(config.stash[CHOICES])
    config.add_cleanup(servers.close)
    os.environ.update(servers.as_environment())


def pytest_report_header(config: pytest.Config) -> str:
    return f"servers: {config.stash[CHOICES]}"


@pytest.fixture(scope="session")
def servers(pytestconfig: pytest.Config) -> Iterator[Servers]:
    """The servers of this run; what was started for it is stopped at its end."""
    servers = Servers(pytestconfig.stash[CHOICES])
    yield servers
    servers.close()


@pytest.fixture(scope="session")
def amqp_uri(servers: Servers) -> Iterator[str]:
    """A virtual host that all tests of this run share."""
    yield from _vhost(servers)


@pytest.fixture
def own_amqp_uri(servers: Servers) -> Iterator[str]:
    """A virtual host for one test alone."""
    yield from _vhost(servers)


@pytest.fixture(scope="session")
def database_url(servers: Servers) -> Iterator[str]:
    """A database that all tests of this run share."""
    yield from _database(servers)


@pytest.fixture
def own_database_url(servers: Servers) -> Iterator[str]:
    """A database for one test alone."""
    yield from _database(servers)


def _vhost(servers: Servers) -> Iterator[str]:
    try:
        vhosts = servers.vhosts()
    except MissingServerError as error:
        pytest.exit(str(error), NOT_STARTED)
    uri = vhosts.add()
    yield uri
    vhosts.remove(uri)


def _database(servers: Servers) -> Iterator[str]:
    try:
        server = servers.postgres_url()
    except MissingServerError as error:
        pytest.exit(str(error), NOT_STARTED)
    with fresh_database(server) as url:
        yield url
