"""Registers as CSV or XLSX files, in the columns in which they are imported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, choice, text
from gateway.parsing import one_of
from gateway.policies import ACCOUNTS
from gateway.routing import route
from gateway.words import _
from services.kit.writing import write_csv, write_xlsx
from services.members.contracts import ExportRows, ImportKind

PIECE = 64 * 1024
AT_ONCE = 500


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WRITERS = {Format.CSV: write_csv, Format.XLSX: write_xlsx}


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
    """The whole file is made before the first byte is sent: half a register would look like a whole one."""
    kind = one_of(ImportKind, call.path["kind"], "kind")
    made = call.query.get("format") or Format.CSV
    file = WRITERS[made](_rows(call, kind, call.query.get("node") or ""))
    response = Response(iter(lambda: file.read(PIECE), b""), content_type=TYPES[made])
    response.call_on_close(file.close)
    response.headers["Content-Disposition"] = f'attachment; filename="{kind}.{made}"'
    return response


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
