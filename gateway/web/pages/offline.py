"""What works without a net: a page to write an order on, what waits to be sent, and the worker that keeps them in the browser."""

from __future__ import annotations

import json
from typing import Any

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, flag
from gateway.policies import ANYONE
from gateway.routing import page
from gateway.web.draft import Draft
from gateway.web.render import render, show
from gateway.web.uploads import MOST_PHOTOS
from gateway.web.worker import worker
from gateway.words import TAGS, _, language, shown

INK, PAPER = "#b3261e", "#faf8f5"


class ShellQuery(Request):
    bare = flag(_("作为没有登录的人看，供浏览器保存"))


@page("GET", "/offline", policy=ANYONE, summary=_("没有网络时看到的页面"), query=ShellQuery)
def offline_page(call: Call) -> Response:
    return _shell(call, "offline.html")


@page("GET", "/waiting", policy=ANYONE, summary=_("等着发出的：写好了、还没有发出的内容"), query=ShellQuery)
def waiting_page(call: Call) -> Response:
    return _shell(call, "waiting.html")


@page("GET", "/new/offline", policy=ANYONE, summary=_("没有网络时点单，一页写完"), query=ShellQuery)
def offline_order(call: Call) -> Response:
    return _shell(
        call,
        "new_offline.html",
        draft=Draft(),
        given={},
        errors={},
        takes_photos=call.desk.photos is not None,
        most_photos=MOST_PHOTOS,
    )


@page("GET", "/sw.js", policy=ANYONE, summary=_("在浏览器里保存页面的程序"))
def service_worker(call: Call) -> Response:
    response = Response(worker(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(call.request)


@page("GET", "/manifest.webmanifest", policy=ANYONE, summary=_("装到手机桌面的说明"))
def manifest(call: Call) -> Response:  # noqa: ARG001 - every page is given its call
    told = {
        "id": "/",
        "name": _("三单"),
        "short_name": _("三单"),
        "description": _("群众点单 · 社区派单 · 党员接单"),
        "lang": TAGS[language()],
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": INK,
        "background_color": PAPER,
        "icons": [
            {"src": "/static/icon.svg", "sizes": "any", "type": "image/svg+xml"},
            *(
                {"src": f"/static/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
                for size in (192, 512)
            ),
        ],
        "shortcuts": [{"name": _("我要点单"), "url": "/new"}],
    }
    response = Response(
        json.dumps(shown(told), ensure_ascii=False), content_type="application/manifest+json; charset=utf-8"
    )
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def _shell(call: Call, template: str, **values: Any) -> Response:
    if call.query.get("bare"):
        return render(call.request, template, bare=True, **values)
    return show(call, template, **values)
