"""What proxies in front of the gateway say of a request. Of a header that anyone can send, only their own part is believed."""

from __future__ import annotations

from werkzeug.wrappers import Request


def client_of(request: Request, proxies: int) -> str:
    """The client's address: of X-Forwarded-For, to which each proxy appends its peer, the entry of the outermost."""
    told = _last(request, "X-Forwarded-For", proxies)
    return told or request.remote_addr or ""


def is_secure(request: Request, proxies: int) -> bool:
    """Whether the browser speaks TLS to us or to the outermost proxy."""
    return request.is_secure or _last(request, "X-Forwarded-Proto", proxies) == "https"


def _last(request: Request, header: str, proxies: int) -> str | None:
    if not proxies:
        return None
    entries = [
        entry.strip() for entry in ",".join(request.headers.getlist(header)).split(",") if entry.strip()
    ]
    return entries[-min(proxies, len(entries))] if entries else None
