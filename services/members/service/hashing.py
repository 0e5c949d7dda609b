"""Passwords are hashed and looked at in a thread of their own: that takes longer than the hub may be kept waiting."""

from __future__ import annotations

from eventlet import tpool

from services.kit.service import Service
from services.members.handlers import passwords


def verify_password(hashed: str | None, password: str) -> bool:
    verified: bool = tpool.execute(passwords.verify_password, hashed, password)
    return verified


class Hashing(Service):
    def hash_password(self, password: str) -> str:
        hasher = passwords.CHEAP if self.settings.cheap_passwords else passwords.GUARDED
        hashed: str = tpool.execute(passwords.hash_password, password, hasher)
        return hashed
