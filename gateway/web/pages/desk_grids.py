"""How the place is covered: grids that are too full or empty, and places for which nobody answers."""

from __future__ import annotations

from urllib.parse import urlencode

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, text
from gateway.policies import WORDS_READERS
from gateway.routing import page
from gateway.web.desk_places import desk_nodes, node_of
from gateway.web.render import show
from gateway.words import _
from services.kit.outcomes import Refused
from services.members.contracts import CountResponsibilities, GridReport, Level, ListUncovered, UncoveredPlace

GAPS = (Level.COMMUNITY, Level.QUARTER, Level.GRID)
AT_MOST = 30
PER_PAGE = 50


class GridsQuery(Request):
    node = text(_("地方"), most=20, required=False)
    cursor = text(_("翻页标记"), most=500, required=False)


@page("GET", "/desk/grids", policy=WORDS_READERS, summary=_("网格规模和包联空缺"), query=GridsQuery)
def desk_grids(call: Call) -> Response:
    nodes = desk_nodes(call)
    node = node_of(call, nodes)
    problem, report = "", None
    try:
        report = call.ask(GridReport(node=node, cursor=call.query.get("cursor"), limit=PER_PAGE))
    except Refused as refused:
        problem = refused.message
    gaps = {level: _uncovered(call, node, level) for level in GAPS}
    return show(
        call,
        "desk_grids.html",
        nodes=nodes,
        node=node,
        report=report,
        problem=problem,
        covered=call.ask(CountResponsibilities(node=node)),
        gaps={level: found for level, found in gaps.items() if found},
        more=f"/desk/grids?{urlencode({'node': node, 'cursor': report.next})}"
        if report and report.next
        else "",
    )


def _uncovered(call: Call, node: str, level: Level) -> tuple[UncoveredPlace, ...]:
    return call.ask(ListUncovered(level=level, node=node, limit=AT_MOST)).items
