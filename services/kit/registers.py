"""Tables that people hand in: a header of known columns, rows by column name, and the list of what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from services.kit.outcomes import Refused

MOST_ERRORS_KEPT = 200


@dataclass(frozen=True, slots=True)
class Row:
    """``line`` counts as the file does: the header is line 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class BadCell:
    """``line`` counts as the file does (the header is line 1); ``column`` is the header's word."""

    line: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Columns:
    """The header words of one kind of register."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return self.required + self.optional


@dataclass
class Problems:
    """Everything wrong with a file. All of it is counted, the first 200 are kept for showing."""

    kept: list[BadCell] = field(default_factory=list)
    count: int = 0

    def add(self, line: int, column: str, message: str) -> None:
        self.count += 1
        if len(self.kept) < MOST_ERRORS_KEPT:
            self.kept.append(BadCell(line=line, column=column, message=message))


@dataclass(frozen=True, slots=True)
class Line:
    """One row by column names; a cell that is missing or of a column that the file lacks is empty."""

    number: int
    cells: dict[str, str]
    problems: Problems

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def wrong(self, column: str, message: str) -> None:
        self.problems.add(self.number, column, message)

    def optional(self, column: str) -> str | None:
        return self[column] or None

    def cleaned(self, column: str, clean: Callable[[str], str]) -> str:
        """The cell as ``clean`` gives it; a refusal becomes a bad cell, and the text is given back as it is."""
        try:
            return clean(self[column])
        except Refused as refused:
            self.wrong(column, refused.message)
            return self[column]


def lines_of(rows: tuple[Row, ...], columns: Columns, problems: Problems) -> tuple[Line, ...]:
    """The rows below the header; none if the header is not that of ``columns`` (and problems say why)."""
    if not rows:
        problems.add(1, "", "文件是空的")
        return ()
    header = rows[0]
    _check_header(header, columns, problems)
    if problems.count:
        return ()
    if len(rows) == 1:
        problems.add(header.line, "", "只有表头，没有数据行")
    found = []
    for row in rows[1:]:
        if any(row.cells[len(header.cells) :]):
            problems.add(row.line, "", f"有 {len(row.cells)} 个单元格，表头只有 {len(header.cells)} 列")
        found.append(Line(row.line, dict(zip(header.cells, row.cells, strict=False)), problems))
    return tuple(found)


def _check_header(header: Row, columns: Columns, problems: Problems) -> None:
    for column in columns.required:
        if column not in header.cells:
            problems.add(header.line, column, "缺少这一列")
    for place, column in enumerate(header.cells):
        if column and column not in columns.all:
            problems.add(header.line, column, f"不认识的列，应为：{'、'.join(columns.all)}")
        elif column and column in header.cells[:place]:
            problems.add(header.line, column, "这一列出现了两次")


def within(code: str, scope: Iterable[str]) -> bool:
    """Whether a row about ``code`` may be entered by somebody whose nodes are ``scope``."""
    return code.startswith(tuple(scope))
