"""Promised times: looking at them, setting them, and what holds for a place."""

from __future__ import annotations

from services.dispatch.contracts import (
    GetPromisedTimes,
    PromisedTimesView,
    SetPromisedTimes,
    UnsetPromisedTimes,
)
from services.dispatch.domain import promised_times as promising
from services.dispatch.domain import rules
from services.dispatch.domain.promised_times import USUAL, Promises
from services.dispatch.domain.wording import invalid
from services.dispatch.store import categories, promised_times
from services.dispatch.store.promised_times import SetLines
from services.kit.work import Work


def get_promised_times(work: Work, ask: GetPromisedTimes) -> PromisedTimesView:
    return _view(work, rules.place(ask.node))


def set_promised_times(work: Work, ask: SetPromisedTimes) -> PromisedTimesView:
    rules.check_setting(work.actor, ask.node)
    for field, message in promising.faults(ask.lines, categories.kinds(work.db)):
        raise invalid(field, message)
    promised_times.keep(
        work.db, SetLines(node=ask.node, lines=ask.lines, set_by=work.actor.id, set_at=work.now)
    )
    return _view(work, ask.node)


def unset_promised_times(work: Work, ask: UnsetPromisedTimes) -> PromisedTimesView:
    rules.check_setting(work.actor, ask.node)
    if not promised_times.drop(work.db, ask.node):
        raise rules.no_such_rule()
    return _view(work, ask.node)


def promises_at(work: Work, community_code: str) -> Promises:
    """What is promised in a community."""
    found = promised_times.lines_at(work.db, community_code)
    return Promises(found.lines) if found else USUAL


def _view(work: Work, node: str) -> PromisedTimesView:
    found = promised_times.lines_at(work.db, node)
    return PromisedTimesView(
        node=node,
        set_at_node=found.node if found else None,
        lines=found.lines if found else (),
        set_by=found.set_by if found else None,
        set_at=found.set_at if found else None,
    )
