"""The compose deployment as the real compose understands it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "deploy" / "compose"
COMPOSE = Path(sys.executable).with_name("docker-compose")


def write_secrets(target: Path) -> None:
    """A .env as `make up` writes it."""
    subprocess.run(["sh", FOLDER / "secrets.sh", target], check=True, capture_output=True)


def ask_compose(env_file: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What compose says about the deployment, undisturbed by the environment of the tests."""
    return subprocess.run(
        [COMPOSE, "--env-file", env_file, "--file", FOLDER / "compose.yaml", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"]},
    )


def config_of(env_file: Path) -> dict[str, Any]:
    """The deployment with everything filled in."""
    done = ask_compose(env_file, "config", "--format", "json")
    assert done.returncode == 0, done.stderr
    parsed: dict[str, Any] = json.loads(done.stdout)
    return parsed
