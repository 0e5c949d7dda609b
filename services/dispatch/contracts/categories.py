"""The kinds of demands: what dispatch can be asked about them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from services.dispatch.contracts.words import Urgency
from services.kit.asking import Ask
from services.kit.registers import BadCell


class Reply(StrEnum):
    """What other software is told at once of an order of this kind (Open311's words): its number; a token with which to ask
    for the number once it is registered; or nothing, since such orders are private.
    """

    REALTIME = "realtime"
    BATCH = "batch"
    BLACKBOX = "blackbox"


@dataclass(frozen=True, kw_only=True)
class PromiseView:
    """Within how many working minutes an order is responded to once collected, and solved once registered."""

    urgency: Urgency
    respond_minutes: int
    solve_minutes: int


@dataclass(frozen=True, kw_only=True)
class CategoryView:
    """A kind of demand: its code, what pages call it, and within what time it is usually promised.

    ``days`` are the working days in which an ordinary one is solved; ``parent`` is the wider kind that it belongs to;
    ``gb_39666`` and ``gb_30428`` are its codes in those standards, where entered; ``skill`` is what the work usually takes.
    ``keywords`` are further words that people use for it; ``note`` says what belongs to it or what to do first.
    """

    code: str
    label: str
    days: int
    promises: tuple[PromiseView, ...]
    parent: str | None = None
    gb_39666: str | None = None
    gb_30428: str | None = None
    skill: str | None = None
    retired: bool = False
    reply: Reply = Reply.REALTIME
    keywords: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class ListCategories(Ask[tuple[CategoryView, ...]], service="dispatch"):
    """The kinds of demands, in the order in which a list should show them; ``retired`` ones only if asked for. Public."""

    retired: bool = False


@dataclass(frozen=True, kw_only=True)
class CategoriesPut:
    """What a file made of the table, or would make of it (``dry_run``). With ``errors`` nothing is changed at all;
    ``wrong`` counts them all, the first 200 are told.
    """

    rows: int
    created: int
    changed: int
    unchanged: int
    retired: int
    dry_run: bool
    wrong: int
    errors: tuple[BadCell, ...]


@dataclass(frozen=True, kw_only=True)
class PutCategories(Ask[CategoriesPut], service="dispatch"):
    """Replace the table by a CSV or XLSX file, all of it or nothing. What the file leaves out is retired. For the city's operators.

    Columns: code, label, days; parent, gb_39666, gb_30428, skill, reply, keywords (parted by 、) and note where they apply. Refused: invalid (422, field content)
    for what is no table.
    """

    content: bytes
    dry_run: bool = False
