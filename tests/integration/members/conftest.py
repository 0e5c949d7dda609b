from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.kit.db import Database
from services.kit.sealing import Sealer
from services.kit.testing import empty, schema
from services.members.store import metadata
from tests.integration.members.house import House

CROWDED = 20


@pytest.fixture(scope="session")
def migrated(database_url: str) -> Iterator[Database]:
    with schema("members", database_url) as database:
        yield database


@pytest.fixture
def house(migrated: Database) -> House:
    """Members with empty tables."""
    empty(migrated, metadata)
    return House(migrated, Sealer(bytes(range(32))))


@pytest.fixture
def town(house: House) -> House:
    """With the places of Ziyun."""
    house.divisions()
    return house


@pytest.fixture
def crowd(town: House) -> Iterator[House]:
    """The same tables, with room for many connections at once."""
    url = town.database.engine.url.render_as_string(hide_password=False)
    database = Database(url, "members", pool_size=CROWDED)
    yield House(database, town.sealer)
    database.close()
