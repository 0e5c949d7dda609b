"""How the grids are cut, for those who answer for them."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Paged, choice, text, whole
from gateway.policies import SURVEYORS
from gateway.routing import route
from gateway.words import _
from services.members.contracts import GridReport, GridReportView, GridSize


class GridQuery(Paged):
    node = text(_("哪个地方（区划代码）及其下级"), most=21)
    over = whole(_("多于多少人算过大，默认 900"), least=1, most=1_000_000)
    under = whole(_("少于多少人算过小，默认 300"), least=0, most=1_000_000)
    size = choice(GridSize, _("只看这一种"), required=False)


@route(
    "GET",
    "/grids/report",
    policy=SURVEYORS,
    summary=_("网格规模：过大、过小、无人和未填人数的网格"),
    tag="nodes",
    query=GridQuery,
    answer=GridReportView,
)
def grid_report(call: Call) -> GridReportView:
    return call.ask(GridReport(**call.query))
