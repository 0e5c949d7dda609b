"""Asking about posts (岗) that members choose, and about the promises (承诺) that they make in public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.kit.asking import Ask, Done, Page


class PostBasis(StrEnum):
    """Why there is a post: the place needs it, it was made for one person, or it is for whoever has the ability."""

    NEED = "need"
    PERSON = "person"
    ABILITY = "ability"


class PostKind(StrEnum):
    POLICY = "policy"
    SAFETY = "safety"
    MEDIATION = "mediation"
    ENVIRONMENT = "environment"
    CARE = "care"
    CONVENIENCE = "convenience"
    CULTURE = "culture"
    OVERSIGHT = "oversight"
    OTHER = "other"


class ItemState(StrEnum):
    """How an item of a promise stands on a day: ``late`` was done after its day, ``overdue`` is not done yet."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    LATE = "late"


@dataclass(frozen=True, kw_only=True)
class PostHolder:
    member_id: str
    name: str
    chosen_at: datetime


@dataclass(frozen=True, kw_only=True)
class PostView:
    """``taken`` of ``places`` are chosen; ``holders`` are those who have it now."""

    post_id: str
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
    holders: tuple[PostHolder, ...]
    set_at: datetime


@dataclass(frozen=True, kw_only=True)
class SetPost(Ask[PostView], service="members", creates=True):
    """Staff of a community or grid set a post of 1 to 200 places.

    By person it names the member it is for, by ability the skill that it needs. Refused: no-such-node, no-such-member
    (422, field named), invalid (422), not-allowed (403).
    """

    node: str
    title: str
    duties: str
    basis: PostBasis
    kind: PostKind
    places: int = 1
    skill: str | None = None
    for_member_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class ClosePost(Ask[PostView], service="members"):
    """Staff close a post: nobody can choose it any more, and who has it has left it. Refused: no-such-post (404)."""

    post_id: str


@dataclass(frozen=True, kw_only=True)
class ChoosePost(Ask[PostView], service="members"):
    """A member takes a place of a post, three posts at most. Choosing it again changes nothing.

    Refused: no-such-post (404), post-full, post-closed, too-many-posts (409), post-unfit (403: another place, another
    skill, another person), not-allowed (403).
    """

    post_id: str


@dataclass(frozen=True, kw_only=True)
class LeavePost(Ask[PostView], service="members"):
    """A member gives the place back; who has none has nothing to give. Refused: no-such-post (404)."""

    post_id: str


@dataclass(frozen=True, kw_only=True)
class GetPost(Ask[PostView], service="members"):
    """Refused: no-such-post (404)."""

    post_id: str


@dataclass(frozen=True, kw_only=True)
class ListPosts(Ask[Page[PostView]], service="members"):
    """Posts at or below ``node``, the newest first.

    ``fitting``: open ones with a free place that the asker, a member, may choose and has not; ``mine``: those that the
    asker has.
    """

    node: str = ""
    kind: PostKind | None = None
    fitting: bool = False
    mine: bool = False
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class PromisedItem:
    """Something promised, to be done by the end of the day ``due`` (the city's days)."""

    words: str
    due: date


@dataclass(frozen=True, kw_only=True)
class ItemView:
    number: int
    words: str
    due: date
    state: ItemState
    done_at: datetime | None
    done_words: str | None


@dataclass(frozen=True, kw_only=True)
class PublicPromise:
    """A promise as everybody reads it. ``retracted_why`` is None unless it was taken from the public list."""

    promise_id: str
    member_id: str
    name: str
    unit_name: str | None
    node: str
    post_id: str | None
    post_title: str | None
    items: tuple[ItemView, ...]
    made_at: datetime
    retracted_why: str | None


@dataclass(frozen=True, kw_only=True)
class MakePromise(Ask[PublicPromise], service="members", creates=True):
    """A member promises 1 to 10 things in public, for a post that the member has or for none.

    Refused: invalid (422, field named: no words, a phone in them, a day that is past or further than a year off),
    no-such-post (422), not-allowed (403).
    """

    items: tuple[PromisedItem, ...]
    post_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class KeepPromise(Ask[PublicPromise], service="members"):
    """The member says how an item was done; the first word counts. Refused: no-such-promise (404), already-done (409)."""

    promise_id: str
    number: int
    words: str


@dataclass(frozen=True, kw_only=True)
class RetractPromise(Ask[Done], service="members"):
    """The member or staff of the place take a promise from the public list; it is kept, with the reason."""

    promise_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ListPromises(Ask[Page[PublicPromise]], service="members"):
    """Promises in public, the newest first; ``overdue``: those with something overdue now."""

    node: str = ""
    member_id: str | None = None
    overdue: bool = False
    cursor: str | None = None
    limit: int = 50
