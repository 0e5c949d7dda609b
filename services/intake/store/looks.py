"""The audit of looks at contacts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert

from services.intake.store.tables import looks


def record_look(
    db: Connection, *, look_id: str, order_id: str, looked_by: str, purpose: str, looked_at: datetime
) -> None:
    db.execute(
        insert(looks).values(
            look_id=look_id, order_id=order_id, looked_by=looked_by, purpose=purpose, looked_at=looked_at
        )
    )
