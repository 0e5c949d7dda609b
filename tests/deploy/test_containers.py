"""The compose deployment comes up from an empty database, answers, and stops within its grace period."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from tests.deploy.compose import config_of, write_secrets
from tests.deploy.machine import SERVING, Machine, lay_out
from tests.servers import Servers
from tests.waiting import until

GRACE_SECONDS = 15


@pytest.fixture
def postgres(servers: Servers) -> str:
    """HOST:PORT of a server with an empty database of the name that compose gives it."""
    url = servers.private_postgres().url
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE sandan")
    connection.close()
    return urlsplit(url).netloc.removeprefix("postgres@")


def test_the_deployment_comes_up_and_goes_down(postgres: str, own_amqp_uri: str, tmp_path: Path) -> None:
    lay_out(tmp_path / "app")
    write_secrets(tmp_path / ".env")
    machine = Machine(
        tmp_path / "app", config_of(tmp_path / ".env"), postgres=postgres, amqp_uri=own_amqp_uri
    )
    try:
        machine.run("roles")
        machine.run("migrate")
        for name in SERVING:
            machine.start(name)
        for name in SERVING:
            until(partial(machine.is_ready, name), f"{name} to be ready")

        page = machine.get("/")
        nowhere = machine.get("/api/v1/nodes/52")

        assert page.status_code == 200
        assert "三单" in page.text
        assert nowhere.status_code == 404, "members has no place yet, but it is members who says so"
        assert {name: machine.stop(name, GRACE_SECONDS) for name in SERVING} == dict.fromkeys(SERVING, 0)
    finally:
        machine.clear()
