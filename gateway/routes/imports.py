"""Imports of divisions, grids, units and members from CSV or XLSX, with their progress."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Paged, Request, choice, flag
from gateway.parsing import load
from gateway.policies import IMPORTERS
from gateway.problems import invalid
from gateway.routing import MEGABYTE, route
from gateway.words import _
from services.kit.asking import Page
from services.members.contracts import GetImport, ImportKind, ImportView, ListImports, StartImport


class NewImport(Request):
    """The form fields beside the part ``file``."""

    kind = choice(ImportKind, _("导入什么"))
    dry_run = flag(_("只检查，不导入"))


@route(
    "POST",
    "/imports",
    policy=IMPORTERS,
    summary=_("上传 CSV 或 XLSX 文件（multipart/form-data，文件在 file 中）"),
    tag="imports",
    body=NewImport,
    answer=ImportView,
    status=202,
    creates=True,
    upload=True,
    most=10 * MEGABYTE,
)
def start_import(call: Call) -> ImportView:
    wanted = load(NewImport, call.request.form.to_dict())
    file = call.request.files.get("file")
    if file is None:
        raise invalid((("file", _("请选择文件")),))
    started = call.ask(StartImport(filename=file.filename or "", content=file.read(), **wanted))
    call.headers["Location"] = f"/api/v1/imports/{started.import_id}"
    return started


@route(
    "GET",
    "/imports",
    policy=IMPORTERS,
    summary=_("最近的导入"),
    tag="imports",
    query=Paged,
    answer=Page[ImportView],
)
def list_imports(call: Call) -> Page[ImportView]:
    return call.ask(ListImports(**call.query))


@route(
    "GET",
    "/imports/{import_id}",
    policy=IMPORTERS,
    summary=_("导入的进度和错误"),
    tag="imports",
    answer=ImportView,
)
def get_import(call: Call) -> ImportView:
    return call.ask(GetImport(**call.path))
