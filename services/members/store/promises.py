"""Promises with their items."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import Connection, exists, insert, select, update

from services.members.domain.promises import Item, Promise, Told
from services.members.store import items
from services.members.store.bond_tables import posts, promise_items, promises
from services.members.store.searching import behind, below
from services.members.store.tables import AnySelect, accounts, members, units


def enter(db: Connection, promise: Promise) -> None:
    db.execute(
        insert(promises).values(
            id=promise.id,
            member_id=promise.member_id,
            post_id=promise.post_id,
            node=promise.node,
            made_at=promise.made_at,
        )
    )
    db.execute(insert(promise_items), [asdict(item) | {"promise_id": promise.id} for item in promise.items])


def load(db: Connection, promise_id: str) -> Told | None:
    return next(iter(_told(db, _select().where(promises.c.id == promise_id))), None)


def keep(db: Connection, promise_id: str, number: int, words: str, now: datetime) -> bool:
    """Whether the item was still to be done; it is done then."""
    return items.keep(db, promise_items, promise_items.c.promise_id == promise_id, number, words, now)


def retract(db: Connection, promise_id: str, reason: str) -> None:
    """The first reason stays."""
    db.execute(
        update(promises)
        .where(promises.c.id == promise_id, promises.c.retracted_why.is_(None))
        .values(retracted_why=reason)
    )


def page(
    db: Connection,
    *,
    node: str,
    member_id: str | None,
    overdue_on: date | None,
    last: tuple[datetime, str] | None,
    limit: int,
) -> tuple[Told, ...]:
    """What stands in public, the newest first; with ``overdue_on`` what has an item that should be done before that day."""
    query = (
        _select()
        .where(below(promises.c.node, node), behind(promises.c.made_at, promises.c.id, last))
        .where(promises.c.retracted_why.is_(None))
        .order_by(promises.c.made_at.desc(), promises.c.id.desc())
        .limit(limit)
    )
    if member_id is not None:
        query = query.where(promises.c.member_id == member_id)
    if overdue_on is not None:
        query = query.where(
            exists().where(
                promise_items.c.promise_id == promises.c.id,
                promise_items.c.done_at.is_(None),
                promise_items.c.due < overdue_on,
            )
        )
    return _told(db, query)


def _select() -> AnySelect:
    return select(
        promises, accounts.c.name, units.c.name.label("unit_name"), posts.c.title.label("post_title")
    ).select_from(
        promises.join(accounts, accounts.c.id == promises.c.member_id)
        .join(members, members.c.id == promises.c.member_id)
        .outerjoin(units, units.c.id == members.c.unit_id)
        .outerjoin(posts, posts.c.id == promises.c.post_id)
    )


def _told(db: Connection, query: AnySelect) -> tuple[Told, ...]:
    rows = db.execute(query).all()
    said: dict[str, list[Item]] = defaultdict(list)
    found = select(promise_items).where(promise_items.c.promise_id.in_([row.id for row in rows]))
    for row in db.execute(found.order_by(promise_items.c.number)):
        said[row.promise_id].append(items.item_of(row))
    return tuple(
        Told(
            promise=Promise(
                id=row.id,
                member_id=row.member_id,
                post_id=row.post_id,
                node=row.node,
                items=tuple(said[row.id]),
                made_at=row.made_at,
                retracted_why=row.retracted_why,
            ),
            name=row.name,
            unit_name=row.unit_name,
            post_title=row.post_title,
        )
        for row in rows
    )
