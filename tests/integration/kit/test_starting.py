"""A process with wrong settings ends at once, with status 2, and names each of them."""

from __future__ import annotations

from pathlib import Path

import pytest

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
