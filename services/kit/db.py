"""A service's database: one engine, its schema first on the search path, transactions as context managers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError, DBAPIError, NotSupportedError, ProgrammingError

STATEMENT_TIMEOUT_MS = 15_000
LOCK_TIMEOUT_MS = 10_000


class Database:
    """The engine of one service.

    ``schema`` is created by the migrations and is alone on the search path: a service cannot even name another's
    tables. Statements end after 15 s and lock waits after 10 s, so that no greenlet is stuck for ever.
    """

    def __init__(self, url: str, schema: str, *, pool_size: int = 10) -> None:
        options = (
            f"-csearch_path={schema} -cstatement_timeout={STATEMENT_TIMEOUT_MS} -clock_timeout={LOCK_TIMEOUT_MS}"
            " -ctimezone=UTC -cjit=off"
        )
        self.schema = schema
        self.engine = create_engine(
            make_url(url).set(drivername="postgresql+psycopg2"),
            pool_size=pool_size,
            max_overflow=2,
            pool_timeout=5,
            pool_recycle=1800,
            executemany_mode="values_plus_batch",  # many rows in one round trip, the outbox's too; no rowcount for them
            connect_args={"options": options, "connect_timeout": 5, "application_name": f"sandan-{schema}"},
        )

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One transaction: committed at the end of the block, rolled back if it raises."""
        with self.engine.begin() as connection:
            yield connection

    def answers(self) -> bool:
        """Whether the database takes a statement now."""
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except DBAPIError:
            return False
        return True

    def close(self) -> None:
        self.engine.dispose()


def is_outage(error: BaseException) -> bool:
    """Whether the error says that the database is away (and the same work may well succeed later)."""
    if not isinstance(error, DBAPIError):
        return False
    pgcode = getattr(error.orig, "pgcode", None)
    if pgcode is None:
        # Without a code it comes from the driver: a connection that broke, or a value that it cannot put into SQL.
        return error.connection_invalidated or not isinstance(
            error, DataError | ProgrammingError | NotSupportedError
        )
    return error.connection_invalidated or pgcode.startswith(("08", "57P", "53"))


def is_collision(error: BaseException) -> bool:
    """Whether two transactions stood in each other's way (deadlock, lock timeout, serialization): try again."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "pgcode", None) in {
        "40P01",
        "40001",
        "55P03",
    }
