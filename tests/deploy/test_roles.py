"""Preparing a new database, on a real PostgreSQL: every service can work, none can look at another."""

from __future__ import annotations

import psycopg2
import pytest
from psycopg2 import errors, sql

from deploy import roles
from services.kit.migrate import SERVICES, migrate
from tests.servers import Servers


@pytest.fixture(scope="module")
def urls(servers: Servers) -> dict[str, str]:
    """A URL for each service, on a PostgreSQL whose database was prepared twice."""
    server = servers.private_postgres()
    urls = {
        service: server.url.replace("postgres@", f"{service}:%27%22%24secret-of-{service}@")
        for service in SERVICES
    }
    roles.prepare(server.url, urls)
    old = {service: url.replace("secret", "old-secret") for service, url in urls.items()}
    roles.prepare(server.url, old)
    roles.prepare(server.url.replace("postgresql://", "postgresql+psycopg2://"), urls)
    return urls


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_can_migrate_its_schema_and_read_no_other(urls: dict[str, str], service: str) -> None:
    migrate(service, urls[service])

    connection = psycopg2.connect(urls[service], options=f"-csearch_path={service}")
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) > 1 FROM pg_tables WHERE schemaname = %s", (service,))
        assert cursor.fetchone() == (True,)
        for other in set(SERVICES) - {service}:
            cursor.execute("SAVEPOINT before")
            with pytest.raises(errors.InsufficientPrivilege):
                cursor.execute(sql.SQL("CREATE TABLE {}.stolen ()").format(sql.Identifier(other)))
            cursor.execute("ROLLBACK TO before")
            cursor.execute("SELECT has_schema_privilege(%s, 'USAGE')", (other,))
            assert cursor.fetchone() == (False,)
    connection.close()


def test_every_role_has_a_password(urls: dict[str, str]) -> None:
    _, address = urls["intake"].split("@")
    connection = psycopg2.connect(f"postgresql://postgres@{address}")
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname FROM pg_authid WHERE rolcanlogin AND rolpassword LIKE 'SCRAM-SHA-256%'"
        )
        assert {name for (name,) in cursor.fetchall()} == set(SERVICES)
    connection.close()


def test_what_is_not_set_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ADMIN_DATABASE_URL", raising=False)

    assert roles.main() == "ADMIN_DATABASE_URL is not set"


def test_a_database_that_is_away_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_DATABASE_URL", "postgresql://postgres@127.0.0.1:1/postgres")
    monkeypatch.setenv("DATABASE_URL", "postgresql://postgres@127.0.0.1:1/postgres")

    assert "port 1 failed: Connection refused" in (roles.main() or "")
