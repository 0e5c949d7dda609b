"""``GET /live``: server-sent events (WHATWG HTML, 9.2) that say *that* something changed, never what. The page looks itself.

Importing this fills the table.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, several, text
from gateway.live.hub import TOLD, Hub, Listener, Stream
from gateway.live.subjects import topics_about
from gateway.policies import ANYONE
from gateway.routing import STREAMS as STREAMS
from gateway.routing import stream
from gateway.words import _
from services.kit.outcomes import Refused
from services.kit.rpc import Unavailable
from services.kit.web import STREAM, has_hung_up

HEARTBEAT = 15.0
"""Seconds of silence after which a comment is sent: proxies cut what is silent for a minute."""
LIFETIMES = (240.0, 300.0)
"""Seconds after which a stream ends and its page asks anew, and is looked at anew; drawn, so that they do not all come back at once.

In that time less is sent than a socket holds, so that a page which reads nothing holds nobody up.
"""
RETRIES = (2_000, 6_000)
"""Milliseconds after which a page asks again."""
HEADERS = {
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",  # nginx, and what is made of it, passes on at once what it would gather
}


class LiveQuery(Request):
    about = several(
        text(
            _("关注什么：order:编号、task:编号、desk:区划代码、mine、duties、messages 或 openings"), most=60
        ),
        _("关注哪些，用逗号分隔"),
        most=4,
    )
    since = text(_("页面知道到哪里；在这之后的变化马上告知"), most=80, required=False)


@stream("/live", policy=ANYONE, summary=_("打开的页面由此得知有变化"), query=LiveQuery)
def live(call: Call) -> Response:
    about = topics_about(call, call.query.get("about", ()))
    response = Response(content_type="text/event-stream; charset=utf-8", headers=HEADERS)
    if call.request.method == "HEAD":
        return response
    listener = Listener(call.actor.id or call.client, account=bool(call.actor.id))
    since = call.request.headers.get("Last-Event-ID") or call.query.get("since")
    hub = call.desk.live
    environ = call.request.environ
    opened = hub.open(listener, about, since, lambda: has_hung_up(environ))
    environ[STREAM] = True
    response.response = _telling(call, hub, opened)
    return response


def _telling(call: Call, hub: Hub, opened: Stream) -> Iterator[bytes]:
    rest = random.Random()  # noqa: S311 - spreads load, keeps no secret
    end = time.monotonic() + rest.uniform(*LIFETIMES)
    try:
        yield f"retry: {rest.randint(*RETRIES)}\nid: {hub.mark()}\n: listening\n\n".encode()
        while time.monotonic() < end:
            news = opened.wait(HEARTBEAT)
            if opened.ended or opened.is_left() or (news and not _is_still(call)):
                return
            if news:
                TOLD.inc()
                yield f"event: changed\nid: {hub.mark()}\ndata: {' '.join(news)}\n\n".encode()
            else:
                yield b":\n\n"
    finally:
        hub.close(opened)


def _is_still(call: Call) -> bool:
    """Whether the caller is who they were when they asked: neither signed out nor with other roles."""
    if call.token is None or call.account is None:
        return True
    try:
        return call.desk.callers.sessions.account_of(call.token) == call.account
    except Refused:
        return False
    except Unavailable:
        # The page will be told so itself; what it would be told here is no secret.
        return True
