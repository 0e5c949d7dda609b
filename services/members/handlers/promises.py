"""Promises: made in public, kept item by item, retracted with a reason."""

from __future__ import annotations

from datetime import datetime

from services.kit.asking import Done, Page
from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.work import Work
from services.members.contracts import (
    KeepPromise,
    ListPromises,
    MakePromise,
    PublicPromise,
    RetractPromise,
    Slug,
)
from services.members.domain.authority import check_keeping, refused
from services.members.domain.promises import LONGEST_WORDS, Promise, Told, day_of, items_of
from services.members.domain.words import plain_words
from services.members.handlers.items import item_view
from services.members.handlers.posts import own_file
from services.members.store import posts, promises


def make_promise(work: Work, ask: MakePromise) -> PublicPromise:
    file = own_file(work)
    items = items_of(ask.items, work.now)
    if ask.post_id is not None and ask.post_id not in {post.id for post in posts.held(work.db, file.id)}:
        raise Refused(Slug.NO_SUCH_POST, "您没有认领这个岗位", status=422, field="post_id")
    promise = Promise(
        id=work.new_id(),
        member_id=file.id,
        post_id=ask.post_id,
        node=file.place,
        items=items,
        made_at=work.now,
    )
    promises.enter(work.db, promise)
    return _view(_load(work, promise.id), work.now)


def keep_promise(work: Work, ask: KeepPromise) -> PublicPromise:
    """The member alone says that it was done."""
    promise = _load(work, ask.promise_id).promise
    if promise.member_id != work.actor.id:
        raise refused("只有承诺人本人可以登记完成情况")
    if ask.number not in {item.number for item in promise.items}:
        raise Refused(Slug.NO_SUCH_PROMISE, "没有这一项承诺", status=404)
    words = plain_words(ask.words, "words", LONGEST_WORDS)
    if not promises.keep(work.db, promise.id, ask.number, words, work.now):
        raise Refused(Slug.ALREADY_DONE, "这一项已登记完成", status=409)
    return _view(_load(work, promise.id), work.now)


def retract_promise(work: Work, ask: RetractPromise) -> Done:
    promise = _load(work, ask.promise_id).promise
    if promise.member_id != work.actor.id:
        check_keeping(work.actor, promise.node)
    promises.retract(work.db, promise.id, plain_words(ask.reason, "reason", LONGEST_WORDS))
    return Done()


def list_promises(work: Work, ask: ListPromises) -> Page[PublicPromise]:
    """What everybody may read: names of members and units, and what was promised and done."""
    limit = bounded(ask.limit)
    found = promises.page(
        work.db,
        node=ask.node,
        member_id=ask.member_id,
        overdue_on=day_of(work.now) if ask.overdue else None,
        last=decode_moment_cursor(ask.cursor),
        limit=limit + 1,
    )
    return page_of(
        found,
        limit,
        key=lambda told: (told.promise.made_at, told.promise.id),
        view=lambda told: _view(told, work.now),
    )


def _load(work: Work, promise_id: str) -> Told:
    told = promises.load(work.db, promise_id)
    if told is None:
        raise Refused(Slug.NO_SUCH_PROMISE, "没有这份承诺", status=404)
    return told


def _view(told: Told, now: datetime) -> PublicPromise:
    promise = told.promise
    return PublicPromise(
        promise_id=promise.id,
        member_id=promise.member_id,
        name=told.name,
        unit_name=told.unit_name,
        node=promise.node,
        post_id=promise.post_id,
        post_title=told.post_title,
        items=tuple(item_view(item, now) for item in promise.items),
        made_at=promise.made_at,
        retracted_why=promise.retracted_why,
    )
