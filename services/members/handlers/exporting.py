"""Registers given out, page by page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from services.kit.outcomes import invalid
from services.kit.paging import decode_cursor, decode_moment_cursor, encode_cursor, moment_cursor
from services.kit.sealing import Sealer
from services.kit.work import Work
from services.members.contracts import ExportPage, ExportRows, FileKind, ImportKind
from services.members.domain.exporting import (
    MEMBER_EXPORT,
    UNIT_EXPORT,
    member_cells,
    place_cells,
    unit_cells,
    unit_code_for,
)
from services.members.domain.files import mask_phone
from services.members.domain.importing.levels import RANKS
from services.members.handlers.members import readable_by
from services.members.store import accounts, availability, members, tree, units

T = TypeVar("T")

MOST_ROWS = 1000


def export_rows(work: Work, ask: ExportRows, sealer: Sealer) -> ExportPage:
    limit = max(1, min(ask.limit, MOST_ROWS))
    if ask.kind in RANKS:
        return _places(work, ask, limit)
    if ask.kind is ImportKind.UNITS:
        return _units(work, ask, limit)
    if ask.kind is ImportKind.MEMBERS:
        return _members(work, ask, limit, sealer)
    raise invalid("kind", "这类名册不能导出")


def _members(work: Work, ask: ExportRows, limit: int, sealer: Sealer) -> ExportPage:
    found = members.page(
        work.db,
        readable_by(work.actor),
        node=ask.node,
        unit_id=None,
        skill=None,
        kind=None,
        words=None,
        checked_out=False,
        last=decode_moment_cursor(ask.cursor),
        limit=limit + 1,
    )
    shown = found[:limit]
    stated = availability.of_all(work.db, FileKind.MEMBER, (person.file.id for person in shown))
    near = units.by_id(work.db, {person.file.unit_id for person in shown if person.file.unit_id})
    rows = tuple(
        member_cells(
            person,
            stated[person.file.id],
            unit_code_for(near[person.file.unit_id], person.file.community_code)
            if person.file.unit_id
            else "",
            mask_phone(sealer.open(person.phone_sealed)) if person.phone_sealed else "",
        )
        for person in shown
    )
    return ExportPage(
        columns=MEMBER_EXPORT,
        rows=rows,
        next=_next(found, limit, lambda person: (person.file.checked_in_at, person.file.id)),
    )


def _units(work: Work, ask: ExportRows, limit: int) -> ExportPage:
    found = units.page(
        work.db, node=ask.node, words=None, last=decode_moment_cursor(ask.cursor), limit=limit + 1
    )
    shown = found[:limit]
    stated = availability.of_all(work.db, FileKind.UNIT, (unit.id for unit in shown))
    logins = accounts.logins_of(work.db, {unit.first_secretary for unit in shown if unit.first_secretary})
    rows = tuple(
        unit_cells(unit, stated[unit.id], logins.get(unit.first_secretary or "", "")) for unit in shown
    )
    return ExportPage(
        columns=UNIT_EXPORT,
        rows=rows,
        next=_next(found, limit, lambda unit: (unit.registered_at, unit.id)),
    )


def _places(work: Work, ask: ExportRows, limit: int) -> ExportPage:
    rank = RANKS[ask.kind]
    after = decode_cursor(ask.cursor, 1)[0] if ask.cursor is not None else None
    found = tree.places_at(work.db, rank.level, ask.node, after=after, limit=limit + 1)
    shown = found[:limit]
    return ExportPage(
        columns=rank.columns.all,
        rows=tuple(place_cells(place, rank) for place in shown),
        next=encode_cursor(shown[-1].code) if len(found) > limit else None,
    )


def _next(found: tuple[T, ...], limit: int, key: Callable[[T], tuple[datetime, str]]) -> str | None:
    return moment_cursor(*key(found[limit - 1])) if len(found) > limit else None
