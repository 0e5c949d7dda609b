"""Posts that members choose, and what they promise in public."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load

from gateway.call import Call
from gateway.fields import Paged, Request, choice, day, flag, several, text, whole
from gateway.parsing import number_of
from gateway.policies import ACCOUNTS, ANYONE, BOND_KEEPERS, MEMBERS, PROMISE_KEEPERS
from gateway.routing import route
from gateway.words import _
from services.kit.asking import Page
from services.members.contracts import (
    ChoosePost,
    ClosePost,
    GetPost,
    KeepPromise,
    LeavePost,
    ListPosts,
    ListPromises,
    MakePromise,
    PostBasis,
    PostKind,
    PostView,
    PromisedItem,
    PublicPromise,
    RetractPromise,
    SetPost,
)


class PostQuery(Paged):
    node = text(_("只看这个地方（区划代码）及其下级"), most=20, required=False)
    kind = choice(PostKind, _("只看这一类"), required=False)
    fitting = flag(_("只看自己可以认领的"))
    mine = flag(_("只看自己认领的"))


class NewPost(Request):
    node = text(_("设岗的社区或网格的区划代码"), most=20)
    title = text(_("岗位名称"), most=64)
    duties = text(_("岗位职责"), most=500)
    basis = choice(PostBasis, _("因需、因人、按能设岗"))
    kind = choice(PostKind, _("岗位类别"))
    places = whole(_("名额，默认 1 个"), least=1, most=200)
    skill = text(_("所需专长；按能设岗必填"), most=32, required=False)
    for_member_id = text(_("为哪位党员设；因人设岗必填"), most=40, required=False)


class Item(Request):
    words = text(_("承诺做什么，会公开"), most=200)
    due = day(_("哪天以前完成"), required=True)

    @post_load
    def build(self, data: dict[str, Any], **_kwargs: Any) -> PromisedItem:
        return PromisedItem(**data)


class NewPromise(Request):
    items = several(fields.Nested(Item), _("承诺事项，1 至 10 项"), most=10)
    post_id = text(_("为哪个认领的岗位"), most=40, required=False)


class ItemDone(Request):
    words = text(_("完成情况，会公开"), most=200)


class Retraction(Request):
    reason = text(_("撤下的理由"), most=200)


class PromiseQuery(Paged):
    node = text(_("只看这个地方（区划代码）及其下级"), most=20, required=False)
    member_id = text(_("只看这位党员"), most=40, required=False)
    overdue = flag(_("只看有逾期事项的"))


@route(
    "GET",
    "/posts",
    policy=ACCOUNTS,
    summary=_("岗位"),
    tag="posts",
    query=PostQuery,
    answer=Page[PostView],
)
def list_posts(call: Call) -> Page[PostView]:
    return call.ask(ListPosts(**call.query))


@route(
    "GET",
    "/posts/{post_id}",
    policy=ACCOUNTS,
    summary=_("一个岗位及认领的党员"),
    tag="posts",
    answer=PostView,
)
def get_post(call: Call) -> PostView:
    return call.ask(GetPost(**call.path))


@route(
    "POST",
    "/posts",
    policy=BOND_KEEPERS,
    summary=_("设岗：因需、因人、按能"),
    tag="posts",
    body=NewPost,
    answer=PostView,
    status=201,
    creates=True,
)
def set_post(call: Call) -> PostView:
    return call.ask(SetPost(**call.body))


@route(
    "DELETE",
    "/posts/{post_id}",
    policy=BOND_KEEPERS,
    summary=_("撤岗；已认领的党员随之离岗"),
    tag="posts",
    answer=PostView,
)
def close_post(call: Call) -> PostView:
    return call.ask(ClosePost(**call.path))


@route(
    "PUT",
    "/posts/{post_id}/holding",
    policy=MEMBERS,
    summary=_("认领岗位；重复认领没有变化"),
    tag="posts",
    answer=PostView,
)
def choose_post(call: Call) -> PostView:
    return call.ask(ChoosePost(**call.path))


@route(
    "DELETE",
    "/posts/{post_id}/holding",
    policy=MEMBERS,
    summary=_("退出岗位"),
    tag="posts",
    answer=PostView,
)
def leave_post(call: Call) -> PostView:
    return call.ask(LeavePost(**call.path))


@route(
    "GET",
    "/promises",
    policy=ANYONE,
    summary=_("公开的党员承诺"),
    tag="posts",
    query=PromiseQuery,
    answer=Page[PublicPromise],
)
def list_promises(call: Call) -> Page[PublicPromise]:
    return call.ask(ListPromises(**call.query))


@route(
    "POST",
    "/promises",
    policy=MEMBERS,
    summary=_("公开承诺：事项和期限"),
    tag="posts",
    body=NewPromise,
    answer=PublicPromise,
    status=201,
    creates=True,
)
def make_promise(call: Call) -> PublicPromise:
    return call.ask(MakePromise(**{"items": (), **call.body}))


@route(
    "PUT",
    "/promises/{promise_id}/items/{number}",
    policy=MEMBERS,
    summary=_("登记一项承诺的完成情况"),
    tag="posts",
    body=ItemDone,
    answer=PublicPromise,
)
def keep_promise(call: Call) -> PublicPromise:
    path = {**call.path, "number": number_of(call.path["number"], "number")}
    return call.ask(KeepPromise(**path, **call.body))


@route(
    "POST",
    "/promises/{promise_id}/retraction",
    policy=PROMISE_KEEPERS,
    summary=_("把一份承诺从公开名单撤下"),
    tag="posts",
    body=Retraction,
)
def retract_promise(call: Call) -> None:
    call.ask(RetractPromise(**call.path, **call.body))
