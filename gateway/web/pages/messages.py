"""The caller's messages."""

from __future__ import annotations

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, text
from gateway.policies import ACCOUNTS
from gateway.routing import page
from gateway.web.forms import onward
from gateway.web.render import show
from gateway.words import _
from services.notify.contracts import ListMessages, MarkRead

PER_PAGE = 30


class MessagesQuery(Request):
    cursor = text(_("翻页标记"), most=500, required=False)
    bundle = text(_("哪条消息和与它合并的"), most=100, required=False)


@page("GET", "/messages", policy=ACCOUNTS, summary=_("我的消息"), query=MessagesQuery)
def messages_page(call: Call) -> Response:
    bundle = call.query.get("bundle")
    found = call.ask(ListMessages(cursor=call.query.get("cursor"), bundle=bundle, limit=PER_PAGE))
    return show(call, "messages.html", live="messages", messages=found, bundle=bundle)


@page("POST", "/messages/read", policy=ACCOUNTS, summary=_("全部标为已读"))
def read_all(call: Call) -> Response:
    call.ask(MarkRead())
    return onward("/messages")
