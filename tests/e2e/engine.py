"""A compose deployment of its own on a real container engine, with a clock that can be played."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import docker
from docker.errors import DockerException

from tests.waiting import free_port

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "deploy" / "compose"
COMPOSE = Path(sys.executable).with_name("docker-compose")
PROJECT = "sandan-e2e"
IMAGE = "sandan:e2e"
BUILD_ARGUMENTS = ("BASE_IMAGE", "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_TRUSTED_HOST")
START_SECONDS = 300


class NoEngineError(Exception):
    """Says in one line why no engine could be reached."""


def connect() -> docker.DockerClient:
    """The engine named by DOCKER_HOST, or the local one. Raises NoEngineError where none answers."""
    try:
        return docker.from_env()
    except DockerException as failure:
        reason = str(failure)
    with warnings.catch_warnings():
        # The SDK forgets the socket that it could not connect, and pytest takes such a warning for a failure.
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
    raise NoEngineError(reason)


def build(client: docker.DockerClient) -> None:
    """Build the image; behind a company mirror the environment gives BASE_IMAGE, PIP_INDEX_URL, BUILD_NETWORK."""
    client.images.build(
        path=str(ROOT),
        dockerfile="deploy/Dockerfile",
        tag=IMAGE,
        rm=True,
        buildargs={name: os.environ[name] for name in BUILD_ARGUMENTS if os.environ.get(name)},
        network_mode=os.environ.get("BUILD_NETWORK"),
    )


class Deployment:
    """Speaks to compose about one project."""

    def __init__(self, env_file: Path, port: int) -> None:
        self.port = port
        self._command: list[str | Path] = [
            COMPOSE,
            "--project-name",
            PROJECT,
            "--env-file",
            env_file,
            "--file",
            FOLDER / "compose.yaml",
        ]
        self._environment = os.environ | {
            "PORT": str(port),
            "SANDAN_IMAGE": IMAGE,
            "SANDAN_SIMULATED_TIME": "on",
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def compose(self, *arguments: str, typed: str = "") -> str:
        """Run one compose command and return what it printed. Raises RuntimeError with what it complained of."""
        done = subprocess.run(
            [*self._command, *arguments],
            env=self._environment,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"compose {' '.join(arguments)} failed:\n{done.stderr}")
        return done.stdout

    def start(self) -> None:
        """Return when everything is ready. Raises RuntimeError with the end of every log if it does not get so far."""
        try:
            self.compose("up", "--detach", "--no-build", "--wait", "--wait-timeout", str(START_SECONDS))
        except RuntimeError as failure:
            logs = self.compose("logs", "--no-color", "--tail", "40")
            raise RuntimeError(f"{failure}\n{logs}") from failure

    def run_in(self, service: str, *command: str, typed: str = "") -> str:
        return self.compose("exec", "--no-TTY", service, *command, typed=typed)


@contextmanager
def deployed(folder: Path) -> Iterator[Deployment]:
    """Everything up and ready; taken down at the end with its volumes."""
    env_file = folder / ".env"
    subprocess.run(["sh", FOLDER / "secrets.sh", env_file], check=True, capture_output=True)
    deployment = Deployment(env_file, free_port())
    try:
        deployment.start()
        yield deployment
    finally:
        deployment.compose("down", "--volumes", "--remove-orphans")
