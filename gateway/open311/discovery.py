"""Service discovery: where the server is, what it speaks, and how to come by a key."""

from __future__ import annotations

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.open311.answers import CONTENT_TYPE, single, w3c
from gateway.open311.catalogue import changed_at
from gateway.policies import ANYONE
from gateway.routing import GEOREPORT, open311
from gateway.words import _

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"


@open311("GET", "/discovery", policy=ANYONE, summary=_("服务发现"))
def open311_discovery(call: Call) -> Response:
    """The changeset says when the services were last replaced, so that clients know whether to read them anew."""
    changeset = w3c(changed_at(call))
    return single(
        call,
        "discovery",
        {
            "changeset": changeset,
            "contact": _("请联系本区县的系统管理员"),
            "key_service": _("接口密钥由区县的系统管理员发放，见 /api/docs"),
            "endpoints": [
                {
                    "specification": SPECIFICATION,
                    "url": _root(call) + GEOREPORT,
                    "changeset": changeset,
                    "type": "test" if call.desk.simulated else "production",
                    "formats": [written.partition(";")[0] for written in CONTENT_TYPE.values()],
                }
            ],
        },
    )


def _root(call: Call) -> str:
    scheme = "https" if call.secure else "http"
    return f"{scheme}://{call.request.host}"
