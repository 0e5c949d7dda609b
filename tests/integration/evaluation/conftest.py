from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.evaluation.store import metadata
from services.kit.db import Database
from services.kit.testing import empty, schema
from tests.integration.evaluation.histories import quarter


@pytest.fixture(scope="session")
def migrated(database_url: str) -> Iterator[Database]:
    with schema("evaluation", database_url) as database:
        yield database


@pytest.fixture
def database(migrated: Database) -> Database:
    """Evaluation's tables, empty."""
    empty(migrated, metadata)
    return migrated


@pytest.fixture(scope="session")
def a_quarter(database_url: str) -> Iterator[Database]:
    """Tables of their own in which ``quarter(1)`` has happened, for tests that only look."""
    with schema("evaluation", database_url) as database:
        quarter(1).happen(database)
        yield database
