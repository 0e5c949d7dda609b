"""Runs the containers of the compose deployment as processes of this machine, without an engine.

Files, commands and environment are the image's and compose's own; only host names become ports of 127.0.0.1.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import requests
from docker.utils import exclude_paths

from tests.waiting import free_port

ROOT = Path(__file__).parents[2]
ENTRYPOINT = ["python", "-m", "services.kit", "serve"]
COPIED = {"deploy", "services", "gateway"}
SERVING = ("intake", "dispatch", "members", "evaluation", "notify", "gateway")


def lay_out(target: Path) -> None:
    """Put into ``target`` what /app of the image holds: what .dockerignore lets through and the Dockerfile copies."""
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    for name in exclude_paths(str(ROOT), [line for line in lines if line and not line.startswith("#")]):
        if Path(name).parts[:1] and Path(name).parts[0] in COPIED and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)


class Machine:
    """``postgres`` is HOST:PORT of a server that is not asked for passwords, ``amqp_uri`` an empty virtual host."""

    def __init__(self, app: Path, config: Mapping[str, Any], *, postgres: str, amqp_uri: str) -> None:
        self._app = app
        self._services = config["services"]
        self._ports = {name: free_port() for name in SERVING}
        self._hosts = {"postgres:5432": postgres, "intake:8000": f"127.0.0.1:{self._ports['intake']}"}
        self._changed = {"AMQP_URI": amqp_uri, "SANDAN_HTTP_HOST": "127.0.0.1", "PATH": os.environ["PATH"]}
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def run(self, name: str) -> None:
        """Run a container that ends by itself."""
        command, environment = self._container(name)
        done = subprocess.run(
            command, cwd=self._app, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    def start(self, name: str) -> None:
        """Start a container that serves."""
        command, environment = self._container(name)
        with self._log(name).open("wb") as log:
            self._running[name] = subprocess.Popen(
                command, cwd=self._app, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def is_ready(self, name: str) -> bool:
        """Asks as the container's health check does. Raises RuntimeError if the process has ended."""
        if self._running[name].poll() is not None:
            raise RuntimeError(f"{name} ended:\n{self._log(name).read_text()}")
        command = [sys.executable, *self._services[name]["healthcheck"]["test"][2:]]
        _, environment = self._container(name)
        return not subprocess.run(
            command, cwd=self._app, env=environment, capture_output=True, check=False
        ).returncode

    def get(self, path: str) -> requests.Response:
        """Ask the gateway."""
        return requests.get(f"http://127.0.0.1:{self._ports['gateway']}{path}", timeout=10)

    def stop(self, name: str, seconds: float) -> int:
        """SIGTERM, as by `docker stop`; returns the exit status."""
        process = self._running.pop(name)
        process.terminate()
        return process.wait(seconds)

    def clear(self) -> None:
        """End whatever still runs."""
        for process in self._running.values():
            process.kill()
            process.wait()

    def _container(self, name: str) -> tuple[list[str], dict[str, str]]:
        service = self._services[name]
        command = [*(service["entrypoint"] or ENTRYPOINT), *(service["command"] or [])]
        environment = {key: self._here(value) for key, value in service["environment"].items()}
        if name in self._ports:
            environment["HTTP_PORT"] = str(self._ports[name])
        return [sys.executable, *command[1:]], environment | self._changed

    def _here(self, value: str) -> str:
        for host, address in self._hosts.items():
            value = re.sub(rf"(?<=[@/]){re.escape(host)}", address, value)
        return value

    def _log(self, name: str) -> Path:
        return self._app.with_name(f"{name}.log")
