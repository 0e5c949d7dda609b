"""Support for tests: a migrated database of one service, and what of a database was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, MetaData, create_engine, text
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
def whole_reads(url: str) -> Iterator[Callable[[], Counter[str]]]:
    """Gives what counts how often each table of the database was read whole, where PostgreSQL does so only if no index will do.

    It does so for tables of any size: what is looked for in a few rows is then looked for as in millions.
    """
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg2"), isolation_level="AUTOCOMMIT")
    counts = text(
        "SELECT schemaname || '.' || relname AS name, seq_scan AS scans FROM pg_stat_user_tables WHERE seq_scan > 0"
    )
    with engine.connect() as connection:
        connection.execute(text(f'ALTER DATABASE "{make_url(url).database}" SET enable_seqscan = off'))

    def read_whole() -> Counter[str]:
        with engine.connect() as connection:
            return Counter({row.name: row.scans for row in connection.execute(counts)})

    try:
        yield read_whole
    finally:
        engine.dispose()


def rows_read(db: Connection, table: str) -> int:
    """How many rows of one of the service's tables this connection has read lately; more after each read."""
    read = text(
        "SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables"
        " WHERE relname = :table AND schemaname = current_schema()"
    )
    return int(db.scalars(read, {"table": table}).one())


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
