"""Which RabbitMQ and PostgreSQL the tests use: named by the environment, found on this machine, or started by us.

RabbitMQ is looked for in ``AMQP_URI``, then at 127.0.0.1:5672 as guest; PostgreSQL in ``DATABASE_URL``, then at
127.0.0.1:5432 as postgres. Where nothing answers, a private server is started in a temporary folder when the first
test needs it, and stopped at the end. Where that cannot be done either, the run ends with one line saying what is
missing: no test is skipped for want of a server.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import kombu
import psycopg2
from kombu.exceptions import OperationalError
from sqlalchemy.engine import make_url

from tests.private_postgres import PrivatePostgres
from tests.private_rabbitmq import PrivateRabbitMQ
from tests.vhosts import Vhosts, vhosts_of

LOCAL_AMQP = "amqp://guest:guest@127.0.0.1:5672/"
LOCAL_POSTGRES = "postgresql://postgres@127.0.0.1:5432/postgres"
PROBE_SECONDS = 3


class MissingServerError(Exception):
    """Says in one line which server is missing and how to give one."""


@dataclass(frozen=True)
class Choices:
    """Where the servers of this run were found; None where a private one has to be started."""

    amqp_uri: str | None
    postgres_url: str | None

    def __str__(self) -> str:
        return f"RabbitMQ {_shown(self.amqp_uri)}; PostgreSQL {_shown(self.postgres_url)}"


def choose(environ: Mapping[str, str], *, amqp: str = LOCAL_AMQP, postgres: str = LOCAL_POSTGRES) -> Choices:
    """Look for servers without starting any. Raises MissingServerError if one named in ``environ`` is of no use."""
    return Choices(
        _choose(
            "AMQP_URI", environ, amqp, rabbitmq_is_usable, "give us a virtual host (see tests/vhosts.py)"
        ),
        _choose("DATABASE_URL", environ, postgres, postgres_answers, "accept our login"),
    )


class Servers:
    """The servers in use. A private one starts when first asked for; ``close`` stops what was started."""

    def __init__(self, choices: Choices) -> None:
        self._choices = choices
        self._started = ExitStack()
        self._vhosts: Vhosts | None = None
        self._postgres_url = choices.postgres_url

    def vhosts(self) -> Vhosts:
        """What makes virtual hosts on the broker. Raises MissingServerError if there can be no broker."""
        if self._vhosts is None:
            found = self._choices.amqp_uri and vhosts_of(self._choices.amqp_uri)
            self._vhosts = found or self.private_rabbitmq().vhosts
        return self._vhosts

    def postgres_url(self) -> str:
        """A URL whose user may create databases. Raises MissingServerError if there can be no server."""
        if self._postgres_url is None:
            self._postgres_url = self.private_postgres().url
        return self._postgres_url

    def private_rabbitmq(self) -> PrivateRabbitMQ:
        """A broker of its own, which a test may kill and start again. Raises MissingServerError."""
        server = PrivateRabbitMQ(self._folder("rabbitmq"))
        self._start(server)
        return server

    def private_postgres(self) -> PrivatePostgres:
        """A PostgreSQL of its own, which a test may kill and start again. Raises MissingServerError."""
        server = PrivatePostgres(self._folder("postgres"))
        self._start(server)
        return server

    def as_environment(self) -> dict[str, str]:
        """The variables by which another process finds these servers; starts those that have to be. Raises MissingServerError."""
        found = {"DATABASE_URL": self.postgres_url()}
        if self._choices.amqp_uri is not None:
            return found | {"AMQP_URI": self._choices.amqp_uri}
        broker = self.private_rabbitmq()
        return found | {"AMQP_URI": broker.uri, "RABBITMQ_API_URL": broker.vhosts.api_url}

    def close(self) -> None:
        self._started.close()

    def _folder(self, name: str) -> Path:
        return Path(self._started.enter_context(tempfile.TemporaryDirectory(prefix=f"sandan-{name}-")))

    def _start(self, server: PrivateRabbitMQ | PrivatePostgres) -> None:
        self._started.callback(server.stop)
        try:
            server.start()
        except FileNotFoundError as error:
            raise MissingServerError(str(error)) from error


def rabbitmq_is_usable(uri: str) -> bool:
    """Whether a broker accepts our login at ``uri`` and lets us make virtual hosts."""
    try:
        with kombu.Connection(uri, connect_timeout=PROBE_SECONDS) as connection:
            connection.connect()
    except (OperationalError, OSError):
        return False
    return vhosts_of(uri) is not None


def postgres_answers(url: str) -> bool:
    """Whether a PostgreSQL server accepts our login at ``url``."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        psycopg2.connect(plain, connect_timeout=PROBE_SECONDS).close()
    except psycopg2.OperationalError:
        return False
    return True


def _choose(
    name: str, environ: Mapping[str, str], local: str, usable: Callable[[str], bool], what: str
) -> str | None:
    named = environ.get(name)
    if named is None:
        return local if usable(local) else None
    if not usable(named):
        raise MissingServerError(f"{name} names {_shown(named)}, which does not answer or does not {what}")
    return named


def _shown(uri: str | None) -> str:
    return "private, started when needed" if uri is None else make_url(uri).render_as_string()
