"""Last resorts: looking at them, setting them, and what holds for a task."""

from __future__ import annotations

from services.dispatch.contracts import GetLastResort, LastResortView, SetLastResort, UnsetLastResort
from services.dispatch.domain import rules
from services.dispatch.domain.escalating import USUAL, LastResort
from services.dispatch.domain.offering import LONGEST_HOLD_MINUTES
from services.dispatch.domain.task import Task
from services.dispatch.domain.wording import invalid
from services.dispatch.handlers.steps import hand_named
from services.dispatch.store import hands, resorts
from services.dispatch.store.resorts import SetResort
from services.kit.work import Work

MOST_RETURNS = 20


def get_last_resort(work: Work, ask: GetLastResort) -> LastResortView:
    return _view(work, rules.place(ask.node))


def set_last_resort(work: Work, ask: SetLastResort) -> LastResortView:
    rules.check_setting(work.actor, ask.node)
    if not 1 <= ask.most_returns <= MOST_RETURNS:
        raise invalid("most_returns", f"应在 1 到 {MOST_RETURNS} 之间")
    if not 1 <= ask.hold_minutes <= LONGEST_HOLD_MINUTES:
        raise invalid("hold_minutes", "等候时间须在 1 分钟到 30 天之间")
    if (ask.hand_kind is None) != (ask.hand_id is None):
        raise invalid("hand_id", "兜底的党员或单位须同时填写类型和编号")
    if ask.hand_kind is not None and ask.hand_id is not None:
        hand_named(work, ask.hand_kind, ask.hand_id, "hand_id")
    resorts.keep(
        work.db,
        SetResort(
            node=ask.node,
            most_returns=ask.most_returns,
            hand_kind=ask.hand_kind,
            hand_id=ask.hand_id,
            hold_minutes=ask.hold_minutes,
            set_by=work.actor.id,
            set_at=work.now,
        ),
    )
    return _view(work, ask.node)


def unset_last_resort(work: Work, ask: UnsetLastResort) -> LastResortView:
    rules.check_setting(work.actor, ask.node)
    if not resorts.drop(work.db, ask.node):
        raise rules.no_such_rule()
    return _view(work, ask.node)


def last_resort_of(work: Work, task: Task) -> LastResort:
    """What holds where the task is. Whom the rule names and nobody knows any more is not asked."""
    found = resorts.resort_at(work.db, task.community_code)
    if found is None:
        return USUAL
    owner = None
    if found.hand_kind is not None and found.hand_id is not None:
        owner = hands.hand_by_id(work.db, found.hand_kind, found.hand_id)
    return LastResort(most_returns=found.most_returns, owner=owner, hold_minutes=found.hold_minutes)


def _view(work: Work, node: str) -> LastResortView:
    found = resorts.resort_at(work.db, node)
    return LastResortView(
        node=node,
        set_at_node=found.node if found else None,
        most_returns=found.most_returns if found else USUAL.most_returns,
        hand_kind=found.hand_kind if found else None,
        hand_id=found.hand_id if found else None,
        hold_minutes=found.hold_minutes if found else USUAL.hold_minutes,
        set_by=found.set_by if found else None,
        set_at=found.set_at if found else None,
    )
