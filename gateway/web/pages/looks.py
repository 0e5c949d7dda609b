"""Who looked at whose contact and why, as a list for those who watch over it: filtered, and taken along as a file."""

from __future__ import annotations

from datetime import date

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import choice, day, text
from gateway.policies import LOOK_READERS
from gateway.routes.looks import Look, named
from gateway.routing import page
from gateway.web import labels
from gateway.web.lists import Column, ListQuery, answer
from gateway.web.places import choices_at, top
from gateway.words import _
from services.intake.contracts import ListLooks, LookAt
from services.kit.asking import Page


class LooksPageQuery(ListQuery):
    node = text(_("地方"), most=20, required=False)
    at = choice(LookAt, _("查看了什么"), required=False)
    since = day(_("从这一天起"))
    until = day(_("到这一天止"))


def _where(look: Look) -> str:
    if look.wish_id:
        return f"/wishes/{look.wish_id}"
    return f"/orders/{look.order_id}" if look.order_id else f"/visits/{look.visit_id}"


COLUMNS: tuple[Column[Look], ...] = (
    Column(name=_("用途"), cell=lambda look: look.purpose, link=_where),
    Column(name=_("时间"), cell=lambda look: labels.moment(look.looked_at)),
    Column(name=_("查看人"), cell=lambda look: look.name or look.looked_by),
    Column(name=_("身份"), cell=lambda look: labels.ROLES[look.role] if look.role else ""),
    Column(name=_("查看了什么"), cell=lambda look: labels.LOOKED_AT[look.at]),
    Column(name=_("地方"), cell=lambda look: labels.place(look.place_name or look.place)),
)


@page(
    "GET", "/looks", policy=LOOK_READERS, summary=_("查看留痕：谁为了什么看过联系方式"), query=LooksPageQuery
)
def looks_page(call: Call) -> Response:
    node = call.query.get("node") or ""
    return answer(
        call,
        "looks.html",
        name="looks",
        columns=COLUMNS,
        read=lambda cursor, limit: _read(call, cursor, limit),
        places=choices_at(call, node or top(call)),
        kinds=[(each, labels.LOOKED_AT[each]) for each in LookAt],
        since=_typed(call.query.get("since")),
        until=_typed(call.query.get("until")),
    )


def _read(call: Call, cursor: str | None, limit: int) -> Page[Look]:
    asked = {name: call.query.get(name) for name in ("at", "since", "until")}
    wanted = ListLooks(node=call.query.get("node") or "", **asked, cursor=cursor, limit=limit)
    return named(call, call.ask(wanted))


def _typed(given: date | None) -> str:
    return given.isoformat() if given else ""
