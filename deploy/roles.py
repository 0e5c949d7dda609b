"""Gives each service a role and a schema of its own in one database: ``python -m deploy.roles``.

``ADMIN_DATABASE_URL`` names the database and somebody who may create roles in it; every
``SANDAN_<SERVICE>_DATABASE_URL`` names a role and its password. Run it as often as you like: it creates what is
missing and sets changed passwords. A role owns its schema and sees no other, so a service cannot read another's
tables even by mistake.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

import psycopg2
from psycopg2 import extensions, sql
from sqlalchemy.engine import make_url

from services.kit.migrate import SERVICES, url_of

CONNECT_SECONDS = 10


def prepare(admin_url: str, service_urls: Mapping[str, str]) -> None:
    """Create or correct the role and the schema of each service, all or none. Raises psycopg2.Error."""
    plain = make_url(admin_url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = psycopg2.connect(plain, connect_timeout=CONNECT_SECONDS)
    try:
        with connection, connection.cursor() as cursor:
            database = sql.Identifier(connection.info.dbname)
            cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
            for service, url in service_urls.items():
                role = _create_role(cursor, url)
                cursor.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, role))
                schema = sql.Identifier(service)
                cursor.execute(
                    sql.SQL("CREATE SCHEMA IF NOT EXISTS {} AUTHORIZATION {}").format(schema, role)
                )
    finally:
        connection.close()


def _create_role(cursor: extensions.cursor, url: str) -> sql.Identifier:
    login = make_url(url)
    role = sql.Identifier(login.username or "")
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (login.username,))
    verb = sql.SQL("CREATE" if cursor.fetchone() is None else "ALTER")
    cursor.execute(sql.SQL("{} ROLE {} LOGIN PASSWORD %s").format(verb, role), (login.password,))
    return role


def main() -> str | None:
    """Returns what is wrong, or None."""
    admin_url = os.environ.get("ADMIN_DATABASE_URL")
    if not admin_url:
        return "ADMIN_DATABASE_URL is not set"
    try:
        prepare(admin_url, {service: url_of(service) for service in SERVICES})
    except psycopg2.Error as failure:
        return str(failure).strip()
    return None


if __name__ == "__main__":
    sys.exit(main())
