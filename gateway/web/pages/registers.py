"""Taking registers in from files: choose, check, look at the bad cells, enter; and watching how far it has come."""

from __future__ import annotations

from dataclasses import replace

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Paged
from gateway.policies import IMPORTERS
from gateway.problems import Problem, invalid
from gateway.routes.imports import NewImport
from gateway.routing import MEGABYTE, page
from gateway.tables import Format
from gateway.web.forms import check, errors_of, onward, typed
from gateway.web.render import show
from gateway.words import _
from services.kit.ids import new_id
from services.kit.outcomes import Refused
from services.members.contracts import GetImport, ImportKind, ListImports, StartImport

HERE = "/operations/registers"
UNDER_WAY = {"checking", "applying"}
AT_ONCE = 20

KINDS = {
    ImportKind.DIVISIONS: _("区划（区、街道、社区）"),
    ImportKind.QUARTERS: _("小区"),
    ImportKind.GRIDS: _("网格"),
    ImportKind.BUILDING_GROUPS: _("楼栋党小组"),
    ImportKind.HOUSEHOLD_CENTRES: _("党员中心户"),
    ImportKind.UNITS: _("单位"),
    ImportKind.MEMBERS: _("党员"),
    ImportKind.RESPONSIBILITIES: _("三级包联责任"),
}
STATES = {
    "checking": _("正在检查"),
    "applying": _("正在写入"),
    "done": _("完成"),
    "rejected": _("有错，未改动任何数据"),
}


@page("GET", HERE, policy=IMPORTERS, summary=_("名册：导入和导出"), query=Paged)
def registers(call: Call) -> Response:
    return _show(call)


@page("POST", HERE, policy=IMPORTERS, summary=_("上传名册"), most=10 * MEGABYTE)
def take_in(call: Call) -> Response:
    given = typed(call)
    try:
        wanted = check(NewImport, given)
        file = call.request.files.get("file")
        if file is None or not file.filename:
            raise invalid((("file", _("请选择文件")),))
        asked = StartImport(filename=file.filename, content=file.read(), **wanted)
        started = replace(call, key=given.get("key")).ask(asked)
    except Problem as problem:
        return _show(call, status=problem.status, given=given, errors=errors_of(problem))
    except Refused as refused:
        field = "file" if refused.field == "content" else refused.field or "file"
        return _show(call, status=refused.status, given=given, errors={field: refused.message})
    return onward(f"{HERE}/{started.import_id}")


@page("GET", f"{HERE}/{{import_id}}", policy=IMPORTERS, summary=_("一次导入的进度和错误"))
def register(call: Call) -> Response:
    found = call.ask(GetImport(import_id=call.path["import_id"]))
    return show(
        call,
        "register.html",
        import_=found,
        kinds=KINDS,
        states=STATES,
        under_way=found.state in UNDER_WAY,
        own=HERE,
    )


def _show(
    call: Call,
    *,
    status: int = 200,
    given: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    return show(
        call,
        "registers.html",
        status=status,
        kinds=KINDS,
        states=STATES,
        formats=Format,
        imports=call.ask(ListImports(cursor=call.query.get("cursor"), limit=AT_ONCE)),
        given=given or {"dry_run": "true"},
        errors=errors or {},
        key=new_id(),
        own=HERE,
    )
