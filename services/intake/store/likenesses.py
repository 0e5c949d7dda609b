"""What open orders say, without their words, by street and revision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from services.intake.domain.similar.judging import Known
from services.intake.store.tables import likenesses, streets
from services.kit.rows import ROWS, as_json, insert_rows

_ENTERED = insert_rows(likenesses)
KEEP = _ENTERED.on_conflict_do_update(
    index_elements=[likenesses.c.order_id],
    set_={name: _ENTERED.excluded[name] for name in ("street_code", "revision", "known")},
)


def advance(db: Connection, street_code: str) -> int:
    """The next revision of a street. Whoever has it is alone with the street until the transaction ends."""
    first = insert(streets).values(street_code=street_code, revision=1)
    counted = first.on_conflict_do_update(
        index_elements=[streets.c.street_code], set_={"revision": streets.c.revision + 1}
    )
    revision: int = db.execute(counted.returning(streets.c.revision)).scalar_one()
    return revision


def keep(db: Connection, street_code: str, revision: int, said: Mapping[str, Known | None]) -> None:
    """Enter or replace what each order of a street says; None where it has ended."""
    rows = [
        {
            "order_id": order_id,
            "street_code": street_code,
            "revision": revision,
            "known": None if known is None else msgspec.json.encode(known),
        }
        for order_id, known in said.items()
    ]
    db.execute(KEEP, {ROWS: as_json(rows)})


def newer(db: Connection, street_code: str, than: int) -> Iterator[tuple[int, str, Known | None]]:
    """Each order's latest word that is newer than a revision, with its own revision, the oldest first."""
    query = (
        select(likenesses.c.revision, likenesses.c.order_id, likenesses.c.known)
        .where(likenesses.c.street_code == street_code, likenesses.c.revision > than)
        .order_by(likenesses.c.revision)
    )
    for row in db.execute(query):
        known = None if row.known is None else msgspec.json.decode(row.known, type=Known)
        yield row.revision, row.order_id, known
