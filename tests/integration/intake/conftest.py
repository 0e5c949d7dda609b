"""Intake on a real PostgreSQL; each test takes a community of its own, so that they share one database."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from services.intake import handlers
from services.intake.contracts import KeepPhoto
from services.intake.store.communities import add_communities
from services.kit.db import Database
from services.kit.sealing import Sealer
from services.kit.testing import schema
from services.kit.work import begin

NUMBERS = itertools.count(1)
UPLOADED = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="session")
def database(database_url: str) -> Iterator[Database]:
    with schema("intake", database_url) as database:
        yield database


@pytest.fixture
def community(database: Database) -> str:
    """The code of a community that no other test uses."""
    code = f"520425{next(NUMBERS):03}001"
    with begin(database, service="intake") as work:
        add_communities(work.db, [code])
    return code


@pytest.fixture(scope="session")
def sealer() -> Sealer:
    return Sealer(bytes(range(32)))


@pytest.fixture
def photo(database: Database) -> Callable[[], str]:
    """Gives the id of a photo that nothing refers to yet."""

    def keep() -> str:
        with begin(database, service="intake", now=UPLOADED) as work:
            return handlers.keep_photo(work, KeepPhoto(digest="0a" * 32)).photo_id

    return keep
