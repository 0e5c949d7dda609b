"""Lists of pages: links that keep the filter, and files of the same rows, cut with a word about it."""

from __future__ import annotations

import csv
import io
from contextlib import closing

import openpyxl
import pytest

from gateway.tables import Format, as_file
from gateway.web import lists
from gateway.web.lists import Column, Listing
from gateway.words import ENGLISH, _, speaking
from services.kit.asking import Page

COLUMNS = (
    Column[int](name=_("状态"), cell=lambda row: f"={row}+1", sort="state"),
    Column[int](name=_("地方"), cell=lambda row: f"第 {row} 栋"),
)


def counted(total: int) -> lists.Read[int]:
    def read(cursor: str | None, limit: int) -> Page[int]:
        first = int(cursor or 0)
        until = min(first + limit, total)
        return Page(items=tuple(range(first, until)), next=str(until) if until < total else None)

    return read


def rows_of(total: int, made: Format = Format.CSV) -> list[list[str]]:
    with closing(as_file(lists.rows_of(COLUMNS, counted(total)), "all", made)) as response:
        content = response.get_data()
    if made is Format.CSV:
        assert content.startswith(b"\xef\xbb\xbf")
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [[str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("made", Format)
def test_a_file_has_all_rows_and_no_formula(made: Format) -> None:
    rows = rows_of(450, made)
    assert rows[0] == ["状态", "地方"]
    assert len(rows) == 451
    assert rows[-1] == ["'=449+1", "第 449 栋"]


def test_a_file_that_was_cut_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST", 250)
    rows = rows_of(251)
    assert len(rows) == 1 + 250 + 1
    assert rows[-1] == ["只导出了前 250 行，请缩小范围后再导出其余的"]
    assert len(rows_of(250)) == 1 + 250


def test_a_file_is_named_in_the_readers_language() -> None:
    with speaking(ENGLISH):
        assert rows_of(1)[0] == ["State", "Place"]


def listing(**asked: str) -> Listing[int]:
    return Listing(path="/tasks", asked=asked, columns=COLUMNS, sort="state", items=(), next=None, count=None)


def test_links_keep_the_filter_and_begin_at_the_first_page() -> None:
    shown = listing(state="acting", cursor="abc", sort="urgent")
    assert shown.link() == "/tasks?state=acting&sort=urgent"
    assert shown.link(sort="changed") == "/tasks?state=acting&sort=changed"
    assert shown.link(cursor="def") == "/tasks?state=acting&sort=urgent&cursor=def"
    assert shown.link(format="csv", state=None) == "/tasks?sort=urgent&format=csv"
    assert listing().link() == "/tasks"


def test_sorting_and_paging_are_no_filter() -> None:
    assert listing(state="acting").filtered
    assert not listing(sort="urgent", cursor="abc").filtered
    assert listing(cursor="abc").paged
