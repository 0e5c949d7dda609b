"""Posts and promises on real tables; PostgreSQL decides who has the last place."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest

from services.kit.actor import Actor, Grant
from services.kit.outcomes import Refused
from services.members import contracts as c
from services.members.contracts import ItemState, PostBasis, PostKind, Role, Slug
from services.members.handlers import posts, promises
from tests.integration.members.house import HOME, NEXT_DOOR, NOW, House

LIAISON = Actor(id="liaison", grants=(Grant(Role.LIAISON, HOME),))
CHOOSERS = 20
PLACES = 3


def member(town: House, login: str, **more: Any) -> Actor:
    view = town.member(login, name=f"成员{login}", **more)
    return Actor(id=view.member_id, grants=(Grant(Role.MEMBER, view.community_code),))


def set_post(town: House, *, actor: Actor = LIAISON, **more: Any) -> c.PostView:
    ask = c.SetPost(
        **{
            "node": HOME,
            "title": "矛盾调解岗",
            "duties": "每月两次入户",
            "basis": PostBasis.NEED,
            "kind": PostKind.MEDIATION,
            "places": PLACES,
            **more,
        }
    )
    with town.work(actor) as work:
        return posts.set_post(work, ask)


def choose(town: House, actor: Actor, post_id: str) -> c.PostView:
    with town.work(actor) as work:
        return posts.choose_post(work, c.ChoosePost(post_id=post_id))


def leave(town: House, actor: Actor, post_id: str) -> c.PostView:
    with town.work(actor) as work:
        return posts.leave_post(work, c.LeavePost(post_id=post_id))


def listed(town: House, actor: Actor, **filters: Any) -> set[str]:
    with town.work(actor) as work:
        return {post.post_id for post in posts.list_posts(work, c.ListPosts(**filters)).items}


def slug_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.slug


def test_twenty_choose_and_three_have_it(town: House, crowd: House) -> None:
    post = set_post(town)
    choosers = [member(town, f"m{number:02}") for number in range(CHOOSERS)]
    barrier = Barrier(CHOOSERS)

    def one(actor: Actor) -> str:
        barrier.wait()
        try:
            choose(crowd, actor, post.post_id)
        except Refused as refused:
            return refused.slug
        return "chosen"

    with ThreadPoolExecutor(CHOOSERS) as pool:
        answers = Counter(pool.map(one, choosers))
    assert answers == {"chosen": PLACES, Slug.POST_FULL: CHOOSERS - PLACES}
    with town.work(LIAISON) as work:
        after = posts.get_post(work, c.GetPost(post_id=post.post_id))
    assert (after.taken, len(after.holders)) == (PLACES, PLACES)


def test_one_member_choosing_many_at_once_passes_no_limit(town: House, crowd: House) -> None:
    several = [set_post(town).post_id for _ in range(6)]
    actor = member(town, "m01")
    barrier = Barrier(len(several))

    def one(post_id: str) -> str:
        barrier.wait()
        try:
            choose(crowd, actor, post_id)
        except Refused as refused:
            return refused.slug
        return "chosen"

    with ThreadPoolExecutor(len(several)) as pool:
        answers = Counter(pool.map(one, several))
    assert answers == {"chosen": 3, Slug.TOO_MANY_POSTS: 3}
    assert len(listed(town, actor, mine=True)) == 3


def test_a_post_left_is_free_for_the_next(town: House) -> None:
    post = set_post(town, places=1)
    first, second = member(town, "m01"), member(town, "m02")
    assert [holder.name for holder in choose(town, first, post.post_id).holders] == ["成员m01"]
    assert choose(town, first, post.post_id).taken == 1
    with pytest.raises(Refused) as refused:
        choose(town, second, post.post_id)
    assert slug_of(refused) == Slug.POST_FULL
    assert leave(town, first, post.post_id).taken == 0
    assert leave(town, first, post.post_id).taken == 0
    assert [holder.member_id for holder in choose(town, second, post.post_id).holders] == [second.id]


def test_members_find_the_posts_that_fit_them(town: House) -> None:
    actor = member(town, "m01", skills=("调解",))
    other = member(town, "m02")
    fits = {
        set_post(town).post_id,
        set_post(town, skill="调解", basis=PostBasis.ABILITY).post_id,
        set_post(town, basis=PostBasis.PERSON, for_member_id=actor.id, places=1).post_id,
    }
    next_door = Actor(id="x", grants=(Grant(Role.LIAISON, NEXT_DOOR),))
    unfit = {
        set_post(town, skill="电工").post_id,
        set_post(town, basis=PostBasis.PERSON, for_member_id=other.id, places=1).post_id,
        set_post(town, actor=next_door, node=NEXT_DOOR).post_id,
    }
    closed = set_post(town).post_id
    with town.work(LIAISON) as work:
        posts.close_post(work, c.ClosePost(post_id=closed))
    assert listed(town, actor, fitting=True) == fits
    for post_id in unfit:
        with pytest.raises(Refused) as refused:
            choose(town, actor, post_id)
        assert slug_of(refused) == Slug.POST_UNFIT
    with pytest.raises(Refused) as refused:
        choose(town, actor, closed)
    assert slug_of(refused) == Slug.POST_CLOSED
    chosen = fits.pop()
    choose(town, actor, chosen)
    assert listed(town, actor, fitting=True) == fits
    assert listed(town, actor, mine=True) == {chosen}


def test_closing_a_post_ends_it_for_its_holders(town: House) -> None:
    post = set_post(town)
    actor = member(town, "m01")
    choose(town, actor, post.post_id)
    with town.work(LIAISON) as work:
        closed = posts.close_post(work, c.ClosePost(post_id=post.post_id))
    assert (closed.open, closed.taken, closed.holders) == (False, 0, ())
    assert leave(town, actor, post.post_id).taken == 0
    assert listed(town, actor, mine=True) == set()


@pytest.mark.parametrize(
    ("said", "field"),
    [({"node": HOME + "009"}, "node"), ({"basis": PostBasis.PERSON, "for_member_id": "x"}, "for_member_id")],
)
def test_a_post_that_names_nothing_known_is_refused(town: House, said: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        set_post(town, places=1, **said)
    assert (refused.value.status, refused.value.field) == (422, field)


def promise(town: House, actor: Actor, *dues: date, post_id: str | None = None) -> c.PublicPromise:
    items = tuple(c.PromisedItem(words="走访五户", due=due) for due in dues)
    with town.work(actor) as work:
        return promises.make_promise(work, c.MakePromise(items=items, post_id=post_id))


def public(town: House, now: Any = NOW, **filters: Any) -> list[c.PublicPromise]:
    with town.work(Actor(), now) as work:
        return list(promises.list_promises(work, c.ListPromises(**filters)).items)


def keep(town: House, actor: Actor, promise_id: str, number: int, now: Any = NOW) -> c.PublicPromise:
    with town.work(actor, now) as work:
        return promises.keep_promise(
            work, c.KeepPromise(promise_id=promise_id, number=number, words="已走访")
        )


def test_a_promise_is_read_by_everybody_and_its_overdue_items_are_shown(town: House) -> None:
    actor = member(town, "m01", unit_id=town.unit())
    post = set_post(town)
    choose(town, actor, post.post_id)
    today = date(2026, 3, 2)
    made = promise(town, actor, today, today + timedelta(days=1), post_id=post.post_id)
    assert public(town) == [made]
    assert (made.name, made.unit_name, made.post_title) == ("成员m01", "教育局", "矛盾调解岗")
    keep(town, actor, made.promise_id, 1, NOW + timedelta(days=1))
    later = NOW + timedelta(days=2)
    (shown,) = public(town, later, overdue=True)
    assert [item.state for item in shown.items] == [ItemState.LATE, ItemState.OVERDUE]
    assert shown.items[0].done_words == "已走访"
    keep(town, actor, made.promise_id, 2, later)
    assert public(town, later, overdue=True) == []
    with pytest.raises(Refused) as refused:
        keep(town, actor, made.promise_id, 2, later)
    assert slug_of(refused) == Slug.ALREADY_DONE


def test_a_retracted_promise_is_no_longer_public(town: House) -> None:
    actor = member(town, "m01")
    made = promise(town, actor, date(2026, 3, 2))
    with town.work(LIAISON) as work:
        promises.retract_promise(work, c.RetractPromise(promise_id=made.promise_id, reason="写了别人的名字"))
    assert public(town) == []
    assert town.count("promises") == 1


def test_promises_are_for_posts_that_one_has_and_kept_by_oneself(town: House) -> None:
    actor, other = member(town, "m01"), member(town, "m02")
    with pytest.raises(Refused) as refused:
        promise(town, actor, date(2026, 3, 2), post_id=set_post(town).post_id)
    assert (slug_of(refused), refused.value.field) == (Slug.NO_SUCH_POST, "post_id")
    made = promise(town, actor, date(2026, 3, 2))
    for stranger in (other, LIAISON, Actor()):
        with pytest.raises(Refused) as refused:
            keep(town, stranger, made.promise_id, 1)
        assert slug_of(refused) == Slug.NOT_ALLOWED
    with pytest.raises(Refused) as refused:
        keep(town, actor, made.promise_id, 2)
    assert slug_of(refused) == Slug.NO_SUCH_PROMISE
    with pytest.raises(Refused) as refused:
        promise(town, LIAISON, date(2026, 3, 2))
    assert slug_of(refused) == Slug.NOT_ALLOWED
