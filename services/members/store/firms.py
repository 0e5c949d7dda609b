"""Enterprises, and who helps them."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import Connection, and_, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from services.members.contracts import FirmHelper
from services.members.domain.firms import Firm
from services.members.store.pair_tables import firm_helpers, firms
from services.members.store.searching import behind, below, named
from services.members.store.tables import AnySelect, accounts

LASTING = and_(firm_helpers.c.firm_id == firms.c.id, firm_helpers.c.ended_at.is_(None))


def load(db: Connection, firm_id: str) -> Firm | None:
    return next(iter(_firms(db, select(firms).where(firms.c.id == firm_id))), None)


def lock(db: Connection, firm_id: str) -> Firm | None:
    """The firm, its row locked until the transaction ends: the tellings of its pairs stand in one order."""
    db.execute(select(firms.c.id).where(firms.c.id == firm_id).with_for_update())
    return load(db, firm_id)


def enter(db: Connection, firm: Firm) -> bool:
    """Whether the firm was entered; False if its community has one of that name."""
    return db.execute(insert(firms).values(**_columns(firm)).on_conflict_do_nothing()).rowcount == 1


def save(db: Connection, firm: Firm) -> bool:
    """Whether the firm was written; False if its community has another of that name, be it since a moment ago."""
    try:
        with db.begin_nested():
            db.execute(update(firms).where(firms.c.id == firm.id).values(**_columns(firm)))
    except IntegrityError:
        return False
    return True


def pair(db: Connection, firm_id: str, member_id: str, now: datetime) -> int:
    """Enter a pair that does not last yet; the revision that it is told as."""
    revision = _last(db, firm_id, member_id) + 1
    db.execute(
        insert(firm_helpers).values(firm_id=firm_id, member_id=member_id, revision=revision, since=now)
    )
    return revision


def unpair(db: Connection, firm_id: str, member_id: str, now: datetime) -> int:
    """End a pair that lasts; the revision that its end is told as, which no beginning has."""
    revision = _last(db, firm_id, member_id) + 1
    db.execute(
        update(firm_helpers)
        .where(
            firm_helpers.c.firm_id == firm_id,
            firm_helpers.c.member_id == member_id,
            firm_helpers.c.ended_at.is_(None),
        )
        .values(ended_at=now, revision=revision)
    )
    return revision


def helped_by(db: Connection, member_id: str) -> tuple[str, ...]:
    """The firms that the member helps now, in the order of their ids."""
    query = select(firm_helpers.c.firm_id).where(
        firm_helpers.c.member_id == member_id, firm_helpers.c.ended_at.is_(None)
    )
    return tuple(db.execute(query.order_by(firm_helpers.c.firm_id)).scalars())


def page(
    db: Connection,
    *,
    node: str,
    trade: str | None,
    words: str | None,
    helper: str | None,
    unhelped: bool,
    last: tuple[datetime, str] | None,
    limit: int,
) -> tuple[Firm, ...]:
    query = (
        select(firms)
        .where(below(firms.c.community_code, node), behind(firms.c.registered_at, firms.c.id, last))
        .order_by(firms.c.registered_at.desc(), firms.c.id.desc())
        .limit(limit)
    )
    if trade is not None:
        query = query.where(firms.c.trade == trade)
    if words:
        query = query.where(named(firms.c.name, words))
    if helper is not None:
        query = query.where(exists().where(LASTING, firm_helpers.c.member_id == helper))
    if unhelped:
        query = query.where(~exists().where(LASTING))
    return _firms(db, query)


def _last(db: Connection, firm_id: str, member_id: str) -> int:
    query = select(func.coalesce(func.max(firm_helpers.c.revision), 0)).where(
        firm_helpers.c.firm_id == firm_id, firm_helpers.c.member_id == member_id
    )
    return int(db.execute(query).scalar_one())


def _columns(firm: Firm) -> dict[str, object]:
    return {
        "id": firm.id,
        "name": firm.name,
        "trade": firm.trade,
        "community_code": firm.community_code,
        "contact_sealed": firm.contact_sealed,
        "registered_at": firm.registered_at,
    }


def _firms(db: Connection, query: AnySelect) -> tuple[Firm, ...]:
    rows = db.execute(query).all()
    helpers: dict[str, list[FirmHelper]] = defaultdict(list)
    found = (
        select(firm_helpers, accounts.c.name)
        .join(accounts, accounts.c.id == firm_helpers.c.member_id)
        .where(firm_helpers.c.firm_id.in_([row.id for row in rows]), firm_helpers.c.ended_at.is_(None))
        .order_by(firm_helpers.c.since, firm_helpers.c.member_id)
    )
    for row in db.execute(found):
        helpers[row.firm_id].append(FirmHelper(member_id=row.member_id, name=row.name, since=row.since))
    return tuple(
        Firm(
            id=row.id,
            name=row.name,
            trade=row.trade,
            community_code=row.community_code,
            contact_sealed=bytes(row.contact_sealed),
            registered_at=row.registered_at,
            helpers=tuple(helpers[row.id]),
        )
        for row in rows
    )
