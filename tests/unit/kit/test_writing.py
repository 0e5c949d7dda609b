"""Tables given out as files are read again as they were."""

from __future__ import annotations

from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.sheets import guarded, read_sheet
from services.kit.writing import IN_MEMORY, write_csv, write_xlsx

CELL = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=12)
TABLE = st.lists(st.tuples(CELL, CELL, CELL).filter(any), min_size=1, max_size=6)


def cells(file: IO[bytes]) -> list[tuple[str, ...]]:
    with file:
        return [row.cells for row in read_sheet(file.read())]


@given(TABLE)
def test_a_csv_file_is_read_as_it_was_written(rows: list[tuple[str, ...]]) -> None:
    assert cells(write_csv(rows)) == rows


@pytest.mark.parametrize("cell", ["001", "=1+1", "'=1", "-1.5", "+86", "@甲", "1e5", "520425001001", "甲;乙"])
def test_a_workbook_keeps_its_cells_as_text(cell: str) -> None:
    rows = [("name", "code"), (cell, "0")]
    assert cells(write_xlsx(rows)) == rows


def test_a_formula_is_no_formula_for_whoever_opens_the_file() -> None:
    assert [guarded(cell) for cell in ("=1+1", "@x", "-2", "+86x", "a=1")] == [
        "'=1+1",
        "'@x",
        "-2",
        "'+86x",
        "a=1",
    ]


def test_a_large_file_leaves_the_memory() -> None:
    with write_csv([("x" * 1000,)] * 2000) as file:
        assert file.seek(0, 2) > IN_MEMORY
        assert file._rolled  # type: ignore[attr-defined]
