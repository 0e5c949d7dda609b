"""Installing what a test needs from Debian's packages, where we may."""

from __future__ import annotations

import os
import shutil
import subprocess


def install(*packages: str, what: str) -> None:
    """Install Debian packages. Raises FileNotFoundError, saying that ``what`` is missing, where we may not."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise FileNotFoundError(f"{what} is missing (Debian: apt-get install {' '.join(packages)})")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update"],
        ["apt-get", "install", "--yes", "--no-install-recommends", *packages],
    ):
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise FileNotFoundError(
                f"{what} is missing, and `{' '.join(command)}` failed: {done.stderr.strip()}"
            )
