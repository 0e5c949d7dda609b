"""Posts: what one has to say, and whom it fits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.kit.outcomes import Refused, invalid
from services.members.contracts import Level, PostBasis, PostKind, Slug
from services.members.domain.files import LONGEST_SKILL, MemberFile
from services.members.domain.words import plain_words

MOST_PLACES = 200
MOST_POSTS = 3
LONGEST_DUTIES = 500
LEVELS_OF_POSTS = (Level.COMMUNITY, Level.GRID)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """``taken`` counts the places that are chosen; it never passes ``places``."""

    id: str
    node: str
    title: str
    duties: str
    basis: PostBasis
    kind: PostKind
    places: int
    taken: int
    skill: str | None
    for_member_id: str | None
    open: bool
    set_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a new post asks for, checked."""

    duties: str
    skill: str | None
    for_member_id: str | None


def check_post(
    *, duties: str, basis: PostBasis, places: int, skill: str | None, for_member_id: str | None
) -> Wanted:
    """By person a post has one place and a name, by ability a skill; nothing is given that does not count."""
    if not 1 <= places <= MOST_PLACES:
        raise invalid("places", f"岗位名额须为 1 至 {MOST_PLACES} 个")
    skill = (skill or "").strip() or None
    if skill is not None and len(skill) > LONGEST_SKILL:
        raise invalid("skill", f"专长不超过 {LONGEST_SKILL} 个字")
    if basis is PostBasis.ABILITY and skill is None:
        raise invalid("skill", "按能设岗须写明所需专长")
    if (basis is PostBasis.PERSON) != (for_member_id is not None):
        raise invalid("for_member_id", "因人设岗须指定党员，其他岗位不指定")
    if for_member_id is not None and places != 1:
        raise invalid("places", "因人设岗只有一个名额")
    return Wanted(
        duties=plain_words(duties, "duties", LONGEST_DUTIES), skill=skill, for_member_id=for_member_id
    )


def serves(file: MemberFile, node: str) -> bool:
    """Whether the member's place is within the node, or the node within the place."""
    return file.place.startswith(node) or node.startswith(file.place)


def check_fit(post: Post, file: MemberFile) -> None:
    """A post fits members who serve its place, have its skill, and are the one it is for, if it names one."""
    if not serves(file, post.node):
        raise _unfit("这个岗位由其他社区或网格的党员认领")
    if post.skill is not None and post.skill not in file.skills:
        raise _unfit(f"这个岗位需要专长：{post.skill}")
    if post.for_member_id not in {None, file.id}:
        raise _unfit("这个岗位是为另一位党员设的")


def check_open(post: Post) -> None:
    if not post.open:
        raise Refused(Slug.POST_CLOSED, "这个岗位已撤销", status=409)


def post_full() -> Refused:
    return Refused(Slug.POST_FULL, "这个岗位的名额已满，请看看其他岗位", status=409)


def check_room(held: int) -> None:
    """How many posts one member may have at a time."""
    if held >= MOST_POSTS:
        raise Refused(Slug.TOO_MANY_POSTS, f"每人最多认领 {MOST_POSTS} 个岗位，请先退出一个", status=409)


def _unfit(message: str) -> Refused:
    return Refused(Slug.POST_UNFIT, message, status=403)
