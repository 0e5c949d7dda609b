"""docs/access.md says what the tables of routes say."""

from __future__ import annotations

from gateway import access
from gateway.live.telling import STREAMS
from gateway.routes import ROUTES
from gateway.routing import OPEN311
from gateway.web.pages import PAGES


def test_the_table_is_fresh() -> None:
    assert access.TABLE.read_text(encoding="utf-8") == access.render(), "run make access"


def test_every_route_and_page_is_in_it_and_says_who() -> None:
    lines = access.render().splitlines()
    for route in [*ROUTES, *PAGES, *OPEN311, *STREAMS]:
        (line,) = (line for line in lines if f"`{route.method} {route.path}`" in line)
        assert any(cell.strip() for cell in line.split("|")[2:]), line


def test_every_kind_of_caller_has_a_scope() -> None:
    assert set(access.SCOPES) == set(access.COLUMNS)
