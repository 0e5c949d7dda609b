"""Bounds on grabbing: looking at them, setting them, and holding a grab to them."""

from __future__ import annotations

from services.dispatch.contracts import GetGrabLimits, GrabLimitsView, SetGrabLimits, UnsetGrabLimits
from services.dispatch.domain import grabbing, rules
from services.dispatch.domain.grabbing import UNLIMITED, GrabLimits
from services.dispatch.domain.task import Task
from services.dispatch.store import limits
from services.dispatch.store.limits import SetLimits
from services.kit.work import Work

MOST_TASKS = 1000
LONGEST_MINUTES = 30 * 24 * 60
BOUNDS = {
    "most_in_hand": (1, MOST_TASKS),
    "most_a_day": (1, MOST_TASKS),
    "cool_down_minutes": (1, LONGEST_MINUTES),
    "hold_minutes": (1, LONGEST_MINUTES),
    "free_minutes": (0, LONGEST_MINUTES),
}


def get_grab_limits(work: Work, ask: GetGrabLimits) -> GrabLimitsView:
    return _view(rules.place(ask.node), limits.limits_at(work.db, ask.node))


def set_grab_limits(work: Work, ask: SetGrabLimits) -> GrabLimitsView:
    rules.check_setting(work.actor, ask.node)
    rules.check_bounds(ask, BOUNDS)
    told = GrabLimits(node=ask.node, **{name: getattr(ask, name) for name in BOUNDS})
    limits.keep(work.db, SetLimits(told, work.actor.id, work.now))
    return _view(ask.node, limits.limits_at(work.db, ask.node))


def unset_grab_limits(work: Work, ask: UnsetGrabLimits) -> GrabLimitsView:
    rules.check_setting(work.actor, ask.node)
    if not limits.drop(work.db, ask.node):
        raise rules.no_such_rule()
    return _view(ask.node, limits.limits_at(work.db, ask.node))


def limits_for(work: Work, task: Task) -> GrabLimits:
    """What bounds a grab of the task: the rule of the place where it is."""
    found = limits.limits_at(work.db, task.community_code)
    return found.limits if found else UNLIMITED


def hold_to(work: Work, bound: GrabLimits) -> None:
    """Refused (409, grab-limit) where the asker has grabbed enough. From here to the commit nobody grabs beside them."""
    if grabbing.bounds(bound):
        record = limits.record_of(work.db, work.actor.id, grabbing.day_begins(work.now))
        grabbing.check(bound, record, work.now)


def _view(node: str, found: SetLimits | None) -> GrabLimitsView:
    bound = found.limits if found else UNLIMITED
    return GrabLimitsView(
        node=node,
        set_at_node=found.limits.node if found else None,
        most_in_hand=bound.most_in_hand,
        most_a_day=bound.most_a_day,
        cool_down_minutes=bound.cool_down_minutes,
        hold_minutes=bound.hold_minutes,
        free_minutes=bound.free_minutes,
        set_by=found.set_by if found else None,
        set_at=found.set_at if found else None,
    )
