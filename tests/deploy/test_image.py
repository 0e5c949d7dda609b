"""The image: clean to the linter, and free of what must not be written into it."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from deploy import probe

ROOT = Path(__file__).parents[2]
DOCKERFILE = ROOT / "deploy" / "Dockerfile"
HADOLINT = Path(sys.executable).with_name("hadolint")


def test_the_linter_has_nothing_to_say() -> None:
    done = subprocess.run([HADOLINT, DOCKERFILE], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "")


def test_it_starts_from_python_and_names_no_frontend() -> None:
    text = DOCKERFILE.read_text()

    assert re.findall(r"^ARG BASE_IMAGE=(.*)$", text, re.MULTILINE) == ["python:3.11-slim-bookworm"]
    assert set(re.findall(r"^FROM (\S+)", text, re.MULTILINE)) == {"${BASE_IMAGE}"}
    assert "syntax=" not in text


def test_it_builds_with_every_builder() -> None:
    assert "--mount" not in DOCKERFILE.read_text(), (
        "the builder behind the engine's plain API knows no mounts"
    )


def test_the_package_index_is_known_to_the_first_stage_alone() -> None:
    first, final = re.split(r"^FROM .*$", DOCKERFILE.read_text(), flags=re.MULTILINE)[1:]

    assert "ARG PIP_INDEX_URL\n" in first
    assert "PIP_" not in final


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.lock")), ids=lambda lock: lock.name)
def test_a_lock_has_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text()
    pinned = re.findall(r"^\S+==\S+ \\\n    --hash=sha256:", text, re.MULTILINE)

    assert len(pinned) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE)) > 20
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)


class Answering(BaseHTTPRequestHandler):
    """Is alive but not ready."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/healthz" else 503)
        self.end_headers()
        self.wfile.write(b"the broker is away")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        pass


@pytest.fixture
def port() -> Iterator[int]:
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_the_probe_tells_well_from_unwell(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PORT", str(port))

    assert probe.main("healthz") is None
    assert probe.main("readyz") == "the broker is away"


def test_the_probe_of_a_dead_service_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PORT", "1")

    assert "refused" in (probe.main("healthz") or "")
