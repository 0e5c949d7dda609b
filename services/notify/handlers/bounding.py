"""How often and when people of a place may be told: looking at it, setting it, taking it back."""

from __future__ import annotations

from services.kit.outcomes import Refused, invalid
from services.kit.work import Work
from services.notify.contracts import GetTellBounds, SetTellBounds, Slug, TellBoundsView, UnsetTellBounds
from services.notify.domain.places import check_holds, node_of
from services.notify.domain.quiet import quiet_hours, spoken
from services.notify.domain.releasing import USUAL, Bounds
from services.notify.store import bounds
from services.notify.store.bounds import SetBounds

SETTERS = ("supervisor", "operator")
MOST = 1000


def get_tell_bounds(work: Work, ask: GetTellBounds) -> TellBoundsView:
    return _view(work, node_of(ask.node))


def set_tell_bounds(work: Work, ask: SetTellBounds) -> TellBoundsView:
    check_holds(work.actor, ask.node, *SETTERS)
    for field, value in (("most_a_day", ask.most_a_day), ("most_a_week", ask.most_a_week)):
        if value is not None and not 0 <= value <= MOST:
            raise invalid(field, f"应在 0 到 {MOST} 之间")
    told = Bounds(
        most_a_day=ask.most_a_day,
        most_a_week=ask.most_a_week,
        quiet=quiet_hours(ask.quiet_from, ask.quiet_until),
    )
    bounds.keep(work.db, SetBounds(ask.node, told, work.actor.id, work.now))
    return _view(work, ask.node)


def unset_tell_bounds(work: Work, ask: UnsetTellBounds) -> TellBoundsView:
    check_holds(work.actor, ask.node, *SETTERS)
    if not bounds.drop(work.db, ask.node):
        raise Refused(Slug.NO_SUCH_RULE, "这个地方没有另行设置，沿用上级的规则", status=404, field="node")
    return _view(work, ask.node)


def _view(work: Work, node: str) -> TellBoundsView:
    found = bounds.bounds_at(work.db, node)
    held = found.bounds if found else USUAL
    quiet_from, quiet_until = spoken(held.quiet)
    return TellBoundsView(
        node=node,
        set_at_node=found.node if found else None,
        most_a_day=held.most_a_day,
        most_a_week=held.most_a_week,
        quiet_from=quiet_from,
        quiet_until=quiet_until,
        set_by=found.set_by if found else None,
        set_at=found.set_at if found else None,
    )
