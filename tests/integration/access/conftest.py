"""A city of two districts, with things of every kind in one community of the first: what strangers shall not reach."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.kit.testing import fresh_database
from tests.city import DIVISIONS, City, running_city
from tests.integration.access.home import Home, furnished

FOREIGN = "520422"
ROWS = 4


@pytest.fixture(scope="package")
def city(amqp_uri: str, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    folder = tmp_path_factory.mktemp("access")
    with (
        fresh_database(database_url) as url,
        running_city(amqp_uri, url, folder, divisions=_two_districts(folder / "divisions.csv")) as running,
    ):
        yield running


@pytest.fixture(scope="package")
def home(city: City) -> Home:
    return furnished(city)


def _two_districts(path: Path) -> Path:
    """The first communities of Ziyun, and as many of an invented district beside it."""
    with DIVISIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[:ROWS]
    beside = [
        {
            name: text.replace("520425", FOREIGN) if name.endswith("_code") else text
            for name, text in row.items()
        }
        for row in rows
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows([*rows, *({**row, "district": "邻县"} for row in beside)])
    return path
