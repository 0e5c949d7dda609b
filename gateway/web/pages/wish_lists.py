"""One's own wishes and claims; and the desk's list: what is to be checked, to be confirmed, and the figures of each month."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, choice, flag, text
from gateway.policies import ACCOUNTS, READERS
from gateway.routes.wishes import listed
from gateway.routing import page
from gateway.web.desk_places import desk_nodes, node_of
from gateway.web.render import show
from gateway.web.wish_words import DONE
from gateway.words import _
from services.intake.contracts import ListWishes, WishFigure, WishFigures, WishFiguresView, WishState
from services.kit.rpc import Unavailable

PER_PAGE = 20
MOST_ROWS = 60


class MineQuery(Request):
    claimed = flag(_("看认领的，而不是许的"))
    done = text(_("刚做完的一步"), most=20, required=False)
    cursor = text(_("翻页标记"), most=500, required=False)


class DeskQuery(Request):
    node = text(_("地方"), most=20, required=False)
    state = choice(WishState, _("状态"), required=False)
    month = text(_("只看这个月征集的，如 2026-03"), most=7, required=False)
    reached = choice(WishFigure, _("只看这个数字统计到的"), required=False)
    cursor = text(_("翻页标记"), most=500, required=False)


@page("GET", "/mine/wishes", policy=ACCOUNTS, summary=_("我的微心愿：许的和认领的"), query=MineQuery)
def my_wishes(call: Call) -> Response:
    claimed = bool(call.query.get("claimed"))
    wanted = ListWishes(mine=not claimed, claimed=claimed, cursor=call.query.get("cursor"), limit=PER_PAGE)
    found = listed(call, wanted)
    return show(
        call,
        "my_wishes.html",
        wishes=found,
        claimed=claimed,
        done=DONE.get(call.query.get("done") or "", ""),
        more=_link("/mine/wishes", claimed="true" if claimed else "", cursor=found.next)
        if found.next
        else "",
    )


@page("GET", "/desk/wishes", policy=READERS, summary=_("微心愿：待审核的，和每个月的数字"), query=DeskQuery)
def desk_wishes(call: Call) -> Response:
    nodes = desk_nodes(call)
    node = node_of(call, nodes)
    month, reached = call.query.get("month"), call.query.get("reached")
    state = call.query.get("state") or (None if month or reached else WishState.COLLECTED)
    wanted = ListWishes(
        node=node,
        desk=True,
        states=(state,) if state else (),
        month=month,
        reached=reached,
        cursor=call.query.get("cursor"),
        limit=PER_PAGE,
    )
    asked = {"node": node, "state": state, "month": month, "reached": reached}
    found, figures = listed(call, wanted), _figures(call, node)
    return show(
        call,
        "desk_wishes.html",
        nodes=nodes,
        node=node,
        state=state,
        states=WishState,
        month=month,
        reached=reached,
        wishes=found,
        figures=figures,
        places=call.desk.names.of_places(row.community_code for row in figures.rows) if figures else {},
        most_rows=MOST_ROWS,
        more=_link("/desk/wishes", **{**asked, "cursor": found.next}) if found.next else "",
        link=lambda **wished: _link("/desk/wishes", **wished),
    )


def _figures(call: Call, node: str) -> WishFiguresView | None:
    try:
        return call.ask(WishFigures(node=node))
    except Unavailable:
        return None


def _link(path: str, **wanted: Any) -> str:
    query = urlencode({name: str(value) for name, value in wanted.items() if value})
    return f"{path}?{query}" if query else path
