"""Notify on a real PostgreSQL; each test plays in a district of its own, so that they share one database."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from services.kit.db import Database
from services.kit.testing import schema
from services.kit.work import begin
from services.notify.store.tables import deliveries
from tests.integration.notify.sending_office import EMAIL, SMS, Office, Post
from tests.integration.notify.town import Town

DISTRICTS = itertools.count(100)


@pytest.fixture(scope="session")
def database(database_url: str) -> Iterator[Database]:
    with schema("notify", database_url) as database:
        yield database


@pytest.fixture
def town(database: Database) -> Town:
    return Town(database, f"520{next(DISTRICTS)}")


@pytest.fixture
def office(town: Town) -> Office:
    office = Office(town, {EMAIL: Post(), SMS: Post()})
    office.known[town.person("resident")] = {EMAIL: "resident@mail.example", SMS: "13800000031"}
    with begin(town.database, service="notify") as work:  # what other tests left would come along
        work.db.execute(deliveries.delete())
    return office
