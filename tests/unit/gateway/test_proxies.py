"""Whose address counts: the client's as our own proxies saw it, and nothing that the client wrote itself."""

from __future__ import annotations

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from gateway.proxies import client_of, is_secure


def request(**headers: str) -> Request:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request(
        EnvironBuilder(headers=named.items(), environ_base={"REMOTE_ADDR": "10.0.0.9"}).get_environ()
    )


@pytest.mark.parametrize(
    ("proxies", "forwarded", "client"),
    [
        (0, "203.0.113.5", "10.0.0.9"),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "forged, 203.0.113.5", "203.0.113.5"),
        (2, "forged, 203.0.113.5, 10.0.0.1", "203.0.113.5"),
        (2, "203.0.113.5", "203.0.113.5"),
        (1, "", "10.0.0.9"),
    ],
)
def test_the_client(proxies: int, forwarded: str, client: str) -> None:
    assert client_of(request(X_Forwarded_For=forwarded), proxies) == client


@pytest.mark.parametrize(
    ("proxies", "forwarded", "secure"),
    [(0, "https", False), (1, "https", True), (1, "http", False), (1, "", False)],
)
def test_whether_the_browser_speaks_tls(proxies: int, forwarded: str, secure: bool) -> None:
    assert is_secure(request(X_Forwarded_Proto=forwarded), proxies) is secure
