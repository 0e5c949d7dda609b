"""Support for tests: a migrated database of one service."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import MetaData, create_engine, text
from sqlalchemy.engine import make_url

from services.kit.db import Database
from services.kit.ids import new_id
from services.kit.migrate import migrate


@contextmanager
def fresh_database(url: str) -> Iterator[str]:
    """The URL of a new, empty database on the server of ``url``; dropped at the end, open connections or not."""
    server = make_url(url).set(drivername="postgresql+psycopg2")
    name = "sandan_" + new_id().replace("-", "")
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


@contextmanager
def schema(service: str, url: str) -> Iterator[Database]:
    """A fresh database with the service's schema migrated to the newest revision."""
    with fresh_database(url) as fresh:
        migrate(service, fresh)
        database = Database(fresh, service)
        try:
            yield database
        finally:
            database.close()


def empty(database: Database, metadata: MetaData) -> None:
    """Leave no row in the service's tables. Row by row: truncating makes new files of all tables, for a handful of rows."""
    emptying = "; ".join(str(table.delete()) for table in reversed(metadata.sorted_tables))
    with database.transaction() as db:
        db.execute(text(emptying))
