"""Small wishes that were fulfilled."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert

from services.evaluation.store.tables import wishes


def add_wish(
    db: Connection,
    wish_id: str,
    *,
    place: str,
    holder: tuple[str, str] | None,
    fulfilled_at: datetime,
) -> None:
    """``holder``: kind and id of the member or unit whose doing it was."""
    kind, holder_id = holder or (None, None)
    db.execute(
        insert(wishes).values(
            wish_id=wish_id,
            place=place,
            holder_kind=kind,
            holder_id=holder_id,
            fulfilled_at=fulfilled_at,
        )
    )
