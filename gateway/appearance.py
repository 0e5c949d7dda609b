"""How a caller wants the pages: language and size of type, kept in cookies so that it works before anybody signs in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Request, Response

from gateway.words import CHINESE, LANGUAGES

LANGUAGE_COOKIE = "sandan_language"
TYPE_COOKIE = "sandan_type"
LARGE = "large"
USUAL = "usual"
LASTS = 365 * 24 * 3600
"""Seconds."""


@dataclass(frozen=True)
class Appearance:
    language: str = CHINESE
    large: bool = False


def appearance_of(request: Request) -> Appearance:
    """What was chosen; else the browser's language where we speak it, else Chinese."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen not in LANGUAGES:
        chosen = _spoken(request.headers.get("Accept-Language", ""))
    return Appearance(language=chosen, large=request.cookies.get(TYPE_COOKIE) == LARGE)


@lru_cache(maxsize=256)
def _spoken(accepted: str) -> str:
    """Browsers say one of few things, and say it with every request."""
    return parse_accept_header(accepted, LanguageAccept).best_match(LANGUAGES, default=CHINESE) or CHINESE


def keep(response: Response, name: str, value: str, *, secure: bool) -> None:
    response.set_cookie(name, value, max_age=LASTS, httponly=True, samesite="Lax", secure=secure)
