"""Tables given out as files, built on disk once they are large, so that memory does not grow with the rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from services.kit.sheets import guarded

IN_MEMORY = 1024 * 1024
"""Bytes that a file may have before it moves to disk."""


def write_csv(rows: Iterable[Sequence[str]]) -> IO[bytes]:
    """UTF-8 with a byte order mark, without which spreadsheets take Chinese for something else; at its beginning."""
    with _kept_if_whole() as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        writer = csv.writer(text)
        for row in rows:
            writer.writerow([guarded(cell) for cell in row])
        text.flush()
        text.detach()
    return file


def write_xlsx(rows: Iterable[Sequence[str]]) -> IO[bytes]:
    """A workbook of one sheet whose cells are all text, so that codes keep their zeros; at its beginning."""
    from services.kit import workbooks  # noqa: PLC0415 - says why itself

    with _kept_if_whole() as file:
        workbooks.write(([guarded(cell) for cell in row] for row in rows), file)
    return file


@contextmanager
def _kept_if_whole() -> Iterator[IO[bytes]]:
    """A file for whoever asked to read and close; closed here if its rows fail."""
    file = cast(IO[bytes], SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115 - outlives this function
    try:
        yield file
    except BaseException:
        file.close()
        raise
    file.seek(0)
