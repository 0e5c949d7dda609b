"""One process of the kit's command line, started, watched and ended by a test."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.city import PLAIN_NAMES

ROOT = Path(__file__).parents[3]
PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR")


@dataclass(frozen=True)
class Ending:
    """How a process ended after SIGTERM: its exit status, and after how many seconds."""

    status: int
    seconds: float


class Process:
    """``python -m services.kit …``; its standard error goes to a file, over restarts to the same."""

    def __init__(self, log: Path, *arguments: str, environment: Mapping[str, str]) -> None:
        self.log = log
        self._arguments = arguments
        self._environment = environment
        self._running: subprocess.Popen[bytes] | None = None

    def start(self, **more: str) -> None:
        """Start with ``more`` in the environment; returns at once."""
        inherited = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        with self.log.open("ab") as log:
            self._running = subprocess.Popen(
                [sys.executable, "-m", "services.kit", *self._arguments],
                cwd=ROOT,
                env={**inherited, **PLAIN_NAMES, **self._environment, **more},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    @property
    def alive(self) -> bool:
        return self._running is not None and self._running.poll() is None

    def signal(self, number: signal.Signals) -> None:
        assert self._running is not None
        self._running.send_signal(number)

    def kill(self) -> None:
        """SIGKILL, whether it runs or not; returns when it is gone."""
        if self._running is not None:
            self._running.kill()
            self._running.wait()

    def wait(self, seconds: float) -> int:
        """The exit status; raises TimeoutExpired if it still runs after that time."""
        assert self._running is not None
        return self._running.wait(seconds)

    def stop(self, within: float = 15) -> Ending:
        """SIGTERM; raises TimeoutExpired if it still runs ``within`` seconds later."""
        began = time.monotonic()
        self.signal(signal.SIGTERM)
        return Ending(self.wait(within), time.monotonic() - began)

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")
