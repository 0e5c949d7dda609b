"""XLSX. Import this module where a workbook is at hand: loading its library is a tenth of a start, and most processes never
see one.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException


class NoWorkbookError(Exception):
    """The content is something else."""


def read(content: bytes) -> Iterator[tuple[int, tuple[object, ...]]]:
    """The rows of the first sheet with their numbers, from 1. Raises NoWorkbookError."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError) as wrong:
        raise NoWorkbookError from wrong
    try:
        yield from enumerate(book.worksheets[0].iter_rows(values_only=True), start=1)
    finally:
        book.close()


def write(rows: Iterable[Sequence[str]], file: IO[bytes]) -> None:
    """A workbook of one sheet whose cells are text."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(file)
