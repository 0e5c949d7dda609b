"""What a change of a file changed, field by field, in the texts of cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.members.contracts import FileKind
from services.members.domain.availability import Availability
from services.members.domain.cells import free_text, leave_text, point_text, words_text
from services.members.domain.files import Dossier, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """One field of one file. ``before`` and ``after`` are texts, None for what was or is not stated."""

    kind: FileKind
    file_id: str
    field: str
    before: str | None
    after: str | None
    by: str
    at: datetime


def compare(
    kind: FileKind,
    file_id: str,
    before: Mapping[str, str | None],
    after: Mapping[str, str | None],
    *,
    by: str,
    at: datetime,
) -> tuple[FileChange, ...]:
    """The fields that differ."""
    return tuple(
        FileChange(
            kind=kind, file_id=file_id, field=field, before=before[field], after=after[field], by=by, at=at
        )
        for field in before
        if before[field] != after[field]
    )


def texts_of_member(dossier: Dossier) -> dict[str, str | None]:
    """All that may change in a member's file; what is sealed (the phone) is not among it."""
    file = dossier.file
    return {
        "name": dossier.name,
        "unit_id": file.unit_id,
        "community_code": file.community_code,
        "grid_code": file.grid_code,
        "skills": words_text(file.skills) or None,
        "trade": file.trade,
        "kind": file.kind,
        "checked_in_at": file.checked_in_at.isoformat(),
        "checked_out_at": file.checked_out_at.isoformat() if file.checked_out_at else None,
        **_texts(dossier.availability),
    }


def texts_of_unit(unit: Unit, stated: Availability) -> dict[str, str | None]:
    return {
        "name": unit.name,
        "community_code": unit.community_code,
        "trade": unit.trade,
        "first_secretary": unit.first_secretary,
        "reported_at": unit.reported_at.isoformat() if unit.reported_at else None,
        **_texts(stated),
    }


def _texts(stated: Availability) -> dict[str, str | None]:
    return {
        "free": free_text(stated.free) or None,
        "leave": leave_text(stated.leave) or None,
        "capacity": str(stated.capacity),
        "wishes": words_text(stated.wishes) or None,
        "point": point_text(stated.point) or None,
    }
