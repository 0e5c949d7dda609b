"""The local catcher: what would have gone to phones, where nothing is sent out (demonstrations, tests)."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Paged, text
from gateway.policies import ANYONE
from gateway.problems import Problem, kind_of
from gateway.routing import route
from gateway.words import _
from services.kit.asking import Page
from services.notify.contracts import CaughtMessage, ListCaught


class CaughtQuery(Paged):
    to = text(_("收件号码"), most=20, required=False)


@route(
    "GET",
    "/catcher/messages",
    policy=ANYONE,
    summary=_("未发出的短信（只在演示环境）"),
    tag="simulation",
    query=CaughtQuery,
    answer=Page[CaughtMessage],
)
def list_caught(call: Call) -> Page[CaughtMessage]:
    if not call.desk.catcher:
        raise Problem("not-found", 404, kind_of("not-found").meaning)
    return call.ask(ListCaught(**call.query))
