"""Waiting for a condition, never for a time."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from typing import TypeVar

FIRST_PAUSE, LONGEST_PAUSE, SLOWER = 0.02, 0.5, 1.25
"""Seconds, and by how much each pause is longer than the one before: who asks all the time holds up what they wait for."""

PATIENCE = 60
"""Seconds, for a machine that has much else to do; what works does not wait so long."""

T = TypeVar("T")


def until(condition: Callable[[], T], what: str, *, seconds: float = PATIENCE) -> T:
    """Ask again and again until the answer is true, and return it. Raises TimeoutError naming ``what``."""
    end = time.monotonic() + seconds
    pause = FIRST_PAUSE
    while not (answer := condition()):
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds:g} s in vain for {what}")
        time.sleep(pause)
        pause = min(pause * SLOWER, LONGEST_PAUSE)
    return answer


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
