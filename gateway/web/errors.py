"""A problem as a page: what is the matter, what to do, and where to go on."""

from __future__ import annotations

from urllib.parse import urlencode

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from gateway.callers import CALLER, Caller
from gateway.problems import Problem, kind_of
from gateway.web.render import render


def problem_page(request: Request, problem: Problem, correlation: str) -> Response:
    if problem.slug == "sign-in-required" and request.method == "GET":
        return redirect(f"/sign-in?{urlencode({'next': request.full_path.rstrip('?')})}", 303)
    caller = request.environ.get(CALLER, Caller())
    response = render(
        request,
        "problem.html",
        status=problem.status,
        actor=caller.actor,
        account=caller.account,
        again=request.full_path.rstrip("?") if request.method == "GET" else "",
        problem=problem,
        kind=kind_of(problem.slug),
        correlation=correlation,
    )
    response.headers.extend(dict(problem.headers))
    return response
