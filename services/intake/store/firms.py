"""Who may file for which firm, as members tells."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from services.intake.domain.placing import Helping
from services.intake.store.tables import firm_helpers


def keep_helper(db: Connection, helping: Helping, *, lasting: bool, sequence: int) -> None:
    """Enter or replace, unless what is kept already is newer than ``sequence``."""
    entry = insert(firm_helpers).values(
        firm_id=helping.firm_id,
        member_id=helping.member_id,
        community_code=helping.community_code,
        lasting=lasting,
        sequence=sequence,
    )
    fresh = {name: entry.excluded[name] for name in ("community_code", "lasting", "sequence")}
    db.execute(
        entry.on_conflict_do_update(
            index_elements=[firm_helpers.c.firm_id, firm_helpers.c.member_id],
            set_=fresh,
            where=firm_helpers.c.sequence < entry.excluded.sequence,
        )
    )


def helpers_of(db: Connection, firm_ids: Iterable[str]) -> frozenset[Helping]:
    """All who help one of the firms now; no question is asked where there is no firm."""
    wanted = sorted(set(firm_ids))
    if not wanted:
        return frozenset()
    rows = db.execute(select(firm_helpers).where(firm_helpers.c.firm_id.in_(wanted), firm_helpers.c.lasting))
    return frozenset(
        Helping(firm_id=row.firm_id, member_id=row.member_id, community_code=row.community_code)
        for row in rows
    )
