"""The table of routes: each says where it is, who may try it, what it takes and what it answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema
from werkzeug.routing import Map, Rule

from gateway.call import Act
from gateway.policies import Policy

API = "/api/v1"
GEOREPORT = "/open311/v2"
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Route:
    """``path`` has its variables in braces; ``answer`` is the dataclass (or ``Page[dataclass]``) that ``act`` returns.

    ``page``: answers HTML and takes forms; ``stream``: its answer goes on while a page is open; ``open311``: speaks GeoReport v2 to other software; otherwise JSON. ``creates``: honours Idempotency-Key. ``most``: the longest
    body, in bytes. ``raw``: content types of which an upload may be the whole body.
    """

    method: str
    path: str
    act: Act
    policy: Policy
    summary: str
    tag: str
    body: type[Schema] | None = None
    query: type[Schema] | None = None
    answer: Any = None
    status: int = 200
    creates: bool = False
    page: bool = False
    open311: bool = False
    stream: bool = False
    upload: bool = False
    raw: tuple[str, ...] = ()
    most: int = MEGABYTE

    @property
    def name(self) -> str:
        return self.act.__name__

    @property
    def variables(self) -> tuple[str, ...]:
        return tuple(re.findall(r"{(\w+)}", self.path))


ROUTES: list[Route] = []
"""The API; filled as the modules of ``gateway.routes`` are imported, so take it from there."""

PAGES: list[Route] = []
"""The pages; filled as the modules of ``gateway.web.pages`` are imported, so take it from there."""

OPEN311: list[Route] = []
"""The GeoReport server; filled as the modules of ``gateway.open311`` are imported, so take it from there."""

STREAMS: list[Route] = []
"""Answers that go on; filled as the modules of ``gateway.live`` are imported, so take it from there."""


def map_of(routes: Iterable[Route]) -> Map:
    """For finding the route of a request; a wrong method is a 405 that names the right ones."""
    return Map(
        [
            Rule(re.sub(r"{(\w+)}", r"<\1>", route.path), methods=[route.method], endpoint=route)
            for route in routes
        ],
        strict_slashes=False,
    )


def route(
    method: str,
    path: str,
    *,
    policy: Policy,
    summary: str,
    tag: str,
    body: type[Schema] | None = None,
    query: type[Schema] | None = None,
    answer: Any = None,
    status: int = 200,
    creates: bool = False,
    upload: bool = False,
    raw: tuple[str, ...] = (),
    most: int = MEGABYTE,
) -> Callable[[Act], Act]:
    """Enter a function into the table as a route of the API; the path is relative to ``/api/v1``."""

    def enter(act: Act) -> Act:
        ROUTES.append(
            Route(
                method=method,
                path=API + path,
                act=act,
                policy=policy,
                summary=summary,
                tag=tag,
                body=body,
                query=query,
                answer=answer,
                status=status,
                creates=creates,
                upload=upload,
                raw=raw,
                most=most,
            )
        )
        return act

    return enter


def page(
    method: str,
    path: str,
    *,
    policy: Policy,
    summary: str,
    query: type[Schema] | None = None,
    most: int = MEGABYTE,
) -> Callable[[Act], Act]:
    """Enter a function into the table as a page: it returns a Response and reads forms itself."""

    def enter(act: Act) -> Act:
        PAGES.append(
            Route(
                method=method,
                path=path,
                act=act,
                policy=policy,
                summary=summary,
                tag="pages",
                query=query,
                page=True,
                most=most,
            )
        )
        return act

    return enter


def open311(method: str, path: str, *, policy: Policy, summary: str) -> Callable[[Act], Act]:
    """Enter a function into the table as a method of GeoReport v2; the path is relative to ``/open311/v2``.

    It reads its parameters itself and returns a Response in the ``format`` that the path ends with.
    """

    def enter(act: Act) -> Act:
        OPEN311.append(
            Route(
                method=method,
                path=f"{GEOREPORT}{path}.{{format}}",
                act=act,
                policy=policy,
                summary=summary,
                tag="open311",
                open311=True,
            )
        )
        return act

    return enter


def stream(path: str, *, policy: Policy, summary: str, query: type[Schema]) -> Callable[[Act], Act]:
    """Enter a function into the table as an answer that goes on; it returns a Response, and pages ask for it by script."""

    def enter(act: Act) -> Act:
        STREAMS.append(
            Route(
                method="GET",
                path=path,
                act=act,
                policy=policy,
                summary=summary,
                tag="streams",
                query=query,
                stream=True,
            )
        )
        return act

    return enter
