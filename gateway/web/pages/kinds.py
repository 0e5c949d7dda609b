"""The table of categories: shown, and replaced by a file that is looked at before it counts."""

from __future__ import annotations

import csv
import io

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.policies import CITY_OPERATORS
from gateway.problems import Problem, invalid
from gateway.routes.categories import NewTable, put_table
from gateway.routing import MEGABYTE, page
from gateway.web.forms import check, errors_of, typed
from gateway.web.render import show
from gateway.words import _
from services.dispatch.contracts import CategoriesPut, CategoryView, ListCategories
from services.kit.outcomes import Refused

HERE = "/operations/categories"
COLUMNS = ("code", "label", "days", "parent", "gb_39666", "gb_30428", "skill", "reply", "keywords", "note")


@page("GET", HERE, policy=CITY_OPERATORS, summary=_("类别表"))
def categories(call: Call) -> Response:
    return _show(call)


@page("POST", HERE, policy=CITY_OPERATORS, summary=_("更换类别表"), most=MEGABYTE)
def replace_categories(call: Call) -> Response:
    """The outcome is shown on the page itself: to send the same table twice changes nothing."""
    given = typed(call)
    try:
        wanted = check(NewTable, given)
        before = as_table(call.ask(ListCategories()))
        put = put_table(call, _content(call, given), **wanted)
    except Problem as problem:
        return _show(call, status=problem.status, given=given, errors=errors_of(problem))
    except Refused as refused:
        return _show(call, status=refused.status, given=given, errors={"file": refused.message})
    kept = put.errors or put.dry_run
    return _show(call, status=422 if put.errors else 200, given=given, put=put, before="" if kept else before)


def as_table(kinds: tuple[CategoryView, ...]) -> str:
    """The table as the file by which it could be replaced."""
    rows = io.StringIO()
    out = csv.writer(rows)
    out.writerow(COLUMNS)
    for each in kinds:
        told = {**vars(each), "keywords": "、".join(each.keywords)}
        out.writerow([told[name] if told[name] is not None else "" for name in COLUMNS])
    return rows.getvalue()


def _content(call: Call, given: dict[str, str]) -> bytes:
    """The file that was chosen, or the table of before. Raises Problem (422)."""
    if before := given.get("before"):
        return before.encode()
    file = call.request.files.get("file")
    if file is None or not file.filename:
        raise invalid((("file", _("请选择文件")),))
    return file.read()


def _show(
    call: Call,
    *,
    status: int = 200,
    given: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    put: CategoriesPut | None = None,
    before: str = "",
) -> Response:
    return show(
        call,
        "kinds.html",
        status=status,
        kinds=call.ask(ListCategories(retired=True)),
        given=given or {"dry_run": "true"},
        errors=errors or {},
        put=put,
        before=before,
        own=HERE,
    )
