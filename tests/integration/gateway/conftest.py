"""One running city for all tests of the gateway; each test makes its own people and orders in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.kit.testing import fresh_database
from tests.city import City, running_city


@pytest.fixture(scope="package")
def city(amqp_uri: str, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with (
        fresh_database(database_url) as url,
        running_city(amqp_uri, url, tmp_path_factory.mktemp("city")) as running,
    ):
        yield running
