"""The kinds of demands, for choosing one when an order is registered, and what those who order are asked beside."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.call import Call
from gateway.fields import Request, flag
from gateway.open311.catalogue import SERVICES
from gateway.parsing import load
from gateway.policies import ANYONE, CITY_OPERATORS
from gateway.problems import invalid
from gateway.routing import route
from gateway.words import _
from services.dispatch.contracts import (
    CategoriesPut,
    CategoryView,
    ListCategories,
    ListQuestions,
    PutCategories,
    PutQuestions,
    QuestionsPut,
    QuestionsView,
)


class CategoryQuery(Request):
    retired = flag(_("也列出已停用的"))


class NewTable(Request):
    """The form field beside the part ``file``."""

    dry_run = flag(_("只检查，不更换"))


@dataclass(frozen=True, kw_only=True)
class Categories:
    """All of them, in the order in which a list should show them."""

    items: tuple[CategoryView, ...]


@route(
    "GET",
    "/categories",
    policy=ANYONE,
    summary=_("点单的类别"),
    tag="orders",
    query=CategoryQuery,
    answer=Categories,
)
def list_categories(call: Call) -> Categories:
    return Categories(items=call.ask(ListCategories(**call.query)))


@route(
    "PUT",
    "/categories",
    policy=CITY_OPERATORS,
    summary=_("用 CSV 或 XLSX 文件更换类别表（multipart/form-data，文件在 file 中）；文件里没有的类别停用"),
    tag="orders",
    body=NewTable,
    answer=CategoriesPut,
    upload=True,
)
def put_categories(call: Call) -> CategoriesPut:
    return put_table(call, _file(call), **load(NewTable, call.request.form.to_dict()))


def put_table(call: Call, content: bytes, *, dry_run: bool = False) -> CategoriesPut:
    """What Open311 knows of them is asked anew."""
    put = call.ask(PutCategories(content=content, dry_run=dry_run))
    call.desk.known.forget(SERVICES)
    return put


@route(
    "GET",
    "/questions",
    policy=ANYONE,
    summary=_("点单时按类别附加的问题"),
    tag="orders",
    answer=QuestionsView,
)
def list_questions(call: Call) -> QuestionsView:
    return call.ask(ListQuestions())


@route(
    "PUT",
    "/questions",
    policy=CITY_OPERATORS,
    summary=_("用 CSV 或 XLSX 文件更换附加问题（multipart/form-data，文件在 file 中）"),
    tag="orders",
    body=NewTable,
    answer=QuestionsPut,
    upload=True,
)
def put_questions(call: Call) -> QuestionsPut:
    put = call.ask(PutQuestions(content=_file(call), **load(NewTable, call.request.form.to_dict())))
    call.desk.known.forget(SERVICES)
    return put


def _file(call: Call) -> bytes:
    file = call.request.files.get("file")
    if file is None:
        raise invalid((("file", _("请选择文件")),))
    return file.read()
