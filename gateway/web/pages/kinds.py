"""The table of categories: shown, and replaced by a file that is looked at before it counts."""

from __future__ import annotations

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.policies import CITY_OPERATORS
from gateway.problems import Problem, invalid
from gateway.routes.categories import NewTable, put_table
from gateway.routing import MEGABYTE, page
from gateway.web.forms import check, errors_of, typed
from gateway.web.render import show
from gateway.words import _
from services.dispatch.contracts import CategoriesPut, ListCategories
from services.kit.outcomes import Refused

HERE = "/operations/categories"


@page("GET", HERE, policy=CITY_OPERATORS, summary=_("类别表"))
def categories(call: Call) -> Response:
    return _show(call)


@page("POST", HERE, policy=CITY_OPERATORS, summary=_("更换类别表"), most=MEGABYTE)
def replace_categories(call: Call) -> Response:
    """The outcome is shown on the page itself: to send the same table twice changes nothing."""
    given = typed(call)
    try:
        wanted = check(NewTable, given)
        file = call.request.files.get("file")
        if file is None or not file.filename:
            raise invalid((("file", _("请选择文件")),))
        put = put_table(call, file.read(), **wanted)
    except Problem as problem:
        return _show(call, status=problem.status, given=given, errors=errors_of(problem))
    except Refused as refused:
        return _show(call, status=refused.status, given=given, errors={"file": refused.message})
    return _show(call, status=422 if put.errors else 200, given=given, put=put)


def _show(
    call: Call,
    *,
    status: int = 200,
    given: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    put: CategoriesPut | None = None,
) -> Response:
    return show(
        call,
        "kinds.html",
        status=status,
        kinds=call.ask(ListCategories(retired=True)),
        given=given or {"dry_run": "true"},
        errors=errors or {},
        put=put,
        own=HERE,
    )
