"""Asking for registers, page by page, as files have them."""

from __future__ import annotations

from dataclasses import dataclass

from services.kit.asking import Ask
from services.members.contracts.words import ImportKind


@dataclass(frozen=True, kw_only=True)
class ExportPage:
    """Some rows of a register; ``columns`` are those in which it is taken in again."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class ExportRows(Ask[ExportPage], service="members"):
    """The rows at and below ``node`` that the asker may see; phones are masked, and left alone when taken in again.

    Refused: invalid (422, field kind) for a kind of register that is not given out.
    """

    kind: ImportKind
    node: str = ""
    cursor: str | None = None
    limit: int = 500
