"""Ending e-mails from the link in one. Opening it changes nothing; the button does, and so does the mail reader's own (RFC 8058)."""

from __future__ import annotations

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.policies import ANYONE
from gateway.routing import page
from gateway.web.render import show
from gateway.words import _
from services.notify.contracts import Unsubscribe


@page("GET", "/unsubscribe/{token}", policy=ANYONE, summary=_("停收邮件"))
def unsubscribe_page(call: Call) -> Response:
    return show(call, "unsubscribe.html", ended=False, token=call.path["token"])


@page("POST", "/unsubscribe/{token}", policy=ANYONE, summary=_("确认停收邮件"))
def end_mails(call: Call) -> Response:
    call.ask(Unsubscribe(token=call.path["token"]))
    return show(call, "unsubscribe.html", ended=True, token=call.path["token"])
