"""Points: every entry of a member's or a unit's ledger, and their sum; also as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Paged, Request, day
from gateway.policies import ACCOUNTS
from gateway.routing import route
from gateway.web.duty_words import POINT_RULES
from gateway.web.labels import moment
from gateway.words import _
from services.evaluation.contracts import Ledger, LedgerEntry, LedgerView
from services.kit.writing import write_csv

COLUMNS = (_("时间"), _("事项"), _("分值"), _("规则版本"), _("点单编号"), _("分录编号"))
AT_ONCE = 200


class Span(Request):
    since = day(_("从哪天（含）"))
    until = day(_("到哪天（含）"))


class LedgerQuery(Paged, Span):
    """The entries of some days, a page at a time."""


@route(
    "GET",
    "/members/{member_id}/points",
    policy=ACCOUNTS,
    summary=_("党员积分明细"),
    tag="points",
    query=LedgerQuery,
    answer=LedgerView,
)
def member_points(call: Call) -> LedgerView:
    return call.ask(Ledger(holder_id=call.path["member_id"], **call.query))


@route(
    "GET",
    "/units/{unit_id}/points",
    policy=ACCOUNTS,
    summary=_("单位积分明细"),
    tag="points",
    query=LedgerQuery,
    answer=LedgerView,
)
def unit_points(call: Call) -> LedgerView:
    return call.ask(Ledger(holder_id=call.path["unit_id"], **call.query))


@route(
    "GET",
    "/members/{member_id}/points.csv",
    policy=ACCOUNTS,
    summary=_("党员积分明细，CSV 文件"),
    tag="points",
    query=Span,
    answer=bytes,
)
def member_points_file(call: Call) -> Response:
    return points_file(call, call.path["member_id"])


def points_file(call: Call, holder_id: str) -> Response:
    """The whole file is made before the first byte is sent: half a ledger would look like a whole one."""
    file = write_csv(_rows(call, holder_id))
    response = Response(file.read(), content_type="text/csv; charset=utf-8")
    file.close()
    response.headers["Content-Disposition"] = 'attachment; filename="points.csv"'
    return response


def _rows(call: Call, holder_id: str) -> Iterator[Sequence[str]]:
    """The header, then all entries of the days asked for."""
    yield [str(column) for column in COLUMNS]
    span = {name: call.query.get(name) for name in ("since", "until")}
    cursor: str | None = None
    while True:
        found = call.ask(Ledger(holder_id=holder_id, cursor=cursor, limit=AT_ONCE, **span)).entries
        yield from (_row(entry) for entry in found.items)
        cursor = found.next
        if cursor is None:
            return


def _row(entry: LedgerEntry) -> Sequence[str]:
    return (
        moment(entry.at),
        str(POINT_RULES.get(entry.rule, entry.rule)),
        str(entry.points),
        str(entry.rule_version),
        entry.order_id or "",
        entry.entry_id,
    )
