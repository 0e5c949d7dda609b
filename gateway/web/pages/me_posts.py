"""A member's posts and public promises: choose and leave a post, promise something by a day, say how it was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, day, text
from gateway.parsing import number_of
from gateway.policies import MEMBERS
from gateway.problems import Problem, problem_of
from gateway.routes.posts import ItemDone
from gateway.routing import page
from gateway.web.forms import check, errors_of, onward, typed
from gateway.web.render import show
from gateway.words import _
from services.kit.asking import Ask
from services.kit.outcomes import Refused
from services.members.contracts import (
    ChoosePost,
    KeepPromise,
    LeavePost,
    ListPosts,
    ListPromises,
    MakePromise,
    PromisedItem,
)

HERE = "/duties/me/posts"
SHOWN = 30
DONE = {
    "holding": _("岗位认领好了"),
    "leaving": _("已经退出这个岗位"),
    "promise": _("承诺公开了，大家都看得到"),
    "item": _("完成情况登记好了"),
}


class PostsQuery(Request):
    done = text(_("刚做完的一步"), most=20, required=False)
    post = text(_("刚做过的岗位"), most=40, required=False)


class OnePromise(Request):
    words = text(_("承诺做什么，会公开"), most=200)
    due = day(_("哪天以前完成"), required=True)
    post_id = text(_("为哪个岗位"), most=40, required=False)


@page("GET", "/duties/me/posts", policy=MEMBERS, summary=_("我的岗位和承诺"), query=PostsQuery)
def posts_page(call: Call) -> Response:
    return _show(call)


@page("POST", "/duties/me/posts/{post_id}/holding", policy=MEMBERS, summary=_("认领岗位"))
def hold_post(call: Call) -> Response:
    return _take(call, "holding", lambda: ChoosePost(**call.path), post=call.path["post_id"])


@page("POST", "/duties/me/posts/{post_id}/leaving", policy=MEMBERS, summary=_("退出岗位"))
def quit_post(call: Call) -> Response:
    return _take(call, "leaving", lambda: LeavePost(**call.path), post=call.path["post_id"])


@page("POST", "/duties/me/promises", policy=MEMBERS, summary=_("公开承诺一件事"))
def promise(call: Call) -> Response:
    def ask() -> Ask[Any]:
        told = check(OnePromise, typed(call))
        item = PromisedItem(words=told["words"], due=told["due"])
        return MakePromise(items=(item,), post_id=told.get("post_id"))

    return _take(call, "promise", ask)


@page(
    "POST", "/duties/me/promises/{promise_id}/items/{number}", policy=MEMBERS, summary=_("登记承诺的完成情况")
)
def keep_item(call: Call) -> Response:
    def ask() -> Ask[Any]:
        number = number_of(call.path["number"], "number")
        return KeepPromise(promise_id=call.path["promise_id"], number=number, **check(ItemDone, typed(call)))

    return _take(call, "item", ask)


def _take(call: Call, name: str, ask: Callable[[], Ask[Any]], *, post: str = "") -> Response:
    try:
        call.ask(ask())
    except (Refused, Problem) as wrong:
        problem = problem_of(wrong)
        return _show(call, status=problem.status, failed=name, problem=problem)
    return onward(f"{HERE}?done={name}" + (f"&post={post}" if post else ""))


def _show(call: Call, *, status: int = 200, failed: str = "", problem: Problem | None = None) -> Response:
    done = call.query.get("done") or ""
    return show(
        call,
        "me_posts.html",
        status=status,
        held=call.ask(ListPosts(mine=True, limit=SHOWN)).items,
        fitting=call.ask(ListPosts(fitting=True, limit=SHOWN)).items,
        promises=call.ask(ListPromises(member_id=call.actor.id, limit=SHOWN)).items,
        places=call.desk.names.of_places,
        done=DONE.get(done, ""),
        undo=_undo(done, call.query.get("post")),
        failed=failed,
        at=(call.path.get("promise_id"), call.path.get("number")),
        given=typed(call) if failed else {},
        errors=errors_of(problem) if problem else {},
        problem=problem.detail if problem else "",
    )


def _undo(done: str, post: str | None) -> str:
    """The form that takes the step with the post back."""
    back = {"holding": "leaving", "leaving": "holding"}.get(done)
    return f"{HERE}/{post}/{back}" if post and post.replace("-", "").isalnum() and back else ""
