"""Filing on somebody's behalf: one screen, one after another, for grid workers at the door and hotlines on the phone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, choice, text
from gateway.policies import TRIAGE
from gateway.problems import Problem, from_refused
from gateway.routes.orders import NewOrder
from gateway.routing import page
from gateway.web.desk_places import filing_places
from gateway.web.forms import check, errors_of, typed
from gateway.web.render import show
from gateway.words import _
from services.intake.contracts import Channel, OrderPlaced, PlaceOrder
from services.kit.ids import new_id
from services.kit.outcomes import Refused

COMMUNITY = 12
CHANNELS = (
    Channel.GRID_VISIT,
    Channel.HOTLINE,
    Channel.MASS_MEETING,
    Channel.GROUP_CHAT,
    Channel.BULLETIN_BOARD,
)
"""Ways in on which somebody else types; the others are typed by residents themselves."""


class FilingQuery(Request):
    channel = choice(Channel, _("来源渠道"), required=False)
    place = text(_("社区或网格"), most=15, required=False)


@page("GET", "/desk/new", policy=TRIAGE, summary=_("代群众报单：一页填完"), query=FilingQuery)
def file_on_behalf(call: Call) -> Response:
    kept = {name: value for name, value in call.query.items() if value}
    return _form(call, kept, {}, new_id())


@page("POST", "/desk/new", policy=TRIAGE, summary=_("提交代报的点单"))
def place_on_behalf(call: Call) -> Response:
    """Answers with the receipt above an empty form of the same place and channel: the next caller is on the line."""
    given = typed(call)
    key = given.get("key") or new_id()
    try:
        order = PlaceOrder(**check(NewOrder, _order_of(given)))
        placed = replace(call, key=key).place(order)
    except Problem as problem:
        return _form(call, given, errors_of(problem), key)
    except Refused as refused:
        errors = errors_of(from_refused(refused))
        return _form(call, given, errors, key, "" if errors else refused.message)
    kept = {name: value for name, value in given.items() if name in {"channel", "place"}}
    return _form(call, kept, {}, new_id(), placed=placed)


def _order_of(given: dict[str, str]) -> dict[str, Any]:
    place = given.get("place", "")
    order: dict[str, Any] = {
        name: given[name] for name in ("words", "address", "channel", "emergency", "private") if name in given
    }
    contact = {name: given[name] for name in ("name", "phone") if given.get(name)}
    grid = {"grid_code": place} if len(place) > COMMUNITY else {}
    return {**order, **grid, "community_code": place[:COMMUNITY], "contact": contact, "on_behalf": "true"}


def _form(
    call: Call,
    given: dict[str, str],
    errors: dict[str, str],
    key: str,
    problem: str = "",
    placed: OrderPlaced | None = None,
) -> Response:
    wrong = bool(errors or problem)
    return show(
        call,
        "desk_new.html",
        status=422 if wrong else 201 if placed else 200,
        places=filing_places(call),
        channels=CHANNELS,
        given=given,
        errors=errors,
        problem=problem or (_("有几处要改，见红字") if errors else ""),
        placed=placed,
        key=key,
    )
