"""Posts: set and closed by staff, chosen and left by members."""

from __future__ import annotations

from collections.abc import Sequence

from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.work import Work
from services.members.contracts import (
    ChoosePost,
    ClosePost,
    GetPost,
    LeavePost,
    ListPosts,
    PostHolder,
    PostView,
    SetPost,
    Slug,
)
from services.members.domain.accounts import clean_name
from services.members.domain.authority import check_keeping, refused
from services.members.domain.files import MemberFile
from services.members.domain.posts import (
    LEVELS_OF_POSTS,
    Post,
    check_fit,
    check_open,
    check_post,
    check_room,
    post_full,
)
from services.members.store import members, posts, tree


def set_post(work: Work, ask: SetPost) -> PostView:
    check_keeping(work.actor, ask.node)
    wanted = check_post(
        duties=ask.duties,
        basis=ask.basis,
        places=ask.places,
        skill=ask.skill,
        for_member_id=ask.for_member_id,
    )
    if not any(tree.exists(work.db, ask.node, level) for level in LEVELS_OF_POSTS):
        raise Refused(Slug.NO_SUCH_NODE, "岗位须设在已登记的社区或网格", status=422, field="node")
    post = Post(
        id=work.new_id(),
        node=ask.node,
        title=clean_name(ask.title, "title"),
        duties=wanted.duties,
        basis=ask.basis,
        kind=ask.kind,
        places=ask.places,
        taken=0,
        skill=wanted.skill,
        for_member_id=wanted.for_member_id,
        open=True,
        set_at=work.now,
    )
    if post.for_member_id is not None:
        _check_person(work, post, post.for_member_id)
    posts.enter(work.db, post)
    return _view(post, ())


def _check_person(work: Work, post: Post, member_id: str) -> None:
    person = members.get(work.db, member_id)
    if person is None:
        raise Refused(Slug.NO_SUCH_MEMBER, "没有这名党员", status=422, field="for_member_id")
    check_fit(post, person.file)


def close_post(work: Work, ask: ClosePost) -> PostView:
    post = _load(work, ask.post_id)
    check_keeping(work.actor, post.node)
    posts.close(work.db, post.id, work.now)
    return _seen(work, post.id)


def choose_post(work: Work, ask: ChoosePost) -> PostView:
    """The member's own file is locked meanwhile, so that choosing several at once passes no limit."""
    file = own_file(work)
    post = _load(work, ask.post_id)
    held = posts.held(work.db, file.id)
    if post.id in {each.id for each in held}:
        return _seen(work, post.id)
    check_open(post)
    check_fit(post, file)
    check_room(len(held))
    if not posts.hold(work.db, post.id, file.id, work.now):
        check_open(_load(work, post.id))
        raise post_full()
    return _seen(work, post.id)


def leave_post(work: Work, ask: LeavePost) -> PostView:
    file = own_file(work)
    post = _load(work, ask.post_id)
    posts.leave(work.db, post.id, file.id, work.now)
    return _seen(work, post.id)


def get_post(work: Work, ask: GetPost) -> PostView:
    return _seen(work, ask.post_id)


def list_posts(work: Work, ask: ListPosts) -> Page[PostView]:
    limit = bounded(ask.limit)
    found = posts.page(
        work.db,
        node=ask.node,
        kind=ask.kind,
        fitting=own_file(work) if ask.fitting else None,
        held_by=work.actor.id if ask.mine else None,
        last=decode_moment_cursor(ask.cursor),
        limit=limit + 1,
    )
    held = posts.holders(work.db, [post.id for post in found])
    return page_of(
        found,
        limit,
        key=lambda post: (post.set_at, post.id),
        view=lambda post: _view(post, held.get(post.id, ())),
    )


def own_file(work: Work) -> MemberFile:
    """The file of the member who asks, locked until the transaction ends."""
    file = members.lock(work.db, work.actor.id)
    if file is None or file.checked_out_at is not None:
        raise refused("请先到社区报到，再办理这件事")
    return file


def _load(work: Work, post_id: str) -> Post:
    post = posts.load(work.db, post_id)
    if post is None:
        raise Refused(Slug.NO_SUCH_POST, "没有这个岗位", status=404)
    return post


def _seen(work: Work, post_id: str) -> PostView:
    return _view(_load(work, post_id), posts.holders(work.db, [post_id]).get(post_id, ()))


def _view(post: Post, held: Sequence[PostHolder]) -> PostView:
    return PostView(
        post_id=post.id,
        node=post.node,
        title=post.title,
        duties=post.duties,
        basis=post.basis,
        kind=post.kind,
        places=post.places,
        taken=post.taken,
        skill=post.skill,
        for_member_id=post.for_member_id,
        open=post.open,
        holders=tuple(held),
        set_at=post.set_at,
    )
