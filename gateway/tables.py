"""Rows as a file to take along: CSV or XLSX."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from werkzeug.wrappers import Response

from services.kit.writing import write_csv, write_xlsx

PIECE = 64 * 1024


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WRITERS = {Format.CSV: write_csv, Format.XLSX: write_xlsx}


def as_file(rows: Iterable[Sequence[str]], name: str, made: Format) -> Response:
    """The whole file is made before the first byte is sent: half a table would look like a whole one."""
    file = WRITERS[made]([str(cell) for cell in row] for row in rows)
    response = Response(iter(lambda: file.read(PIECE), b""), content_type=TYPES[made])
    response.call_on_close(file.close)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{made}"'
    return response
