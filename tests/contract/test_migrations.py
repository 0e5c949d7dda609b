"""The tables in code and the tables that the migrations make are the same, and old migrations still lead there."""

from __future__ import annotations

import pytest
from alembic import command
from sqlalchemy import create_engine, text

from services.kit.migrate import SERVICES, check, config_of, migrate
from services.kit.testing import fresh_database


@pytest.mark.parametrize("service", SERVICES)
def test_migrations_make_what_the_code_expects(service: str, database_url: str) -> None:
    with fresh_database(database_url) as url:
        migrate(service, url)
        check(service, url)


@pytest.mark.parametrize("service", SERVICES)
def test_migrating_twice_changes_nothing(service: str, database_url: str) -> None:
    with fresh_database(database_url) as url:
        migrate(service, url)
        before = _tables(url)
        migrate(service, url)
        assert _tables(url) == before


@pytest.mark.parametrize("service", SERVICES)
def test_a_migration_can_be_taken_back(service: str, database_url: str) -> None:
    with fresh_database(database_url) as url:
        migrate(service, url)
        whole = _tables(url)
        command.downgrade(config_of(service, url), "base")
        assert [name for name, _ in _tables(url)] == ["alembic_version"]
        migrate(service, url)
        assert _tables(url) == whole


def _tables(url: str) -> list[tuple[str, int]]:
    """Tables with the number of their columns."""
    engine = create_engine(url)
    with engine.connect() as db:
        rows = db.execute(
            text(
                "SELECT table_name, count(*) AS columns FROM information_schema.columns"
                " WHERE table_schema NOT IN ('pg_catalog', 'information_schema') GROUP BY 1 ORDER BY 1"
            )
        )
        found = [(row.table_name, row.columns) for row in rows]
    engine.dispose()
    return found
