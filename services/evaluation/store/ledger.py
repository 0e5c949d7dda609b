"""The points ledger: entries are added, never changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from services.evaluation.domain.days import Period
from services.evaluation.domain.points import Account
from services.evaluation.store.tables import ledger, ledger_holders


@dataclass(frozen=True, kw_only=True)
class Entry:
    """``sequence`` counts the holder's entries from 1; ``cause`` is the message or request that the entry comes from.

    An entry is for an order or for a small wish.
    """

    entry_id: str
    holder_kind: str
    holder_id: str
    sequence: int
    points: int
    rule: str
    rule_version: int
    order_id: str | None
    cause: str
    at: datetime
    wish_id: str | None = None


def next_sequence(db: Connection, account: Account) -> int:
    """The number of the holder's next entry; the holder stays locked until the commit, so numbers have no gaps."""
    opened = insert(ledger_holders).values(
        holder_kind=account.holder_kind, holder_id=account.holder_id, entries=1
    )
    counted = opened.on_conflict_do_update(
        index_elements=[ledger_holders.c.holder_kind, ledger_holders.c.holder_id],
        set_={"entries": ledger_holders.c.entries + 1},
    ).returning(ledger_holders.c.entries)
    return int(db.execute(counted).scalar_one())


def add_entry(db: Connection, entry: Entry) -> None:
    db.execute(insert(ledger).values(asdict(entry)))


def booked_for(db: Connection, order_id: str) -> Counter[Account]:
    """The sum of an order's entries, by account."""
    accounts = (ledger.c.holder_kind, ledger.c.holder_id, ledger.c.rule, ledger.c.rule_version)
    query = (
        select(*accounts, func.sum(ledger.c.points)).where(ledger.c.order_id == order_id).group_by(*accounts)
    )
    return Counter({Account(*account): int(points) for *account, points in db.execute(query)})


def total_of(db: Connection, holder_id: str, days: Period | None = None) -> int:
    query = select(func.coalesce(func.sum(ledger.c.points), 0)).where(ledger.c.holder_id == holder_id)
    if days is not None:
        query = query.where(*_within(days))
    return int(db.execute(query).scalar_one())


def entries_of(
    db: Connection, holder_id: str, days: Period, *, after: tuple[datetime, str] | None, limit: int
) -> Sequence[Entry]:
    """The holder's entries of these days, newest first, behind the entry ``after``."""
    query = select(ledger).where(ledger.c.holder_id == holder_id, *_within(days))
    if after is not None:
        query = query.where(tuple_(ledger.c.at, ledger.c.entry_id) < after)
    query = query.order_by(ledger.c.at.desc(), ledger.c.entry_id.desc()).limit(limit)
    return [Entry(**row) for row in db.execute(query).mappings()]


def _within(days: Period) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return ledger.c.at >= days.start, ledger.c.at < days.end
