"""Every change of a file, kept for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection, insert, select

from services.members.contracts import FileKind
from services.members.domain.history import FileChange
from services.members.store.tables import file_changes


def keep(db: Connection, changes: Sequence[FileChange]) -> None:
    if changes:
        db.execute(insert(file_changes), [asdict(change) for change in changes])


def page(
    db: Connection, kind: FileKind, file_id: str, *, before: int | None, limit: int
) -> tuple[tuple[int, FileChange], ...]:
    """With their numbers, the newest first; ``before`` is the last number of the page before."""
    query = (
        select(file_changes)
        .where(file_changes.c.kind == kind, file_changes.c.file_id == file_id)
        .order_by(file_changes.c.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(file_changes.c.id < before)
    return tuple(
        (
            row.id,
            FileChange(
                kind=FileKind(row.kind),
                file_id=row.file_id,
                field=row.field,
                before=row.before,
                after=row.after,
                by=row.by,
                at=row.at,
            ),
        )
        for row in db.execute(query)
    )
