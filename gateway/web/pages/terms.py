"""The terms of a place: which hold and where they come from, changed, and given up again for those of the place above."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, text
from gateway.policies import IMPORTERS, RULE_SETTERS
from gateway.problems import Problem, problem_of
from gateway.routing import page
from gateway.web.forms import check, errors_of, onward, typed
from gateway.web.local_terms import TERMS, Term, entered, shown
from gateway.web.places import choices_at, top
from gateway.web.render import show
from gateway.words import _
from services.dispatch.contracts import GetLastResort, GetPromisedTimes
from services.kit.outcomes import Refused

HERE = "/operations/terms"
DONE = {
    "saved": _("已保存，从现在起按新规则办"),
    "reset": _("已撤销本地的规则，现在沿用上级的"),
}


class TermsQuery(Request):
    node = text(_("地方"), most=20, required=False)
    done = text(_("刚做完的一步"), most=10, required=False)


@page("GET", HERE, policy=IMPORTERS, summary=_("一个地方的规则：现在怎样，从哪里来"), query=TermsQuery)
def terms(call: Call) -> Response:
    return _show(call, call.query.get("node") or own_place(call))


def _enter(term: Term) -> None:
    def put(call: Call) -> Response:
        return _taken(call, term, "saved", lambda node, told: term.put(node=node, **check(term.form, told)))

    def unset(call: Call) -> Response:
        return _taken(call, term, "reset", lambda node, _told: term.unset(node=node))

    name = term.path.replace("-", "_")
    put.__name__, unset.__name__ = f"put_{name}_here", f"unset_{name}_here"
    page("POST", f"{HERE}/{term.path}", policy=RULE_SETTERS, summary=term.title)(put)
    page("POST", f"{HERE}/{term.path}/reset", policy=RULE_SETTERS, summary=_("沿用上级的规则"))(unset)


for _term in TERMS:
    _enter(_term)


def _taken(call: Call, term: Term, done: str, ask: Callable[[str, dict[str, str]], Any]) -> Response:
    given = typed(call)
    node = given.get("node", "")
    try:
        call.ask(ask(node, entered(term, given)))
    except (Problem, Refused) as wrong:
        problem = problem_of(wrong)
        return _show(
            call,
            node,
            status=problem.status,
            problem=problem.detail,
            failed=term.path,
            given=given,
            errors=errors_of(problem),
        )
    return onward(f"{HERE}?{urlencode({'node': node, 'done': done})}#{term.path}")


def own_place(call: Call) -> str:
    """The highest place that the caller looks after."""
    held = [grant.node for grant in call.actor.grants if grant.role in IMPORTERS.roles]
    return max(min(held, key=len, default=""), top(call), key=len)


def sets(call: Call, node: str) -> bool:
    """Whether to show the forms: dispatch decides."""
    return any(grant.covers(node) for grant in call.actor.grants if grant.role in RULE_SETTERS.roles)


def _show(
    call: Call,
    node: str,
    *,
    status: int = 200,
    problem: str = "",
    failed: str = "",
    given: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    views = {term.path: call.ask(term.get(node=node)) for term in TERMS}
    resort, promises = call.ask(GetLastResort(node=node)), call.ask(GetPromisedTimes(node=node))
    sources = [getattr(view, "set_at_node", None) for view in (*views.values(), resort, promises)]
    return show(
        call,
        "terms.html",
        status=status,
        own=HERE,
        node=node,
        places=choices_at(call, node),
        names=call.desk.names.of_places([node, *filter(None, sources)]),
        terms=TERMS,
        views=views,
        values={
            term.path: given if given is not None and failed == term.path else shown(term, views[term.path])
            for term in TERMS
        },
        resort=resort,
        resort_names=call.desk.names.of_hands([resort.hand_id], call.actor),
        promises=promises,
        sets=sets(call, node),
        failed=failed,
        errors=errors or {},
        problem=problem,
        done=DONE.get(call.query.get("done") or "", ""),
    )
