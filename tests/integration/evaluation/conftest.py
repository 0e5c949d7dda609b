from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.evaluation.store import metadata
from services.kit.db import Database
from services.kit.testing import empty, schema


@pytest.fixture(scope="session")
def migrated(database_url: str) -> Iterator[Database]:
    with schema("evaluation", database_url) as database:
        yield database


@pytest.fixture
def database(migrated: Database) -> Database:
    """Evaluation's tables, empty."""
    empty(migrated, metadata)
    return migrated
