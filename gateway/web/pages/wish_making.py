"""Making a wish for oneself, or collecting one for somebody without a phone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, text
from gateway.policies import ACCOUNTS, TRIAGE
from gateway.problems import Problem, from_refused
from gateway.routes.wishes import NewWish
from gateway.routing import page
from gateway.web.desk_places import COMMUNITY, own_nodes
from gateway.web.forms import check, errors_of, onward, typed
from gateway.web.pages.new import PLACE_COOKIE
from gateway.web.places import community_at, offer
from gateway.web.render import show
from gateway.words import _
from services.intake.contracts import MakeWish, Whom, WishKind
from services.kit.ids import new_id
from services.kit.outcomes import Refused

OF_CONTACT = ("name", "phone")


class PlaceQuery(Request):
    node = text(_("在哪里：社区，或其上级"), most=20, required=False)
    search = text(_("社区名称里的字"), most=50, required=False)


@page("GET", "/wishes/new", policy=ACCOUNTS, summary=_("许一个微心愿"), query=PlaceQuery)
def new_wish(call: Call) -> Response:
    """Where it is chosen first: from the address, from where one works, or from the order that one placed last."""
    asked, search = call.query.get("node"), call.query.get("search") or ""
    node = asked if asked is not None else _usual(call)
    community = "" if search else community_at(call, node)
    if not community:
        return show(call, "wish_place.html", found=offer(call, node, search), search=search)
    on_behalf = "true" if _collects(call, community) else ""
    return _form(call, {"community_code": community, "on_behalf": on_behalf}, {}, new_id())


@page("POST", "/wishes/new", policy=ACCOUNTS, summary=_("提交微心愿"))
def make_wish_page(call: Call) -> Response:
    given = typed(call)
    key = given.get("key") or new_id()
    try:
        made = replace(call, key=key).ask(MakeWish(**check(NewWish, _wish_of(given))))
    except Problem as problem:
        return _form(call, given, errors_of(problem), key)
    except Refused as refused:
        errors = errors_of(from_refused(refused))
        return _form(call, given, errors, key, "" if errors else refused.message)
    return onward(f"/wishes/{made.wish_id}?done=made")


def _form(call: Call, given: dict[str, str], errors: dict[str, str], key: str, problem: str = "") -> Response:
    community = given.get("community_code", "")
    return show(
        call,
        "wish_new.html",
        status=422 if errors or problem else 200,
        given=given,
        errors=errors,
        problem=problem or (str(_("有几处要改，见红字")) if errors else ""),
        key=key,
        collects=_collects(call, community),
        place=call.desk.names.of_places([community]).get(community, ""),
        kinds=WishKind,
        whoms=Whom,
    )


def _wish_of(given: dict[str, str]) -> dict[str, Any]:
    contact = {name: given[name] for name in OF_CONTACT if given.get(name)}
    return {**given, **({"contact": contact} if contact else {})}


def _usual(call: Call) -> str:
    own = [node for node in own_nodes(call) if len(node) >= COMMUNITY]
    return own[0] if own else call.request.cookies.get(PLACE_COOKIE) or ""


def _collects(call: Call, community: str) -> bool:
    """Whether the caller works at the community, and so may collect a wish there for somebody else."""
    return bool(community) and any(
        community.startswith(node) or node.startswith(community)
        for node in call.actor.nodes_of(*TRIAGE.roles)
    )
