"""The data folder: one process at a time, its keys, and what it remembers between starts."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
from collections import UserDict
from datetime import date, timedelta
from pathlib import Path

OWN = ("postgres", "photos", "keys.json", "story.json", "sessions.json", "demo-logins.txt")


class HomeError(Exception):
    """Says in one line why the folder cannot be used, and what to do."""


class Home:
    """``folder`` is taken until the process ends."""

    def __init__(self, folder: Path, *, reset: bool) -> None:
        """Take the folder, making it if needed; ``reset`` removes what an earlier run kept. Raises HomeError."""
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = (folder / "lock").open("a")
        except OSError as failure:
            raise HomeError(f"{folder} cannot be used: {failure.strerror}; choose another: DATA=…") from None
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise HomeError(
                f"{folder} is in use by another run; stop it, or choose another: DATA=…"
            ) from None
        self.reset_wanted = reset

    @property
    def postgres(self) -> Path:
        return self.folder / "postgres"

    @property
    def photos(self) -> Path:
        return self.folder / "photos"

    @property
    def logins(self) -> Path:
        return self.folder / "demo-logins.txt"

    def clear(self) -> None:
        """Remove everything that a run keeps, and nothing else."""
        for name in OWN:
            path = self.folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def keys(self) -> dict[str, str]:
        """The secrets of this installation, made at the first start."""
        path = self.folder / "keys.json"
        if not path.exists():
            made = {
                "actor_key": secrets.token_hex(32),
                "field_key": secrets.token_hex(32),
                "database_password": secrets.token_urlsafe(24),
                "demo_password": secrets.token_hex(6),
            }
            _write(path, json.dumps(made, indent=2))
        try:
            found: dict[str, str] = json.loads(path.read_text())
        except (OSError, ValueError) as failure:
            raise HomeError(f"{path} cannot be read ({failure}); RESET=1 starts anew") from None
        return found

    def begins(self, today: date) -> date:
        """The Monday on which the story begins: its 13 weeks end on the last Sunday before the first start."""
        path = self.folder / "story.json"
        if not path.exists():
            this_monday = today - timedelta(days=today.weekday())
            self._remember(this_monday - timedelta(weeks=13), told=False)
        return date.fromisoformat(json.loads(path.read_text())["begins"])

    def is_told(self) -> bool:
        """Whether the story has been told to its end."""
        path = self.folder / "story.json"
        return path.exists() and bool(json.loads(path.read_text())["told"])

    def note_told(self, begins: date) -> None:
        self._remember(begins, told=True)
        (self.folder / "sessions.json").unlink(missing_ok=True)

    def sessions(self) -> Sessions:
        """The sessions of those in the story, while it is being told."""
        return Sessions(self.folder / "sessions.json")

    def write_logins(self, text: str) -> None:
        _write(self.logins, text)

    def _remember(self, begins: date, *, told: bool) -> None:
        _write(self.folder / "story.json", json.dumps({"begins": begins.isoformat(), "told": told}))


class Sessions(UserDict[str, str]):
    """Tokens by who signed in, kept in a file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self.data = json.loads(path.read_text()) if path.exists() else {}

    def __setitem__(self, who: str, token: str) -> None:
        super().__setitem__(who, token)
        _write(self._path, json.dumps(self.data))


def _write(path: Path, text: str) -> None:
    """All or nothing, readable by the owner alone."""
    draft = path.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
