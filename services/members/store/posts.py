"""Posts and who holds them. A place is taken by a guarded update, so that there are never more holders than places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    update,
)

from services.members.contracts import PostBasis, PostHolder, PostKind
from services.members.domain.files import MemberFile
from services.members.domain.posts import Post
from services.members.store.bond_tables import post_holders, posts
from services.members.store.searching import behind, below
from services.members.store.tables import AnyRow, accounts

HELD = and_(post_holders.c.post_id == posts.c.id, post_holders.c.left_at.is_(None))


def load(db: Connection, post_id: str) -> Post | None:
    row = db.execute(select(posts).where(posts.c.id == post_id)).one_or_none()
    return None if row is None else _post(row)


def enter(db: Connection, post: Post) -> None:
    db.execute(insert(posts).values(**asdict(post)))


def close(db: Connection, post_id: str, now: datetime) -> None:
    """Nobody chooses it any more, and nobody holds it."""
    db.execute(update(posts).where(posts.c.id == post_id).values(open=False, taken=0))
    db.execute(
        update(post_holders)
        .where(post_holders.c.post_id == post_id, post_holders.c.left_at.is_(None))
        .values(left_at=now)
    )


def hold(db: Connection, post_id: str, member_id: str, now: datetime) -> bool:
    """Whether there was a free place of an open post; the member holds it then."""
    taken = db.execute(
        update(posts)
        .where(posts.c.id == post_id, posts.c.open, posts.c.taken < posts.c.places)
        .values(taken=posts.c.taken + 1)
    )
    if taken.rowcount:
        db.execute(insert(post_holders).values(post_id=post_id, member_id=member_id, chosen_at=now))
    return taken.rowcount == 1


def leave(db: Connection, post_id: str, member_id: str, now: datetime) -> bool:
    """Whether the member held the post; the place is free then.

    Posts are locked before their holders, here as in ``hold`` and ``close``.
    """
    db.execute(select(posts.c.id).where(posts.c.id == post_id).with_for_update())
    left = db.execute(
        update(post_holders)
        .where(
            post_holders.c.post_id == post_id,
            post_holders.c.member_id == member_id,
            post_holders.c.left_at.is_(None),
        )
        .values(left_at=now)
    )
    if left.rowcount:
        db.execute(update(posts).where(posts.c.id == post_id).values(taken=posts.c.taken - 1))
    return left.rowcount == 1


def held(db: Connection, member_id: str) -> tuple[Post, ...]:
    """The posts that the member holds now."""
    query = select(posts).where(exists().where(HELD, post_holders.c.member_id == member_id))
    return tuple(_post(row) for row in db.execute(query.order_by(posts.c.id)))


def holders(db: Connection, post_ids: Iterable[str]) -> dict[str, tuple[PostHolder, ...]]:
    """Who holds each of the posts, in the order in which they chose."""
    found: dict[str, list[PostHolder]] = defaultdict(list)
    rows = db.execute(
        select(post_holders, accounts.c.name)
        .join(accounts, accounts.c.id == post_holders.c.member_id)
        .where(post_holders.c.post_id.in_(list(post_ids)), post_holders.c.left_at.is_(None))
        .order_by(post_holders.c.position)
    )
    for row in rows:
        found[row.post_id].append(PostHolder(member_id=row.member_id, name=row.name, chosen_at=row.chosen_at))
    return {post_id: tuple(each) for post_id, each in found.items()}


def page(
    db: Connection,
    *,
    node: str,
    kind: PostKind | None,
    fitting: MemberFile | None,
    held_by: str | None,
    last: tuple[datetime, str] | None,
    limit: int,
) -> tuple[Post, ...]:
    """Posts at or below ``node``, the newest first; narrowed to those that fit one member, or are held by one."""
    query = (
        select(posts)
        .where(below(posts.c.node, node), behind(posts.c.set_at, posts.c.id, last))
        .where(posts.c.kind == kind if kind is not None else true())
        .order_by(posts.c.set_at.desc(), posts.c.id.desc())
        .limit(limit)
    )
    if fitting is not None:
        query = query.where(_fits(fitting))
    if held_by is not None:
        query = query.where(exists().where(HELD, post_holders.c.member_id == held_by))
    return tuple(_post(row) for row in db.execute(query))


def _fits(file: MemberFile) -> ColumnElement[bool]:
    """The same rule as ``check_fit``, and a free place that the member does not have yet."""
    return and_(
        posts.c.open,
        posts.c.taken < posts.c.places,
        or_(below(posts.c.node, file.place), literal(file.place).startswith(posts.c.node)),
        or_(posts.c.skill.is_(None), posts.c.skill.in_(file.skills)),
        func.coalesce(posts.c.for_member_id, file.id) == file.id,
        ~exists().where(HELD, post_holders.c.member_id == file.id),
    )


def _post(row: AnyRow) -> Post:
    return Post(
        id=row.id,
        node=row.node,
        title=row.title,
        duties=row.duties,
        basis=PostBasis(row.basis),
        kind=PostKind(row.kind),
        places=row.places,
        taken=row.taken,
        skill=row.skill,
        for_member_id=row.for_member_id,
        open=row.open,
        set_at=row.set_at,
    )
