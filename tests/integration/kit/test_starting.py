"""A process with wrong settings ends at once, with status 2, and names each of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import make_url

from tests.integration.kit.house import ACTOR_KEY, FRONT, PROBE
from tests.integration.kit.process import Process


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ("serve", PROBE, FRONT),
            [
                "probe: HTTP_PORT must be a number, not 'eighty'",
                "probe: SANDAN_ACTOR_KEY must be 64 hexadecimal digits (32 bytes)",
                "probe: SANDAN_LOG must be one of json, text",
                "gateway: HTTP_PORT must be a number, not 'eighty'",
                "gateway: SANDAN_ACTOR_KEY must be 64 hexadecimal digits (32 bytes)",
                "gateway: SANDAN_INTAKE_URL is not set",
                "gateway: SANDAN_LOG must be one of json, text",
            ],
        ),
        (
            ("relay", PROBE),
            [
                "probe: HTTP_PORT must be a number, not 'eighty'",
                "probe: SANDAN_ACTOR_KEY must be 64 hexadecimal digits (32 bytes)",
                "probe: SANDAN_LOG must be one of json, text",
            ],
        ),
    ],
)
def test_all_faults_are_named_a_line_each(
    tmp_path: Path, arguments: tuple[str, ...], expected: list[str]
) -> None:
    wrong = {
        "AMQP_URI": "membus://",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "HTTP_PORT": "eighty",
        "SANDAN_ACTOR_KEY": ACTOR_KEY[2:],
        "SANDAN_LOG": "loud",
    }
    process = Process(tmp_path / "log", *arguments, environment=wrong)
    process.start()

    assert process.wait(20) == 2
    assert process.said().splitlines()[-len(expected) :] == expected
    assert "Traceback" not in process.said()


def test_without_its_broker_nothing_is_migrated(tmp_path: Path, own_database_url: str) -> None:
    """With its tables a service could publish, and no queue would be there."""
    away = {"AMQP_URI": "amqp://guest:guest@127.0.0.1:1/", "DATABASE_URL": own_database_url}
    process = Process(tmp_path / "log", "migrate", "all", environment=away)
    process.start()

    assert process.wait(20) == 1
    (said,) = [line for line in process.said().splitlines() if line.startswith("Error:")]
    assert said.startswith("Error: the broker is away")
    assert "Traceback" not in process.said()
    engine = create_engine(make_url(own_database_url).set(drivername="postgresql+psycopg2"))
    assert set(inspect(engine).get_schema_names()) <= {"public", "information_schema"}
    engine.dispose()
