"""Members and the households that they help, one to one by two partial unique indexes."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or

from services.members.contracts import DoingKind, DoingView, NeedKind
from services.members.domain.pairings import Help, NamedHelp
from services.members.store.pair_tables import doings, helps
from services.members.store.searching import behind, below, below_any
from services.members.store.tables import AnyRow, AnySelect, accounts

DONE = (
    select(func.count())
    .select_from(doings)
    .where(doings.c.help_id == helps.c.id)
    .scalar_subquery()
    .label("doings")
)


def enter(db: Connection, help_: Help, household_index: bytes) -> bool:
    """Whether the help was entered; False if the member or the household has one that lasts."""
    values = asdict(help_) | {"household_index": household_index}
    return db.execute(insert_or(helps).values(**values).on_conflict_do_nothing()).rowcount == 1


def load(db: Connection, help_id: str) -> NamedHelp | None:
    row = db.execute(_select().where(helps.c.id == help_id)).one_or_none()
    return None if row is None else _named(row)


def end(db: Connection, help_id: str, why: str, now: datetime) -> None:
    """End it and erase who was helped; the first reason stays."""
    db.execute(
        update(helps)
        .where(helps.c.id == help_id, helps.c.ended_at.is_(None))
        .values(ended_at=now, ended_why=why, contact_sealed=None, household_index=None)
    )


def end_of_member(db: Connection, member_id: str, why: str, now: datetime) -> None:
    """As ``end``, for the help that the member gives."""
    db.execute(
        update(helps)
        .where(helps.c.member_id == member_id, helps.c.ended_at.is_(None))
        .values(ended_at=now, ended_why=why, contact_sealed=None, household_index=None)
    )


def record(db: Connection, doing_id: str, help_id: str, kind: DoingKind, words: str, now: datetime) -> None:
    db.execute(insert(doings).values(id=doing_id, help_id=help_id, kind=kind, words=words, at=now))


def page(
    db: Connection,
    *,
    above: tuple[str, ...],
    own: str,
    node: str,
    need: NeedKind | None,
    ended: bool,
    last: tuple[datetime, str] | None,
    limit: int,
) -> tuple[NamedHelp, ...]:
    """Those of the places that the reader is ``above``, and what the reader gives (``own``); the newest first."""
    mine = (helps.c.member_id == own) & helps.c.ended_at.is_(None)
    query = (
        _select()
        .where(or_(mine, below_any(helps.c.node, above)), below(helps.c.node, node))
        .where(behind(helps.c.paired_at, helps.c.id, last))
        .order_by(helps.c.paired_at.desc(), helps.c.id.desc())
        .limit(limit)
    )
    if need is not None:
        query = query.where(helps.c.need == need)
    if not ended:
        query = query.where(helps.c.ended_at.is_(None))
    return tuple(_named(row) for row in db.execute(query))


def page_of_doings(
    db: Connection, help_id: str, *, last: tuple[datetime, str] | None, limit: int
) -> tuple[tuple[str, DoingView], ...]:
    """What was done, each with its id, the newest first."""
    rows = db.execute(
        select(doings)
        .where(doings.c.help_id == help_id, behind(doings.c.at, doings.c.id, last))
        .order_by(doings.c.at.desc(), doings.c.id.desc())
        .limit(limit)
    )
    return tuple((row.id, DoingView(kind=DoingKind(row.kind), words=row.words, at=row.at)) for row in rows)


def _select() -> AnySelect:
    return select(helps, accounts.c.name.label("member_name"), DONE).select_from(
        helps.join(accounts, accounts.c.id == helps.c.member_id)
    )


def _named(row: AnyRow) -> NamedHelp:
    return NamedHelp(
        help=Help(
            id=row.id,
            member_id=row.member_id,
            node=row.node,
            need=NeedKind(row.need),
            contact_sealed=None if row.contact_sealed is None else bytes(row.contact_sealed),
            since=row.since,
            paired_at=row.paired_at,
            ended_at=row.ended_at,
            ended_why=row.ended_why,
        ),
        member_name=row.member_name,
        doings=row.doings,
    )
