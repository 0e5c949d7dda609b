"""The embedded Sandan (what `make run` starts) as a process of its own, as its user sees it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import requests

from deploy.embedded.ziyun.play import CITY
from deploy.embedded.ziyun.story import DISTRICT
from tests.city import ROOT
from tests.waiting import free_port, until

STARTS_WITHIN = 120
"""Seconds: patience, for a machine that does much else. How long it takes is measured by ``make bench PART=start``."""


class Run:
    """One run of the embedded Sandan on a data folder."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.process = process
        self.url = f"http://127.0.0.1:{port}"
        self.log = log

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)

    def output(self) -> str:
        return self.log.read_text()

    def lines(self, words: str) -> int:
        return sum(words in line for line in self.output().splitlines())

    def get(self, path: str, **query: Any) -> Any:
        response = requests.get(f"{self.url}/api/v1{path}", params=query, timeout=30)
        response.raise_for_status()
        return response.json()

    def figures(self) -> dict[str, tuple[int, int | None]]:
        """Of the quarter, which ends before today: nothing that happens later can change how they stood."""
        found = self.get(
            "/figures", node=DISTRICT, until=(datetime.now(CITY).date() - timedelta(days=1)).isoformat()
        )
        return {each["figure"]: (each["numerator"], each["denominator"]) for each in found["figures"]}

    def orders(self) -> list[str]:
        return [each["order_id"] for each in self.get("/orders", public=True, limit=200)["items"]]

    def is_half_told(self) -> bool:
        assert self.process.poll() is None, self.output()
        return self.lines(" 50 %") == 1

    def is_told(self) -> bool:
        assert self.process.poll() is None, self.output()
        assert "not complete" not in self.output(), self.output()
        return "is ready." in self.output()


@contextmanager
def embedded(folder: Path, **environ: str) -> Iterator[Run]:
    """A run that has printed its address, as its user starts it but for ``environ``."""
    port = free_port()
    log = folder / f"run-{port}.log"
    settings = {
        **os.environ,
        "PORT": str(port),
        "DATA": str(folder / "data"),
        "PYTHONUNBUFFERED": "1",
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "deploy.embedded"],
            cwd=ROOT,
            env={**settings, **environ},
            stdout=output,
            stderr=output,
        )
    run = Run(process, port, log)
    try:
        until(lambda: _is_up(run), "the address to be printed", seconds=STARTS_WITHIN)
        yield run
    finally:
        if process.poll() is None:
            run.stop()


def _is_up(run: Run) -> bool:
    assert run.process.poll() is None, run.output()
    return run.lines(f"{run.url}/") == 1
