"""Placing an order in three steps: what, where, how to reach you. Made for a phone, big fingers and no scripts.

What was typed goes along in the form. The buttons say where to go (``to``); a mistake leads to the screen where it was made.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.callers import CODE_COOKIE
from gateway.fields import Request, text
from gateway.policies import ANYONE
from gateway.problems import Problem, from_refused
from gateway.routes.orders import NewOrder
from gateway.routes.readings import offered, taken
from gateway.routing import page
from gateway.shapes import dumper_of
from gateway.web.danger import danger_of
from gateway.web.draft import Draft
from gateway.web.forms import by_script, check, errors_of, told
from gateway.web.places import community_at, offer
from gateway.web.render import show
from gateway.web.uploads import MOST_BYTES, MOST_PHOTOS, received
from gateway.words import _
from services.intake.contracts import (
    KnownTrouble,
    OrderPlaced,
    PlaceOrder,
    Reading,
    ReadWords,
    SimilarTo,
    Slug,
)
from services.kit.ids import new_id
from services.kit.outcomes import Refused
from services.kit.rpc import Unavailable

PLACE_COOKIE = "sandan_place"
A_YEAR = 365 * 24 * 3600
ALIKE_SHOWN = 3
KEPT_FOR_BACK = "private, max-age=0, must-revalidate"
"""Unlike no-store it lets the browser's Back show a screen again with everything that was typed."""

WHAT, WHERE, REACH, SEND, SEND_PRIVATELY = "what", "where", "reach", "send", "send_privately"
SCREEN_OF = {"words": WHAT, "photos": WHAT, "community_code": WHERE}
"""Where a field is filled in; the others stand on the last screen."""


class NewQuery(Request):
    node = text(_("在哪里点单：社区，或其上级"), most=20, required=False)


class What(Request):
    words = text(_("诉求内容"), least=2, most=2000)


@dataclass(frozen=True)
class Hints:
    """What the words seem to ask for, and what is known of it already; empty while intake is away."""

    reading: Reading | None = None
    alike: tuple[KnownTrouble, ...] = ()


@page("GET", "/new", policy=ANYONE, summary=_("点单，三步：什么事、在哪里、怎么联系"), query=NewQuery)
def new_order(call: Call) -> Response:
    node = call.query.get("node") or call.request.cookies.get(PLACE_COOKIE) or ""
    community = community_at(call, node)
    name = call.account.name if call.account else ""
    within = "" if community else call.query.get("node") or ""
    return _what(call, Draft(key=new_id(), community_code=community, within=within, name=name))


@page("POST", "/new", policy=ANYONE, summary=_("点单的下一步，或提交"), most=MOST_BYTES)
def go_on(call: Call) -> Response:
    form = call.request.form
    photos, errors = received(call)
    draft = Draft.of(form, photos)
    if errors or "drop" in form:
        return _what(call, draft, errors)
    if "node" in form:
        return _chosen(call, draft, form["node"])
    to = form.get("to", SEND)
    if to in STEPS:
        return STEPS[to](call, draft)
    return _send(call, draft, private=to == SEND_PRIVATELY)


def _on_to_where(call: Call, draft: Draft) -> Response:
    search = call.request.form.get("search", "").strip()
    return _checked(call, draft) or _where(call, draft, search=search)


def _on_to_reach(call: Call, draft: Draft) -> Response:
    if wrong := _checked(call, draft):
        return wrong
    return _reach(call, draft, fresh=True) if draft.community_code else _where(call, draft)


def _chosen(call: Call, draft: Draft, node: str) -> Response:
    """A community leads on; any other place is looked into."""
    community = community_at(call, node)
    if not community:
        return _where(call, replace(draft, within=node, community_code=""))
    response = _reach(call, replace(draft, community_code=community), fresh=True)
    _remember_place(call, response, community)
    return response


def _checked(call: Call, draft: Draft) -> Response | None:
    """The first screen again, if its words will not do."""
    try:
        check(What, {"words": draft.words})
    except Problem as problem:
        return _what(call, draft, errors_of(problem))
    return None


