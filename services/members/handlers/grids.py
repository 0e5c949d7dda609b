"""How the grids are cut."""

from __future__ import annotations

from services.kit.paging import bounded, decode_cursor, encode_cursor
from services.kit.work import Work
from services.members.contracts import GridReport, GridReportView, GridSize
from services.members.domain.authority import check_surveying
from services.members.domain.sizes import check_bounds
from services.members.store import grids


def grid_report(work: Work, ask: GridReport) -> GridReportView:
    """How many grids fit, and a page of those that do not."""
    check_surveying(work.actor, ask.node)
    check_bounds(ask.over, ask.under)
    limit = bounded(ask.limit)
    after = decode_cursor(ask.cursor, 1)[0] if ask.cursor is not None else None
    counted = grids.count(work.db, ask.node, over=ask.over, under=ask.under)
    found = grids.odd(
        work.db, ask.node, over=ask.over, under=ask.under, only=ask.size, after=after, limit=limit + 1
    )
    shown = found[:limit]
    return GridReportView(
        grids=sum(counted.values()),
        overfull=counted[GridSize.OVERFULL],
        underfull=counted[GridSize.UNDERFULL],
        empty=counted[GridSize.EMPTY],
        unstated=counted[GridSize.UNSTATED],
        fitting=counted[GridSize.FITTING],
        communities_without_grids=grids.communities_without(work.db, ask.node),
        items=shown,
        next=encode_cursor(shown[-1].code) if len(found) > limit else None,
    )
