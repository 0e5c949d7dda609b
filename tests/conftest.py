"""The servers that tests talk to, each test with its own corner of them."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from services.kit.testing import fresh_database
from tests.servers import Choices, MissingServerError, Servers, choose

CHOICES = pytest.StashKey[Choices]()
NOT_STARTED = 3


def pytest_configure(config: pytest.Config) -> None:
    try:
        config.stash[CHOICES] = choose(os.environ)
    except MissingServerError as error:
        pytest.exit(str(error), NOT_STARTED)


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
