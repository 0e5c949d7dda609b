"""The public notice of a place, its bulletin board to read or hang up, and the notice as a feed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, text
from gateway.policies import ANYONE
from gateway.routes.notices import NoticeQuery, ShownNotice, notices
from gateway.routing import page
from gateway.web import labels
from gateway.web.pages.home import figures_of
from gateway.web.places import choices_at, top
from gateway.web.render import show
from gateway.words import _
from services.intake.contracts import ListNotices
from services.kit.asking import Page
from services.kit.rpc import Unavailable

PER_PAGE = 20
ON_THE_BOARD = 12
IN_THE_FEED = 50
ATOM = "http://www.w3.org/2005/Atom"
A_WHILE = "public, max-age=300"


class PlaceQuery(Request):
    node = text(_("地方"), most=20, required=False)


@page("GET", "/notices", policy=ANYONE, summary=_("公示：办好的点单，大家来看"), query=NoticeQuery)
def notice_page(call: Call) -> Response:
    node, cursor = call.query.get("node") or top(call), call.query.get("cursor")
    return show(
        call,
        "notices.html",
        **_place(call, node),
        notices=_notices(call, ListNotices(node=node, cursor=cursor, limit=PER_PAGE)),
        link=lambda **changed: f"/notices?{urlencode({'node': node, **changed})}",
    )


@page("GET", "/board", policy=ANYONE, summary=_("公告栏：一个地方的数字和近来办好的事"), query=PlaceQuery)
def board(call: Call) -> Response:
    node = call.query.get("node") or top(call)
    return show(
        call,
        "board.html",
        **_place(call, node),
        today=call.now,
        figures=figures_of(call, node, None, None),
        notices=_notices(call, ListNotices(node=node, limit=ON_THE_BOARD)),
    )


@page("GET", "/notices.atom", policy=ANYONE, summary=_("公示的订阅（Atom）"), query=PlaceQuery)
def feed(call: Call) -> Response:
    """RFC 4287. Raises Unavailable: an empty feed would say that nothing is in notice."""
    node = call.query.get("node") or ""
    found = notices(call, ListNotices(node=node, limit=IN_THE_FEED)).items
    name = call.desk.names.of_places([node]).get(node, "")
    host = f"{'https' if call.secure else 'http'}://{call.request.host}"
    response = Response(
        _atom(host, node, name, found, call), content_type="application/atom+xml; charset=utf-8"
    )
    response.headers["Cache-Control"] = A_WHILE
    response.add_etag()
    return response.make_conditional(call.request)


def _place(call: Call, node: str) -> dict[str, Any]:
    name = call.desk.names.of_places([node]).get(node, str(_("三单")))
    return {"node": node, "place_name": name, "places": choices_at(call, node)}


def _notices(call: Call, wanted: ListNotices) -> Page[ShownNotice] | None:
    try:
        return notices(call, wanted)
    except Unavailable:
        return None


def _atom(host: str, node: str, name: str, found: tuple[ShownNotice, ...], call: Call) -> bytes:
    itself = f"{host}/notices.atom?{urlencode({'node': node})}" if node else f"{host}/notices.atom"
    root = ET.Element("feed", xmlns=ATOM)
    title = _("{} · 公示").format(labels.place(name)) if name else str(_("公示"))
    updated = max((each.changed_at for each in found), default=call.now)
    for tag, value in (("id", itself), ("title", title), ("updated", updated.isoformat())):
        ET.SubElement(root, tag).text = value
    ET.SubElement(ET.SubElement(root, "author"), "name").text = str(_("三单"))
    ET.SubElement(root, "link", rel="self", href=itself, type="application/atom+xml")
    ET.SubElement(root, "link", href=f"{host}/notices?{urlencode({'node': node})}", type="text/html")
    for each in found:
        entry = ET.SubElement(root, "entry")
        place = labels.place(each.community_name or each.community_code)
        state = labels.STATES.get(each.state, each.state)
        told = [each.words, *([_("办理情况：{}").format(each.answer)] if each.answer else [])]
        for tag, value in (
            ("id", f"urn:uuid:{each.order_id}"),
            ("title", f"{place} · {each.category_name or state}"),
            ("published", each.collected_at.isoformat()),
            ("updated", each.changed_at.isoformat()),
            ("content", "\n\n".join(told)),
        ):
            ET.SubElement(entry, tag).text = value
        ET.SubElement(entry, "category", term=each.state, label=str(state))
        ET.SubElement(entry, "link", href=f"{host}/orders/{each.order_id}", type="text/html")
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
