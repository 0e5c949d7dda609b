"""The style sheet and the icon."""

from __future__ import annotations

import hashlib
import mimetypes

from werkzeug.security import safe_join
from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.policies import ANYONE
from gateway.problems import Problem, kind_of
from gateway.routing import page
from gateway.web.render import HERE
from gateway.words import _


@page("GET", "/static/{name}", policy=ANYONE, summary=_("样式和图标"))
def static_file(call: Call) -> Response:
    found = safe_join(str(HERE / "static"), call.path["name"])
    file = HERE / "static" / call.path["name"]
    if found is None or not file.is_file():
        raise Problem("not-found", 404, kind_of("not-found").meaning)
    content = file.read_bytes()
    response = Response(content, content_type=mimetypes.guess_type(file.name)[0])
    response.set_etag(hashlib.sha256(content).hexdigest()[:16])
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response.make_conditional(call.request)
