from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.dispatch.store import categories, metadata
from services.kit.db import Database
from services.kit.testing import empty, schema
from tests.integration.dispatch.world import World
from tests.unit.dispatch.samples import KINDS


@pytest.fixture(scope="session")
def migrated(database_url: str) -> Iterator[Database]:
    with schema("dispatch", database_url) as database:
        yield database


@pytest.fixture
def world(migrated: Database) -> World:
    """A community with its people, and dispatch's tables empty but for the categories that are shipped."""
    empty(migrated, metadata)
    with migrated.transaction() as db:
        categories.enter(db, KINDS.values())
    return World(migrated)
