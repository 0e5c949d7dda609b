"""The script that prepares a new database, on a real PostgreSQL: every service can work, none can look at another."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import psycopg2
import pytest
from psycopg2 import errors, sql

from services.kit.migrate import SERVICES, migrate
from tests.private_postgres import BINARIES
from tests.servers import Servers

SCRIPT = Path(__file__).parents[2] / "deploy" / "compose" / "roles.sh"


def password(service: str) -> str:
    return f"{service}-'\"$-secret"


@pytest.fixture(scope="module")
def port(servers: Servers) -> int:
    """The port of a PostgreSQL whose database was prepared as by its image."""
    server = servers.private_postgres()
    passwords = {f"{service.upper()}_DATABASE_PASSWORD": password(service) for service in SERVICES}
    image = {"POSTGRES_USER": "postgres", "POSTGRES_DB": "postgres"}
    here = {"PATH": f"{BINARIES}:{os.environ['PATH']}", "PGHOST": "127.0.0.1", "PGPORT": str(server.port)}
    subprocess.run([SCRIPT], env=passwords | image | here, check=True, capture_output=True)
    return server.port


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_can_migrate_its_schema_and_read_no_other(port: int, service: str) -> None:
    url = f"postgresql://{service}@127.0.0.1:{port}/postgres"

    migrate(service, url)

    connection = psycopg2.connect(url, options=f"-csearch_path={service}")
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = %s", (service,))
        row = cursor.fetchone()
        assert row is not None
        assert row[0] > 1
        for other in set(SERVICES) - {service}:
            cursor.execute("SAVEPOINT before")
            with pytest.raises(errors.InsufficientPrivilege):
                cursor.execute(sql.SQL("CREATE TABLE {}.stolen ()").format(sql.Identifier(other)))
            cursor.execute("ROLLBACK TO before")
            cursor.execute("SELECT has_schema_privilege(%s, 'USAGE')", (other,))
            assert cursor.fetchone() == (False,)
    connection.close()


def test_passwords_are_taken_as_they_are(port: int) -> None:
    connection = psycopg2.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres")
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname FROM pg_authid WHERE rolcanlogin AND rolpassword LIKE 'SCRAM-SHA-256%'"
        )
        assert {name for (name,) in cursor.fetchall()} == set(SERVICES)
    connection.close()
