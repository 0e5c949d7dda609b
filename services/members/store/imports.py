"""Imports: what is shown of them, and the files of those that have not ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from services.kit.registers import BadCell
from services.members.contracts import ImportKind, ImportView
from services.members.store.searching import behind
from services.members.store.tables import AnyRow, import_files, imports

# Any number will do, as long as nothing else in this database locks it.
REGISTERS_LOCK = 0x53616E64616E


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An import that has not ended: its file, who asked for it and when, and below which nodes it may enter rows."""

    import_id: str
    kind: ImportKind
    content: bytes
    dry_run: bool
    scope: tuple[str, ...]
    started_by: str
    started_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How an import ended. With errors it was rejected and changed nothing."""

    rows: int
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    errors: tuple[BadCell, ...] = ()


def enter(db: Connection, waiting: Waiting, filename: str) -> None:
    db.execute(
        insert(imports).values(
            id=waiting.import_id,
            kind=waiting.kind,
            filename=filename,
            dry_run=waiting.dry_run,
            scope=list(waiting.scope),
            started_by=waiting.started_by,
            state="checking",
            attempts=0,
            rows=0,
            rows_done=0,
            created=0,
            changed=0,
            unchanged=0,
            errors=[],
            started_at=waiting.started_at,
        )
    )
    db.execute(insert(import_files).values(import_id=waiting.import_id, content=waiting.content))


def hold_registers(db: Connection) -> None:
    """Wait until no other import is applied, and keep it so until this transaction ends."""
    db.execute(select(func.pg_advisory_xact_lock(REGISTERS_LOCK)))


def claim(db: Connection) -> Waiting | None:
    """The import that has waited longest, or None: nothing waits, or another worker is busy with it."""
    if not db.execute(select(func.pg_try_advisory_xact_lock(REGISTERS_LOCK))).scalar_one():
        return None
    query = (
        select(imports, import_files.c.content)
        .join_from(import_files, imports, imports.c.id == import_files.c.import_id)
        .order_by(import_files.c.position)
        .limit(1)
        .with_for_update(of=import_files, skip_locked=True)
    )
    row = db.execute(query).one_or_none()
    if row is None:
        return None
    return Waiting(
        import_id=row.id,
        kind=ImportKind(row.kind),
        content=row.content,
        dry_run=row.dry_run,
        scope=tuple(row.scope),
        started_by=row.started_by,
        started_at=row.started_at,
    )


def count_attempt(db: Connection, import_id: str) -> int:
    """Count one more attempt at the import; how many there were with this one."""
    counted = update(imports).where(imports.c.id == import_id).values(attempts=imports.c.attempts + 1)
    return int(db.execute(counted.returning(imports.c.attempts)).scalar_one())


def note(db: Connection, import_id: str, state: str, rows: int, rows_done: int) -> None:
    """Show how far the import has come."""
    db.execute(
        update(imports).where(imports.c.id == import_id).values(state=state, rows=rows, rows_done=rows_done)
    )


def end(db: Connection, import_id: str, outcome: Outcome) -> None:
    """Enter the outcome and forget the file."""
    db.execute(
        update(imports)
        .where(imports.c.id == import_id)
        .values(
            state="rejected" if outcome.errors else "done",
            rows=outcome.rows,
            rows_done=0 if outcome.errors else outcome.rows,
            created=outcome.created,
            changed=outcome.changed,
            unchanged=outcome.unchanged,
            errors=msgspec.to_builtins(outcome.errors),
            # Not the worker's own time: that is when it began.
            ended_at=func.clock_timestamp(),
        )
    )
    db.execute(delete(import_files).where(import_files.c.import_id == import_id))


def get(db: Connection, import_id: str, started_by: str) -> ImportView | None:
    """One of the asker's own imports."""
    query = select(imports).where(imports.c.id == import_id, imports.c.started_by == started_by)
    row = db.execute(query).one_or_none()
    return None if row is None else _view(row)


def page(
    db: Connection, *, started_by: str, last: tuple[datetime, str] | None, limit: int
) -> tuple[ImportView, ...]:
    """The asker's own imports, the newest first."""
    query = (
        select(imports)
        .where(imports.c.started_by == started_by, behind(imports.c.started_at, imports.c.id, last))
        .order_by(imports.c.started_at.desc(), imports.c.id.desc())
        .limit(limit)
    )
    return tuple(_view(row) for row in db.execute(query))


def _view(row: AnyRow) -> ImportView:
    return ImportView(
        import_id=row.id,
        kind=ImportKind(row.kind),
        filename=row.filename,
        state=row.state,
        rows=row.rows,
        rows_done=row.rows_done,
        created=row.created,
        changed=row.changed,
        unchanged=row.unchanged,
        errors=msgspec.convert(row.errors, tuple[BadCell, ...]),
        dry_run=row.dry_run,
        started_at=row.started_at,
        ended_at=row.ended_at,
    )
