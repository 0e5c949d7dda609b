"""From a request to an answer: find the route, see who calls, check, act, dump; and every failure in one form."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from gateway import parsing, problems, protection
from gateway.appearance import appearance_of
from gateway.call import Call
from gateway.callers import CALLER, Caller
from gateway.desk import Desk
from gateway.live.telling import STREAMS
from gateway.live.topics import topics_of
from gateway.open311 import OPEN311
from gateway.open311.answers import refuse as refuse_open311
from gateway.problems import Problem
from gateway.proxies import is_secure
from gateway.routes import ROUTES
from gateway.routing import GEOREPORT, Route, map_of
from gateway.shapes import dumper_of
from gateway.web.errors import problem_page
from gateway.web.forms import by_script
from gateway.web.pages import PAGES
from gateway.whose import check_whose
from gateway.words import TAGS, _, language, speaking
from services.kit import logs
from services.kit.asking import Page
from services.kit.envelope import Event
from services.kit.ids import new_id
from services.kit.outcomes import Refused
from services.kit.rpc import Unavailable

log = logging.getLogger(__name__)


class App:
    """Answers requests at its desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._map = map_of([*ROUTES, *PAGES, *OPEN311, *STREAMS])

    def overhear(self, event: Event) -> None:
        """Something changed that open pages may show; returns at once."""
        self._desk.live.changed(topics_of(event))

    def missed(self) -> None:
        """Something may not have been overheard, so that every open page is to look."""
        self._desk.live.renew()

    def end_streams(self) -> None:
        """Whoever has a page open asks another process from now on."""
        self._desk.live.end_all()

    def answer(self, request: Request) -> Response:
        """Never raises: what goes wrong is answered as problem+json, or as a page where a page was asked for."""
        with speaking(appearance_of(request).language):
            return self._answer(request)

    def _answer(self, request: Request) -> Response:
        correlation = new_id()
        logs.bind(correlation=correlation)
        route: Route | None = None
        try:
            route, variables = self._map.bind_to_environ(request.environ).match()
            response = self._act(request, route, variables, correlation)
        except Exception as wrong:  # noqa: BLE001 - the last one who can still answer
            response = self._refuse(request, route, problem_of(wrong), correlation)
        response.headers["X-Correlation-Id"] = correlation
        response.headers["Content-Language"] = TAGS[language()]
        protection.add_headers(response, secure=is_secure(request, self._desk.proxies))
        return response

    def _act(
        self, request: Request, route: Route, variables: Mapping[str, Any], correlation: str
    ) -> Response:
        request.max_content_length = route.most
        request.max_form_memory_size = route.most
        at = parsing.simulated_time(request, simulated=self._desk.simulated)
        if route.open311:
            # Other software shows a key with what it sends; whatever cookies its browser has say nothing here.
            caller = Caller()
        else:
            protection.check_origin(request)
            caller = self._desk.callers.who(request, lenient=route.page or route.stream)
            check_whose(request, caller.account)
        request.environ[CALLER] = caller
        call = Call(
            request=request,
            desk=self._desk,
            correlation=correlation,
            actor=caller.actor,
            token=caller.token,
            account=caller.account,
            at=at,
            mark=self._desk.live.mark(),
            key=parsing.idempotency_key(request),
            path=dict(variables),
        )
        if not route.policy.admits(call.actor, simulated=self._desk.simulated):
            raise _not_admitted(call)
        call.query = parsing.query(request, route.query)
        if route.body is not None and not route.upload:
            call.body = parsing.json_body(request, route.body)
        found = route.act(call)
        response = found if isinstance(found, Response) else dump(route, call, found)
        response.headers.extend(call.headers)
        return response

    def _refuse(self, request: Request, route: Route | None, problem: Problem, correlation: str) -> Response:
        if request.path.startswith(GEOREPORT):
            return refuse_open311(request.path, problem)
        html = (
            route.page and not by_script(request)
            if route
            else not request.path.startswith("/api/") and request.accept_mimetypes.accept_html
        )
        if html:
            return problem_page(request, problem, correlation)
        return problems.respond(problem, instance=request.path, correlation=correlation)


def dump(route: Route, call: Call, found: Any) -> Response:
    """What the route's function returned, as JSON of the route's answer shape."""
    if route.answer is None:
        return Response(status=204)
    body = dumper_of(route.answer).dump(found)
    if isinstance(found, Page) and found.next:
        onward = {**call.request.args.to_dict(), "cursor": found.next}
        call.headers["Link"] = f'<{call.request.path}?{urlencode(onward)}>; rel="next"'
    return Response(json.dumps(body, ensure_ascii=False), route.status, content_type="application/json")


def problem_of(wrong: Exception) -> Problem:
    match wrong:
        case Problem():
            return wrong
        case Refused():
            return problems.from_refused(wrong)
        case Unavailable():
            return problems.unavailable(wrong.retry_after)
        case HTTPException():
            return problems.from_http(wrong)
    log.error("request failed", exc_info=wrong)
    return Problem("internal", 500, problems.kind_of("internal").meaning)


def _not_admitted(call: Call) -> Problem:
    if call.actor.id:
        return Problem("not-allowed", 403, _("您的角色不能做这件事"))
    return Problem("sign-in-required", 401, _("请先登录"), headers={"WWW-Authenticate": "Bearer"})
