"""A problem as a page: what is the matter, what to do, and where to go on."""

from __future__ import annotations

from urllib.parse import urlencode

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from gateway.problems import Problem, kind_of
from gateway.web.render import render


def problem_page(request: Request, problem: Problem, correlation: str) -> Response:
    if problem.slug == "sign-in-required" and request.method == "GET":
        return redirect(f"/sign-in?{urlencode({'next': request.full_path.rstrip('?')})}", 303)
    response = render(
        request,
        "problem.html",
        status=problem.status,
        problem=problem,
        kind=kind_of(problem.slug),
        correlation=correlation,
    )
    response.headers.extend(dict(problem.headers))
    return response
