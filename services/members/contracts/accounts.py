"""Asking about sessions, accounts, roles and names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.kit.actor import Grant
from services.kit.asking import Ask, Done
from services.members.contracts.words import Role


@dataclass(frozen=True, kw_only=True)
class AccountView:
    """An account as others see it; ``name`` is what pages call the person."""

    account_id: str
    name: str
    login: str | None
    grants: tuple[Grant, ...]
    unit_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class SessionOpened:
    """``token`` is opaque, shown once, and lives until ``expires_at`` or sign-out."""

    token: str
    expires_at: datetime
    account: AccountView


@dataclass(frozen=True, kw_only=True)
class SignIn(Ask[SessionOpened], service="members"):
    """Open a session by login and password. Refused: wrong-credentials (401), too-many-tries (429)."""

    login: str
    password: str


@dataclass(frozen=True, kw_only=True)
class CodeIssued:
    """A one-time code for ``phone``; the gateway hands it to notify and shows ``challenge`` and ``expires_at`` alone."""

    challenge: str
    code: str
    phone: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class IssueCode(Ask[CodeIssued], service="members"):
    """A resident asks to sign in by phone. Refused: invalid (422, field phone), too-many-tries (429)."""

    phone: str


@dataclass(frozen=True, kw_only=True)
class SignInWithCode(Ask[SessionOpened], service="members"):
    """Open a session by challenge and code; the first time opens a resident's account under ``name``.

    Refused: code-wrong (401), code-expired (401), too-many-tries (429).
    """

    challenge: str
    code: str
    name: str | None = None


@dataclass(frozen=True, kw_only=True)
class SignOut(Ask[Done], service="members"):
    """End the session of ``token``; ending an ended one is no error."""

    token: str


@dataclass(frozen=True, kw_only=True)
class WhoIs(Ask[AccountView], service="members"):
    """The account behind a session token. Refused: session-ended (401)."""

    token: str


@dataclass(frozen=True, kw_only=True)
class ChangePassword(Ask[Done], service="members"):
    """Set one's own password and end all sessions but that of ``token``; the first password needs no right ``old``.

    Refused: wrong-credentials (403, field old), invalid (422, field new), too-many-tries (429).
    """

    old: str
    new: str
    token: str | None = None


@dataclass(frozen=True, kw_only=True)
class OpenAccount(Ask[AccountView], service="members", creates=True):
    """An operator opens an account with a password and its first grants. Refused: name-taken (409, field login)."""

    login: str
    name: str
    password: str
    grants: tuple[Grant, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GrantRole(Ask[AccountView], service="members"):
    """An operator at or above the node grants a role; granting it again changes nothing."""

    account_id: str
    role: Role
    node: str


@dataclass(frozen=True, kw_only=True)
class RevokeRole(Ask[AccountView], service="members"):
    """An operator at or above the node takes a role back."""

    account_id: str
    role: Role
    node: str


@dataclass(frozen=True, kw_only=True)
class NamesOf(Ask[dict[str, str]], service="members"):
    """Display names of accounts, members, units and teams by id, and of nodes by code; unknown ids are left out."""

    ids: tuple[str, ...]
