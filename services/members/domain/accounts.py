"""Accounts: who signs in, and the form of logins, names, phones and passwords."""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.kit.actor import Grant
from services.kit.outcomes import invalid
from services.members.contracts import Role
from services.members.domain.tree import unit_of_node

LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{2,63}")
MOBILE = re.compile(r"1[3-9]\d{9}")
SEPARATORS = re.compile(r"[\s\-]")
LONGEST_NAME = 64
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 256
NAMELESS = "居民"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """``unit_id`` is the unit of the member's file; ``revision`` counts the changes of the grants."""

    id: str
    name: str
    login: str | None
    grants: tuple[Grant, ...] = ()
    unit_id: str | None = None
    revision: int = 0

    @property
    def unit(self) -> str | None:
        """The unit the person acts for: that of the file, or else the one that they lead."""
        if self.unit_id is not None:
            return self.unit_id
        led = (unit_of_node(grant.node) for grant in self.grants if grant.role == Role.UNIT_LEADER)
        return next((unit for unit in led if unit is not None), None)


@dataclass(frozen=True, slots=True)
class SealedPhone:
    """A phone as it is stored: ``index`` finds it, ``sealed`` can be opened by the key's holder."""

    index: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """An account about to be opened."""

    id: str
    name: str
    login: str | None = None
    phone: SealedPhone | None = None
    password_hash: str | None = None


def clean_login(login: str) -> str:
    """The login as it is stored and compared: without outer blanks, in lower case."""
    cleaned = login.strip().lower()
    if not LOGIN.fullmatch(cleaned):
        raise invalid("login", "登录名须为 3 至 64 个字母、数字或 . _ @ -，以字母或数字开头")
    return cleaned


def clean_name(name: str, field: str = "name") -> str:
    """The name without outer blanks, 1 to 64 characters."""
    cleaned = " ".join(name.split())
    if not cleaned or len(cleaned) > LONGEST_NAME or not cleaned.isprintable():
        raise invalid(field, f"名称须为 1 至 {LONGEST_NAME} 个字")
    return cleaned


def clean_phone(phone: str) -> str:
    """A mainland mobile number as its 11 digits; blanks, hyphens and +86 are taken off."""
    digits = SEPARATORS.sub("", phone).removeprefix("+86")
    if not MOBILE.fullmatch(digits) or not digits.isascii():
        raise invalid("phone", "手机号须为 11 位数字")
    return digits


def check_password(password: str, field: str = "password") -> None:
    """Long enough to resist guessing, short enough to hash."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise invalid(field, f"密码须为 {SHORTEST_PASSWORD} 至 {LONGEST_PASSWORD} 个字符")
