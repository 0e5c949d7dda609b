"""The caller's own in-app messages."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Paged, flag, text
from gateway.policies import ACCOUNTS
from gateway.routing import route
from gateway.words import _
from services.kit.asking import Page
from services.notify.contracts import CountUnread, ListMessages, MarkRead, MessageView, Unread


class MessageQuery(Paged):
    unread = flag(_("只看未读"))
    bundle = text(_("只看这条消息和与它合并的"), most=100, required=False)


@route(
    "GET",
    "/messages",
    policy=ACCOUNTS,
    summary=_("我的消息"),
    tag="messages",
    query=MessageQuery,
    answer=Page[MessageView],
)
def list_messages(call: Call) -> Page[MessageView]:
    return call.ask(ListMessages(**call.query))


@route("GET", "/messages/unread", policy=ACCOUNTS, summary=_("未读条数"), tag="messages", answer=Unread)
def count_unread(call: Call) -> Unread:
    return call.ask(CountUnread())


@route("PUT", "/messages/{message_id}/read", policy=ACCOUNTS, summary=_("标为已读"), tag="messages")
def mark_read(call: Call) -> None:
    call.ask(MarkRead(**call.path))


@route("PUT", "/messages/read", policy=ACCOUNTS, summary=_("全部标为已读"), tag="messages")
def mark_all_read(call: Call) -> None:
    call.ask(MarkRead())
