"""Intake on a real PostgreSQL; each test takes a community of its own, so that they share one database."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from services.intake.store.communities import add_communities
from services.kit.db import Database
from services.kit.sealing import Sealer
from services.kit.testing import schema
from services.kit.work import begin

NUMBERS = itertools.count(1)


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
