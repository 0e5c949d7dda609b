"""Each kind of problem explained, at the address that problem+json names as its type."""

from __future__ import annotations

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.policies import ANYONE
from gateway.problems import KINDS, Problem, kind_of
from gateway.routing import page
from gateway.web.render import show
from gateway.words import _


@page("GET", "/problems/{slug}", policy=ANYONE, summary=_("一种问题的说明"))
def problem_kind(call: Call) -> Response:
    slug = call.path["slug"]
    if slug not in KINDS:
        raise Problem("not-found", 404, kind_of("not-found").meaning)
    return show(call, "problem_kind.html", slug=slug, kind=KINDS[slug])
