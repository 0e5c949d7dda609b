from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from services.kit.db import Database
from services.kit.sealing import Sealer
from services.kit.testing import schema
from services.members.store import metadata
from tests.integration.members.house import House


@pytest.fixture(scope="session")
def migrated(database_url: str) -> Iterator[Database]:
    with schema("members", database_url) as database:
        yield database


@pytest.fixture
def house(migrated: Database) -> House:
    """Members with empty tables."""
    with migrated.transaction() as db:
        db.execute(text("TRUNCATE " + ", ".join(table.name for table in metadata.sorted_tables)))
    return House(migrated, Sealer(bytes(range(32))))
