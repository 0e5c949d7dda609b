"""Registers as CSV or XLSX files, in the columns in which they are imported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, choice, text
from gateway.parsing import one_of
from gateway.policies import ACCOUNTS
from gateway.routing import route
from gateway.tables import Format, as_file
from gateway.words import _
from services.members.contracts import ExportRows, ImportKind

AT_ONCE = 500


class ExportQuery(Request):
    node = text(_("只要这个地方（区划代码）及其下级"), most=21, required=False)
    format = choice(Format, _("文件格式，默认 csv"), required=False)


@route(
    "GET",
    "/exports/{kind}",
    policy=ACCOUNTS,
    summary=_("把名册导出为文件：您能看到的行，列与导入相同，手机号打码；改后可以再导入"),
    tag="imports",
    query=ExportQuery,
    answer=bytes,
)
def export_register(call: Call) -> Response:
    kind = one_of(ImportKind, call.path["kind"], "kind")
    rows = _rows(call, kind, call.query.get("node") or "")
    return as_file(rows, kind, call.query.get("format") or Format.CSV)


def _rows(call: Call, kind: ImportKind, node: str) -> Iterator[Sequence[str]]:
    """The header, then all pages."""
    cursor: str | None = None
    while True:
        page = call.ask(ExportRows(kind=kind, node=node, cursor=cursor, limit=AT_ONCE))
        if cursor is None:
            yield page.columns
        yield from page.rows
        cursor = page.next
        if cursor is None:
            return
