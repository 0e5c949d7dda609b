"""Following an order by its short code, for those without an account."""

from __future__ import annotations

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.callers import CODE_COOKIE
from gateway.fields import Request, text
from gateway.policies import ANYONE
from gateway.routing import page
from gateway.web.forms import onward, typed
from gateway.web.render import show
from gateway.words import _
from services.kit.outcomes import Refused


class FollowQuery(Request):
    code = text(_("查询码"), most=20, required=False)


@page("GET", "/follow", policy=ANYONE, summary=_("输入查询码"), query=FollowQuery)
def ask_for_code(call: Call) -> Response:
    return show(call, "follow.html", given={"code": call.query.get("code") or ""}, errors={})


@page("POST", "/follow", policy=ANYONE, summary=_("凭查询码查看点单"))
def follow(call: Call) -> Response:
    given = typed(call)
    try:
        found = call.desk.callers.follow(given.get("code", ""), call.client)
    except Refused:
        errors = {"code": _("没有找到这个查询码，请再核对一遍。字母里没有 I、L、O、U，数字里没有 0 和 1。")}
        return show(call, "follow.html", status=404, given=given, errors=errors)
    response = onward(f"/orders/{found.order.order_id}")
    response.set_cookie(CODE_COOKIE, found.order.code, httponly=True, samesite="Lax", secure=call.secure)
    return response


@page("POST", "/follow/leave", policy=ANYONE, summary=_("忘掉查询码"))
def leave(call: Call) -> Response:  # noqa: ARG001 - every page is given its call
    response = onward("/")
    response.delete_cookie(CODE_COOKIE)
    return response
