"""Lists on pages: filtered by a form, ordered by their columns, paged by cursor, and taken along as a file of the same rows.

A page gives its columns and a function that reads one page of rows; ``templates/lists.html`` draws the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar
from urllib.parse import urlencode

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, choice, text
from gateway.tables import Format, as_file
from gateway.web.render import show
from gateway.words import _
from services.kit.asking import Page
from services.kit.rpc import Unavailable

R = TypeVar("R")

PER_PAGE = 30
AT_ONCE = 200
"""Rows read at a time for a file."""
MOST = 10_000
"""Rows of a file; whoever needs more narrows the filter."""

Read: TypeAlias = Callable[[str | None, int], Page[R]]
"""One page of rows: from a cursor on (None: from the first), at most so many."""


class ListQuery(Request):
    """The base of a list's query; a page adds its filters."""

    cursor = text(_("翻页标记"), most=500, required=False)
    format = choice(Format, _("要文件时的格式"), required=False)


@dataclass(frozen=True, kw_only=True)
class Column(Generic[R]):
    """``cell`` gives the words to show and to take along; ``link`` where they lead, ``chip`` the kind of mark around them.

    ``sort`` is the value of the query's ``sort`` under which this column orders the list, where it can.
    """

    name: str
    cell: Callable[[R], str]
    link: Callable[[R], str] | None = None
    chip: Callable[[R], str] | None = None
    sort: str = ""


@dataclass(frozen=True, kw_only=True)
class Listing(Generic[R]):
    """What a template draws. ``items`` is None while they cannot be had; ``count`` is of all pages, where it is known."""

    path: str
    asked: Mapping[str, str]
    columns: Sequence[Column[R]]
    sort: str
    items: tuple[R, ...] | None
    next: str | None
    count: int | None

    @property
    def filtered(self) -> bool:
        return bool(self.asked.keys() - {"cursor", "sort"})

    @property
    def paged(self) -> bool:
        return "cursor" in self.asked

    def link(self, **changed: str | None) -> str:
        """The list with something changed, from its first page."""
        wanted = {**{name: value for name, value in self.asked.items() if name != "cursor"}, **changed}
        query = urlencode({name: value for name, value in wanted.items() if value})
        return f"{self.path}?{query}" if query else self.path


def answer(
    call: Call,
    template: str,
    *,
    name: str,
    columns: Sequence[Column[R]],
    read: Read[R],
    usual: str = "",
    count: int | None = None,
    **values: Any,
) -> Response:
    """The page with its ``listing``, or the rows of the same filter as a file ``name`` where the query says ``format``.

    ``usual`` is the sort of a list that nobody sorted.
    """
    made = call.query.get("format")
    if made:
        return as_file(rows_of(columns, read), name, made)
    try:
        found = read(call.query.get("cursor"), PER_PAGE)
    except Unavailable:
        found = None
    listing = Listing(
        path=call.request.path,
        asked={key: value for key, value in call.request.args.items() if value},
        columns=columns,
        sort=call.query.get("sort") or usual,
        items=found.items if found else None,
        next=found.next if found else None,
        count=count,
    )
    return show(call, template, listing=listing, **values)


def rows_of(columns: Sequence[Column[R]], read: Read[R]) -> Iterator[Sequence[str]]:
    """The names of the columns, then all rows; a last row says so when there were more."""
    yield [column.name for column in columns]
    cursor: str | None = None
    given = 0
    while True:
        found = read(cursor, min(AT_ONCE, MOST - given))
        for row in found.items:
            yield [column.cell(row) for column in columns]
        given += len(found.items)
        cursor = found.next
        if cursor is None:
            return
        if given >= MOST:
            yield [_("只导出了前 {} 行，请缩小范围后再导出其余的").format(MOST)]
            return
