"""What keeps browsers from being used against their owners: where forms may come from, what pages may load."""

from __future__ import annotations

from urllib.parse import urlsplit

from werkzeug.wrappers import Request, Response

from gateway.problems import Problem
from gateway.words import _

SAFE = {"GET", "HEAD", "OPTIONS"}

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
        " manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def add_headers(response: Response, *, secure: bool) -> None:
    """Answers may concern persons, so nothing is kept by caches unless the route says otherwise."""
    response.headers.extend(HEADERS)
    response.headers.setdefault("Cache-Control", "no-store")
    if secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")


def check_origin(request: Request) -> None:
    """Refuse (403) a change that a foreign page made a browser send (OWASP: verifying origin with standard headers).

    A bearer token is never sent by a browser of its own accord, so requests with one pass.
    """
    if request.method in SAFE or "Authorization" in request.headers:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None:
        ours = site in {"same-origin", "none"}
    elif origin is not None:
        ours = urlsplit(origin).netloc == request.host
    else:
        ours = not request.cookies
    if not ours:
        raise Problem("cross-site", 403, _("请从本站页面提交"))
