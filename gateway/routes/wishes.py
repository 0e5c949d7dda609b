"""Small wishes (微心愿): made or collected, checked, on the wall, claimed, reported, fulfilled; and their figures by month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marshmallow import fields

from gateway.call import Call
from gateway.fields import Paged, Request, choice, flag, several, text, whole
from gateway.policies import ACCOUNTS, ANYONE, CHECKERS
from gateway.routes.orders import ContactIn, Purpose
from gateway.routing import API, route
from gateway.words import _
from services.intake.contracts import (
    ClaimWish,
    ConfirmWish,
    ContactRevealed,
    GetWish,
    GiveWishBack,
    ListWishes,
    MakeWish,
    RefuseWish,
    ReportWish,
    RevealWishContact,
    SendWishBack,
    ShowWish,
    Whom,
    WishFigure,
    WishFigures,
    WishFiguresView,
    WishKind,
    WishState,
    WishView,
    WithdrawWish,
)
from services.kit.asking import Ask, Page


class NewWish(Request):
    community_code = text(_("社区的 12 位区划代码"), most=12)
    kind = choice(WishKind, _("要东西、要帮忙还是要陪伴"))
    whom = choice(Whom, _("为谁许的愿；心愿墙上代替姓名"))
    words = text(_("心愿"), least=2, most=500)
    cost = whole(_("大约要花多少元"), least=0, most=20_000)
    contact = fields.Nested(
        ContactIn, metadata={"description": _("联系方式，加密保存；电话和地址至少留一样")}
    )
    address = text(_("地址，加密保存"), most=200, required=False)
    on_behalf = flag(_("代他人征集（网格员、网格长、联络员、督办员）"))


class WishQuery(Paged):
    node = text(_("只看这个地方（区划代码）及其下级"), most=20, required=False)
    states = several(choice(WishState, _("状态")), _("只看这些状态，用逗号分隔"), most=7)
    kind = choice(WishKind, _("只看这一类"), required=False)
    whom = choice(Whom, _("只看为这些人许的"), required=False)
    month = text(_("只看这个月征集的，如 2026-03"), most=7, required=False)
    reached = choice(WishFigure, _("只看这个数字统计到的"), required=False)
    desk = flag(_("只看自己经管的地方的，不论是否上墙"))
    mine = flag(_("只看自己许的和代为征集的"))
    claimed = flag(_("只看自己认领的"))


class Months(Request):
    node = text(_("哪个地方（区划代码）及其下级；不填是全部"), most=20, required=False)
    since = text(_("从哪个月征集的起（含），如 2026-03"), most=7, required=False)
    until = text(_("到哪个月征集的止（含）"), most=7, required=False)


class Showing(Request):
    words = text(_("墙上写的话；不填就用原话。原话留存"), least=2, most=500, required=False)


class WishReason(Request):
    reason = text(_("理由，许愿的人会看到"), most=500)


class Claiming(Request):
    unit_id = text(_("代表哪个单位认领；只有单位负责人可以"), most=40, required=False)


class WishReport(Request):
    words = text(_("怎样办成的"), least=2, most=500)


class Thanks(Request):
    thanks = text(_("感谢的话，写在心愿墙上"), most=500, required=False)


@dataclass(frozen=True, kw_only=True)
class ListedWish(WishView):
    """A wish with names; those of persons and units are null where the caller may not know them."""

    community_name: str | None
    claimant_name: str | None
    collector_name: str | None


@route(
    "POST",
    "/wishes",
    policy=ACCOUNTS,
    summary=_("许一个微心愿，或代为征集"),
    tag="wishes",
    body=NewWish,
    answer=ListedWish,
    status=201,
    creates=True,
)
def make_wish(call: Call) -> ListedWish:
    made = call.ask(MakeWish(**call.body))
    call.headers["Location"] = f"{API}/wishes/{made.wish_id}"
    return named(call, (made,))[0]


@route(
    "GET",
    "/wishes",
    policy=ANYONE,
    summary=_("心愿墙，新征集的在前"),
    tag="wishes",
    query=WishQuery,
    answer=Page[ListedWish],
)
def list_wishes(call: Call) -> Page[ListedWish]:
    return listed(call, ListWishes(**call.query))


@route(
    "GET",
    "/wishes/figures",
    policy=ANYONE,
    summary=_("微心愿统计：按月、按社区的征集、上墙、认领、圆梦数"),
    tag="wishes",
    query=Months,
    answer=WishFiguresView,
)
def wish_figures(call: Call) -> WishFiguresView:
    return call.ask(WishFigures(**{"node": "", **call.query}))


@route("GET", "/wishes/{wish_id}", policy=ANYONE, summary=_("一个微心愿"), tag="wishes", answer=ListedWish)
def get_wish(call: Call) -> ListedWish:
    return stepped(call, GetWish(**call.path))


@route(
    "POST",
    "/wishes/{wish_id}/showing",
    policy=CHECKERS,
    summary=_("审核通过，挂上心愿墙"),
    tag="wishes",
    body=Showing,
    answer=ListedWish,
)
def show_wish(call: Call) -> ListedWish:
    return stepped(call, ShowWish(**call.path, **call.body))


@route(
    "POST",
    "/wishes/{wish_id}/refusal",
    policy=CHECKERS,
    summary=_("不上墙，或从墙上取下没有人认领的"),
    tag="wishes",
    body=WishReason,
    answer=ListedWish,
)
def refuse_wish(call: Call) -> ListedWish:
    return stepped(call, RefuseWish(**call.path, **call.body))


@route(
    "POST",
    "/wishes/{wish_id}/withdrawal",
    policy=ACCOUNTS,
    summary=_("收回自己许的或代为征集的心愿，联系方式随之删除"),
    tag="wishes",
    body=Request,
    answer=ListedWish,
)
def withdraw_wish(call: Call) -> ListedWish:
    return stepped(call, WithdrawWish(**call.path))


@route(
    "POST",
    "/wishes/{wish_id}/claim",
    policy=ACCOUNTS,
    summary=_("认领；几个人同时认领，先到先得，晚到的会看到附近的其他心愿"),
    tag="wishes",
    body=Claiming,
    answer=ListedWish,
    status=201,
    creates=True,
)
def claim_wish(call: Call) -> ListedWish:
    return stepped(call, ClaimWish(**call.path, **call.body))


@route(
    "POST",
    "/wishes/{wish_id}/release",
    policy=ACCOUNTS,
    summary=_("放回认领的心愿，让别人来圆"),
    tag="wishes",
    body=Request,
    answer=ListedWish,
)
def give_wish_back(call: Call) -> ListedWish:
    return stepped(call, GiveWishBack(**call.path))


@route(
    "POST",
    "/wishes/{wish_id}/report",
    policy=ACCOUNTS,
    summary=_("认领人报告完成"),
    tag="wishes",
    body=WishReport,
    answer=ListedWish,
)
def report_wish(call: Call) -> ListedWish:
    return stepped(call, ReportWish(**call.path, **call.body))


@route(
    "POST",
    "/wishes/{wish_id}/return",
    policy=ACCOUNTS,
    summary=_("还没有圆，请认领人继续"),
    tag="wishes",
    body=WishReason,
    answer=ListedWish,
)
def send_wish_back(call: Call) -> ListedWish:
    return stepped(call, SendWishBack(**call.path, **call.body))


@route(
    "POST",
    "/wishes/{wish_id}/confirmation",
    policy=ACCOUNTS,
    summary=_("确认心愿圆了，可以写上感谢的话"),
    tag="wishes",
    body=Thanks,
    answer=ListedWish,
)
def confirm_wish(call: Call) -> ListedWish:
    return stepped(call, ConfirmWish(**call.path, **call.body))


@route(
    "POST",
    "/wishes/{wish_id}/contact-views",
    policy=ACCOUNTS,
    summary=_("查看怎样找到许愿的人（每次留痕，认领人看了会告知许愿的人）"),
    tag="wishes",
    body=Purpose,
    answer=ContactRevealed,
    status=201,
)
def reveal_wish_contact(call: Call) -> ContactRevealed:
    return call.ask(RevealWishContact(**call.path, **call.body))


def stepped(call: Call, ask: Ask[WishView]) -> ListedWish:
    """What the request answers, with names."""
    return named(call, (call.ask(ask),))[0]


def listed(call: Call, ask: ListWishes) -> Page[ListedWish]:
    page = call.ask(ask)
    return Page(items=named(call, page.items), next=page.next)


def named(call: Call, wishes: tuple[WishView, ...]) -> tuple[ListedWish, ...]:
    places = call.desk.names.of_places(wish.community_code for wish in wishes)
    ids = {one for wish in wishes for one in (wish.unit_id, wish.claimed_by, wish.collected_by)}
    people: dict[str, Any] = call.desk.names.of_hands(ids, call.actor)
    return tuple(
        ListedWish(
            **vars(wish),
            community_name=places.get(wish.community_code),
            claimant_name=people.get(wish.unit_id or wish.claimed_by or ""),
            collector_name=people.get(wish.collected_by or ""),
        )
        for wish in wishes
    )
