"""One's own orders, for those who are signed in; whoever is not follows each by its code."""

from __future__ import annotations

from urllib.parse import urlencode

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, choice, text
from gateway.order_file import listed
from gateway.policies import ACCOUNTS
from gateway.routing import page
from gateway.web import labels
from gateway.web.render import show
from gateway.words import _
from services.dispatch.contracts import State
from services.intake.contracts import ListOrders

PER_PAGE = 20


class MineQuery(Request):
    state = choice(State, _("状态"), required=False)
    cursor = text(_("翻页标记"), most=500, required=False)


@page("GET", "/mine", policy=ACCOUNTS, summary=_("我的点单：自己点的，和代别人点的"), query=MineQuery)
def my_orders(call: Call) -> Response:
    state, cursor = call.query.get("state"), call.query.get("cursor")
    wanted = ListOrders(mine=True, states=(state,) if state else (), cursor=cursor, limit=PER_PAGE)
    return show(
        call,
        "mine.html",
        live="mine",
        orders=listed(call, call.ask(wanted)),
        state=state,
        states=(*labels.WAY, State.REFUSED, State.MERGED),
        paged=bool(cursor),
        link=_link,
    )


def _link(state: str | None, cursor: str | None = None) -> str:
    query = urlencode({name: value for name, value in (("state", state), ("cursor", cursor)) if value})
    return f"/mine?{query}" if query else "/mine"
