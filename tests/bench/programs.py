"""Starting the programs that are measured, and the one that measures."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import requests

from tests.waiting import until

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def program(*command: str, log: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """Runs ``python -m command…`` until the end of the block; its output goes to ``log``."""
    with log.open("ab") as sink:
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", *command],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=sink,
            stderr=sink,
        )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(port: int) -> None:
    until(lambda: _listens(port), f"port {port}", seconds=60)


def wait_until_ready(port: int) -> None:
    """For one of our own processes: it has its database and the broker."""
    wait_for(port)
    until(lambda: requests.get(f"http://127.0.0.1:{port}/readyz", timeout=5).ok, f"/readyz at {port}")


def load(url: str, *, connections: int = 16, seconds: float, keys: bool = False) -> dict[str, float]:
    """Orders accepted per second and the waits (p50, p99, seconds), measured by a process of its own."""
    command = ["-m", "tests.bench.load", url, str(connections), str(seconds), *(["keys"] if keys else [])]
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
