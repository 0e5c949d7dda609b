"""Password hashes: argon2id with the smallest parameters that OWASP's Password Storage Cheat Sheet recommends."""

from __future__ import annotations

from collections.abc import Callable

import argon2
import argon2.profiles
from argon2.exceptions import InvalidHashError, VerificationError

Hash = Callable[[str], str]
Verify = Callable[[str | None, str], bool]

GUARDED = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
CHEAP = argon2.PasswordHasher.from_parameters(argon2.profiles.CHEAPEST)
"""Protects nobody: for cities of invented people, where it would be most of the work."""
DECOY = GUARDED.hash("nobody's password")


def hash_password(password: str, hasher: argon2.PasswordHasher = GUARDED) -> str:
    """The hash with its parameters and salt, as text."""
    return hasher.hash(password)


def verify_password(hashed: str | None, password: str) -> bool:
    """Whether the password is the hashed one; without a hash it takes as long to say no.

    With what effort it was hashed stands in the hash.
    """
    try:
        GUARDED.verify(hashed or DECOY, password)
    except (VerificationError, InvalidHashError):
        return False
    return hashed is not None
