"""The wish wall, one wish, and the steps that are taken with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from marshmallow import Schema
from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, choice, text
from gateway.policies import ACCOUNTS, ANYONE
from gateway.problems import Problem, from_refused, kind_of
from gateway.routes import wishes as routes
from gateway.routes.orders import Purpose
from gateway.routing import page
from gateway.web.forms import check, onward, typed
from gateway.web.places import choices_at, top
from gateway.web.render import show
from gateway.web.wish_words import DONE
from gateway.words import _
from services.intake.contracts import (
    WALL,
    ClaimWish,
    ConfirmWish,
    ContactRevealed,
    GetWish,
    GiveWishBack,
    ListWishes,
    RefuseWish,
    ReportWish,
    RevealWishContact,
    SendWishBack,
    ShowWish,
    Whom,
    WishFigures,
    WishKind,
    WishState,
    WithdrawWish,
)
from services.kit.asking import Ask
from services.kit.ids import new_id
from services.kit.outcomes import Refused
from services.kit.rpc import Unavailable
from services.members.contracts import Role

PER_PAGE = 20
ALL = "all"

STEPS: dict[str, tuple[type[Schema], Callable[..., Ask[Any]]]] = {
    "showing": (routes.Showing, ShowWish),
    "refusal": (routes.WishReason, RefuseWish),
    "withdrawal": (Request, WithdrawWish),
    "claim": (routes.Claiming, ClaimWish),
    "release": (Request, GiveWishBack),
    "report": (routes.WishReport, ReportWish),
    "return": (routes.WishReason, SendWishBack),
    "confirmation": (routes.Thanks, ConfirmWish),
}
"""What each form reads and asks, by the last word of its path."""


class WallQuery(Request):
    node = text(_("地方"), most=20, required=False)
    state = choice(WishState, _("状态"), required=False)
    all = text(_("不分状态"), most=1, required=False)
    kind = choice(WishKind, _("只看这一类"), required=False)
    whom = choice(Whom, _("只看为这些人许的"), required=False)
    cursor = text(_("翻页标记"), most=500, required=False)


class DoneQuery(Request):
    done = text(_("刚做完的一步"), most=20, required=False)


@page("GET", "/wishes", policy=ANYONE, summary=_("心愿墙"), query=WallQuery)
def wish_wall(call: Call) -> Response:
    asked = {name: str(value) for name, value in call.query.items() if value}
    node, cursor = asked.pop("node", "") or top(call), asked.pop("cursor", None)
    state = None if asked.get("all") else call.query.get("state") or WishState.SHOWN
    wanted = ListWishes(
        node=node,
        states=(state,) if state else WALL,
        kind=call.query.get("kind"),
        whom=call.query.get("whom"),
        cursor=cursor,
        limit=PER_PAGE,
    )
    return show(
        call,
        "wishes.html",
        node=node,
        place_name=call.desk.names.of_places([node]).get(node, str(_("三单"))),
        places=choices_at(call, node),
        state=state,
        states=WALL,
        kinds=WishKind,
        whoms=Whom,
        asked=asked,
        filtered=bool(asked.keys() & {"kind", "whom"}),
        wishes=_or_none(lambda: routes.listed(call, wanted)),
        figures=_or_none(lambda: call.ask(WishFigures(node=node)).total),
        link=lambda **changed: _link({**asked, "node": node}, changed),
    )


@page("GET", "/wishes/{wish_id}", policy=ANYONE, summary=_("一个微心愿"), query=DoneQuery)
def wish_page(call: Call) -> Response:
    return _one(call, done=DONE.get(call.query.get("done") or "", ""))


@page("POST", "/wishes/{wish_id}/contact", policy=ACCOUNTS, summary=_("查看怎样找到许愿的人，留痕"))
def wish_contact_page(call: Call) -> Response:
    try:
        told = call.ask(RevealWishContact(**call.path, **check(Purpose, typed(call))))
    except (Refused, Problem) as wrong:
        return _again(call, wrong)
    return _one(call, contact=told)


@page("POST", "/wishes/{wish_id}/{step}", policy=ACCOUNTS, summary=_("对一个微心愿走一步"))
def wish_step(call: Call) -> Response:
    step, given = call.path["step"], typed(call)
    if step not in STEPS:
        raise Problem("not-found", 404, kind_of("not-found").meaning)
    form, ask = STEPS[step]
    wish_id = call.path["wish_id"]
    try:
        replace(call, key=given.get("key")).ask(ask(wish_id=wish_id, **check(form, given)))
    except (Refused, Problem) as wrong:
        return _again(call, wrong, given)
    # Whoever has taken back or not been let in sees the wish no more; everybody else sees it as it stands now.
    return onward(
        "/mine/wishes?done=withdrawal" if step == "withdrawal" else f"/wishes/{wish_id}?done={step}"
    )


def _again(call: Call, wrong: Refused | Problem, given: dict[str, str] | None = None) -> Response:
    """The wish as it stands now, with what was wrong and, for who came too late, what else is open near by."""
    problem = from_refused(wrong) if isinstance(wrong, Refused) else wrong
    told = "；".join(message for _name, message in problem.errors) or problem.detail
    near = tuple(problem.facts.get("next", ()))
    return _one(call, status=problem.status, problem=told, near=near, given=given or {})


def _one(
    call: Call,
    *,
    status: int = 200,
    done: str = "",
    problem: str = "",
    near: tuple[dict[str, str], ...] = (),
    contact: ContactRevealed | None = None,
    given: dict[str, str] | None = None,
) -> Response:
    wish = routes.stepped(call, GetWish(wish_id=call.path["wish_id"]))
    places = call.desk.names.of_places(each["community_code"] for each in near)
    return show(
        call,
        "wish.html",
        status=status,
        wish=wish,
        units=_units(call) if "claim" in wish.allowed else {},
        key=new_id(),
        done=done,
        problem=problem,
        near=near,
        near_places=places,
        contact=contact,
        given=given or {},
    )


def _units(call: Call) -> dict[str, str]:
    """The units for which the caller may claim, with their names."""
    led = [node.removeprefix("unit:") for node in call.actor.nodes_of(Role.UNIT_LEADER)]
    names = call.desk.names.of_hands(led, call.actor)
    return {unit: names.get(unit, unit) for unit in led}


def _or_none(read: Callable[[], Any]) -> Any:
    """None while those who know are away."""
    try:
        return read()
    except Unavailable:
        return None


def _link(asked: dict[str, str], changed: dict[str, Any]) -> str:
    """The wall with something changed, from its first page."""
    wanted = {**asked, **changed}
    return f"/wishes?{urlencode({name: value for name, value in wanted.items() if value})}"
