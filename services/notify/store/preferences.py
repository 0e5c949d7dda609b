"""What people chose; who chose nothing has no row."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.dialects.postgresql import insert

from services.notify.contracts import Language
from services.notify.domain.quiet import QuietHours
from services.notify.domain.releasing import UNSAID, Wishes
from services.notify.store.tables import preferences


def wishes_of(db: Connection, accounts: Collection[str]) -> dict[str, Wishes]:
    """For each account what it wishes, also where it never said so."""
    query = select(preferences).where(preferences.c.account_id.in_(accounts))
    chosen = {row.account_id: _wishes(row) for row in db.execute(query)}
    return {account: chosen.get(account, UNSAID) for account in accounts}


def keep(db: Connection, account: str, wishes: Wishes) -> None:
    values = {
        "off": sorted(wishes.off),
        "digest_hour": wishes.digest_hour,
        "quiet_from": wishes.quiet.begins if wishes.quiet else None,
        "quiet_until": wishes.quiet.ends if wishes.quiet else None,
        "language": wishes.language,
    }
    entry = insert(preferences).values(account_id=account, **values)
    db.execute(entry.on_conflict_do_update(index_elements=[preferences.c.account_id], set_=values))


def _wishes(row: Row[Any]) -> Wishes:
    return Wishes(
        off=frozenset(row.off),
        digest_hour=row.digest_hour,
        quiet=QuietHours(row.quiet_from, row.quiet_until) if row.quiet_from is not None else None,
        language=Language(row.language),
    )