def _send(call: Call, draft: Draft, *, private: bool) -> Response:
    try:
        order = PlaceOrder(**check(NewOrder, draft.order(private=private)))
        reading = _hints(call, draft, alike=False).reading
        category = taken(call, reading) if reading else None
        placed = replace(call, key=draft.key).place(replace(order, category=category))
    except Problem as problem:
        if by_script(call.request):
            raise
        return _again(call, draft, errors_of(problem))
    except Refused as refused:
        if by_script(call.request):
            raise
        if refused.slug == Slug.KEY_REUSED:
            sent = _("刚才那一单已经收到了。如果还要再点一单，请再提交一次。")
            return _reach(call, replace(draft, key=new_id()), problem=sent)
        return _again(call, draft, errors_of(from_refused(refused)), refused.message)
    if by_script(call.request):
        return told(dumper_of(OrderPlaced).dump(placed), status=201)
    return _receipt(call, draft, placed)


def _again(call: Call, draft: Draft, errors: dict[str, str], problem: str = "") -> Response:
    screen = next((SCREEN_OF[name] for name in errors if name in SCREEN_OF), REACH)
    if screen == WHAT:
        return _what(call, draft, errors)
    if screen == WHERE:
        return _where(call, draft, errors=errors)
    return _reach(call, draft, errors, "" if errors else problem)


def _what(call: Call, draft: Draft, errors: dict[str, str] | None = None) -> Response:
    return _screen(
        call,
        "new.html",
        draft,
        errors or {},
        takes_photos=call.desk.photos is not None,
        most_photos=MOST_PHOTOS,
        place=_names(call, draft),
    )


def _where(call: Call, draft: Draft, *, search: str = "", errors: dict[str, str] | None = None) -> Response:
    found = offer(call, draft.within, search)
    reading = _hints(call, draft, alike=False).reading
    return _screen(
        call,
        "place.html",
        replace(draft, within=found.within, community_code=""),
        errors or {},
        found=found,
        search=search,
        danger=danger_of(reading.signs) if reading else None,
    )


def _reach(
    call: Call, draft: Draft, errors: dict[str, str] | None = None, problem: str = "", *, fresh: bool = False
) -> Response:
    """``fresh``: come from another screen, where danger could not be ticked off."""
    hints = _hints(call, draft)
    danger = danger_of(hints.reading.signs) if hints.reading else None
    if fresh:
        draft = replace(draft, emergency="true" if danger else "")
    kinds = offered(call, hints.reading) if hints.reading else ()
    return _screen(
        call,
        "reach.html",
        draft,
        errors or {},
        problem,
        place=_names(call, draft),
        danger=danger,
        kind=kinds[0].label if kinds else "",
        alike=hints.alike,
    )


def _screen(
    call: Call,
    template: str,
    draft: Draft,
    errors: dict[str, str],
    problem: str = "",
    **values: object,
) -> Response:
    status = 422 if errors or problem else 200
    told = problem or (str(_("有几处要改，见红字")) if errors else "")
    response = show(
        call, template, status=status, draft=draft, given=vars(draft), errors=errors, problem=told, **values
    )
    response.headers["Cache-Control"] = KEPT_FOR_BACK
    return response


def _receipt(call: Call, draft: Draft, placed: OrderPlaced) -> Response:
    names = call.desk.names.of_places([placed.community_code])
    response = show(
        call,
        "receipt.html",
        status=201,
        placed=placed,
        community_name=names.get(placed.community_code, ""),
        key=draft.key,
    )
    response.set_cookie(CODE_COOKIE, placed.code, httponly=True, samesite="Lax", secure=call.secure)
    _remember_place(call, response, placed.community_code)
    return response


def _remember_place(call: Call, response: Response, community: str) -> None:
    response.set_cookie(
        PLACE_COOKIE, community, max_age=A_YEAR, httponly=True, samesite="Lax", secure=call.secure
    )


def _hints(call: Call, draft: Draft, *, alike: bool = True) -> Hints:
    """An order can be placed without them, so that nothing here stops anybody."""
    try:
        reading = call.ask(ReadWords(community_code=draft.community_code or None, words=draft.words))
        found: tuple[KnownTrouble, ...] = ()
        if alike and draft.community_code:
            found = call.ask(SimilarTo(community_code=draft.community_code, words=draft.words))
    except (Refused, Unavailable):
        return Hints()
    return Hints(reading, found[:ALIKE_SHOWN])


STEPS = {WHAT: _what, WHERE: _on_to_where, REACH: _on_to_reach}
"""Where the buttons lead that do not send."""


def _names(call: Call, draft: Draft) -> str:
    return call.desk.names.of_places([draft.community_code]).get(draft.community_code, "")
