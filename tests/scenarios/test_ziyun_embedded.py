"""Scenario Z as `make run` tells it: one process, started, stopped, killed in the middle, and started again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from tests.city import ROOT
from tests.embedded import embedded
from tests.scenarios.ziyun import COUNTS, LEAST_FOLLOW_UPS
from tests.waiting import free_port, until

TELLS_WITHIN = 600
"""Seconds."""
CHEAP = {"SANDAN_CHEAP_PASSWORDS": "on"}


@dataclass(frozen=True)
class Story:
    """What a run showed that told the story to its end, after one that was killed in the middle."""

    folder: Path
    figures: dict[str, tuple[int, int | None]]
    orders: list[str]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = tmp_path_factory.mktemp("embedded")
    with embedded(folder, **CHEAP) as first:
        assert first.lines(f"{first.url}/") == 1
        page = requests.get(f"{first.url}/", timeout=30)
        assert page.ok
        assert "正在准备示范城市" in page.text
        until(first.is_half_told, "half of the story", seconds=TELLS_WITHIN)
        first.process.kill()
        first.process.wait()

    with embedded(folder, **CHEAP) as second:
        until(second.is_told, "the rest of the story", seconds=TELLS_WITHIN)
        assert "正在准备示范城市" not in requests.get(f"{second.url}/", timeout=30).text
        told = Story(folder, second.figures(), second.orders())
        assert second.stop() == 0
    return told


def test_killed_in_the_middle_it_tells_the_story_to_its_end_once(story: Story) -> None:
    assert {name: story.figures[name][0] for name in COUNTS} == COUNTS
    assert story.figures["closed_rate"] == (50, 55)
    assert story.figures["follow_ups"][0] >= LEAST_FOLLOW_UPS
    assert "liaison-jiaochang" in (story.folder / "data/demo-logins.txt").read_text()
    assert (story.folder / "data/keys.json").stat().st_mode & 0o777 == 0o600


def test_started_again_it_keeps_all_and_lets_nobody_else_in(story: Story) -> None:
    """A folder in use and a port in use are said in one line."""
    logins = (story.folder / "data/demo-logins.txt").read_text()
    password = next(line.split()[1] for line in logins.splitlines() if "member-001" in line)
    with embedded(story.folder, **CHEAP) as running:
        assert running.figures() == story.figures
        assert running.orders() == story.orders
        body = {"login": "member-001", "password": password}
        assert requests.post(f"{running.url}/api/v1/sessions", json=body, timeout=30).status_code == 201

        port = running.url.rsplit(":", 1)[1]
        assert _refusal(story.folder, PORT=str(free_port())) == (
            f"{story.folder / 'data'} is in use by another run; stop it, or choose another: DATA=…"
        )
        assert _refusal(story.folder, PORT=port, DATA=str(story.folder / "other")) == (
            f"port {port} cannot be used (Address already in use); choose another: PORT=…"
        )
        assert running.stop() == 0
        assert "Preparing" not in running.output()
        assert password not in running.output()


def test_reset_starts_anew(story: Story) -> None:
    """Last: the story is gone after it."""
    data = story.folder / "data"
    before = json.loads((data / "keys.json").read_text())
    (data / "mine.txt").write_text("kept")
    with embedded(story.folder, RESET="1", **CHEAP) as run:
        assert json.loads((data / "keys.json").read_text()) != before
        assert (data / "mine.txt").read_text() == "kept"
        assert run.stop() == 0


def _refusal(folder: Path, **environ: str) -> str:
    """What a run that cannot start says."""
    settings = {**os.environ, "DATA": str(folder / "data"), **environ}
    done = subprocess.run(
        [sys.executable, "-m", "deploy.embedded"],
        cwd=ROOT,
        env=settings,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    return done.stderr.rstrip("\n")
