"""Password hashes: argon2id with the smallest parameters that OWASP's Password Storage Cheat Sheet recommends."""

from __future__ import annotations

from collections.abc import Callable

import argon2
from argon2.exceptions import InvalidHashError, VerificationError

Hash = Callable[[str], str]
Verify = Callable[[str | None, str], bool]

HASHER = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
DECOY = HASHER.hash("nobody's password")


def hash_password(password: str) -> str:
    """The hash with its parameters and salt, as text."""
    return HASHER.hash(password)


def verify_password(hashed: str | None, password: str) -> bool:
    """Whether the password is the hashed one; without a hash it takes as long to say no."""
    try:
        HASHER.verify(hashed or DECOY, password)
    except (VerificationError, InvalidHashError):
        return False
    return hashed is not None
