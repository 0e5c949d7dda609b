"""A file's bytes as a table of text cells with the line each row began on."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date

from services.kit.registers import Row

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 100_000
ZIP_MAGIC = b"PK\x03\x04"
FORMULA = ("=", "+", "-", "@")


class UnreadableError(ValueError):
    """The file is no table of ours; the message says why, for its sender."""


def read_sheet(content: bytes) -> tuple[Row, ...]:
    """All rows that have any text, the header first.

    CSV in UTF-8 (with or without BOM) or GB 18030, or the first sheet of an XLSX workbook. Raises UnreadableError.
    """
    if len(content) > LARGEST_FILE:
        raise UnreadableError(f"文件超过 {LARGEST_FILE // 1024 // 1024} MB")
    table = _read_xlsx(content) if content.startswith(ZIP_MAGIC) else _read_csv(content)
    rows = []
    for line, cells in table:
        cleaned = tuple(_unguarded(cell.strip()) for cell in cells)
        if any(cleaned):
            rows.append(Row(line, cleaned))
        if len(rows) > MOST_ROWS:
            raise UnreadableError(f"超过 {MOST_ROWS} 行，请分成几个文件")
    return tuple(rows)


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV Injection): behind an apostrophe, unless it is a number."""
    if cell.lstrip("'").startswith(FORMULA) and not _is_number(cell):
        return "'" + cell
    return cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell.lstrip("'").startswith(FORMULA) else cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _read_csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(_decode(content), newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as wrong:
        raise UnreadableError(f"第 {line} 行不是有效的 CSV:{wrong}") from wrong


def _decode(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableError("文件编码无法识别，请存为 UTF-8 或 GB 18030 的 CSV，或 XLSX")


def _read_xlsx(content: bytes) -> Iterator[tuple[int, list[str]]]:
    from services.kit import workbooks  # noqa: PLC0415 - says why itself

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNPACKED:
                raise UnreadableError("工作簿解压后过大")
        for line, cells in workbooks.read(content):
            yield line, [_as_text(cell) for cell in cells]
    except (zipfile.BadZipFile, workbooks.NoWorkbookError) as wrong:
        raise UnreadableError("不是有效的 XLSX 工作簿") from wrong


def _as_text(cell: object) -> str:
    if cell is None:
        return ""
    # Spreadsheets keep codes typed as digits as numbers: 520425001001 comes back as a float.
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
