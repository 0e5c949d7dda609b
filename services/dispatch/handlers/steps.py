"""The way of every step: load, decide, save guarded, tell. Whoever loses the race looks again and decides anew."""

from __future__ import annotations

from collections.abc import Callable

from services.dispatch.contracts import HandKind, Slug, TaskView
from services.dispatch.domain.lapses import lapse_of
from services.dispatch.domain.standing import By, may_see, stands
from services.dispatch.domain.task import Change, Hand, Task
from services.dispatch.handlers.views import view_of
from services.dispatch.store import assignments, hands, lapses, tasks, teams
from services.kit.outcomes import Refused
from services.kit.work import Work


def take_step(work: Work, find: Callable[[], Task], decide: Callable[[Task, By], Change]) -> TaskView:
    """Take one step on one task. ``find`` is called again when somebody else changed the task meanwhile; each round
    means that another's step went through, and the decision refuses when that leaves nothing to do.
    """
    hand = own_hand(work)
    while True:
        task = find()
        change = decide(task, standing_on(work, task, hand))
        if settle(work, change):
            return view_of(change.outcome, work.actor, hand, work.now)


def standing_on(work: Work, task: Task, hand: Hand | None) -> By:
    """How the asker stands to the task. Refused (404): a private one of which they may not know, since any other refusal
    would say how far it has come.
    """
    by = stands(task, work.actor, hand)
    if task.private and not may_see(task, work.actor, by):
        raise _unknown("task_id")
    return by


def settle(work: Work, change: Change) -> bool:
    """Write a decided step and tell of it; False if the task is no longer what the decision saw."""
    if not tasks.save(work.db, change.before, change.after):
        return False
    assignments.follow(work.db, change)
    lapse = lapse_of(change)
    if lapse is not None:
        lapses.note(work.db, lapse)
    after = change.after
    work.outbox.append(
        change.event, aggregate=f"task:{after.task_id}", sequence=after.sequence, at=after.changed_at
    )
    return change.then is None or settle(work, change.then)


def both(work: Work, first: Callable[[], Task], second: Callable[[], Task]) -> tuple[Task, Task]:
    """Two tasks, locked; looked for again if a merger changed which ones they are before they were locked."""
    while True:
        wanted = {first().task_id, second().task_id}
        tasks.lock(work.db, wanted)
        pair = first(), second()
        if {task.task_id for task in pair} == wanted:
            return pair


def own_hand(work: Work) -> Hand | None:
    """The asker's entry among the members, as long as the asker has the role of one."""
    if not work.actor.nodes_of("member"):
        return None
    return hands.hand_by_id(work.db, HandKind.MEMBER, work.actor.id)


def hand_named(work: Work, kind: HandKind, hand_id: str, field: str) -> Hand:
    """The hand that a request names; refused by ``field`` if there is none."""
    found = teams.team_by_id(work.db, hand_id) if kind is HandKind.TEAM else None
    hand = found or hands.hand_by_id(work.db, kind, hand_id)
    if hand is None:
        message = "没有找到这位党员、这个单位或团组；如果刚刚报到，请稍候再试"
        raise Refused(Slug.NO_SUCH_HAND, message, status=422, field=field)
    return hand


def of_task(work: Work, task_id: str) -> Callable[[], Task]:
    return lambda: known(tasks.task_by_id(work.db, task_id), "task_id")


def of_order(work: Work, order_id: str) -> Callable[[], Task]:
    """The task that speaks for the order now."""
    return lambda: known(tasks.task_of_order(work.db, order_id), "order_id")


def own_of_order(work: Work, order_id: str) -> Callable[[], Task]:
    """The task made of the order itself: what is decided about this order alone."""
    return lambda: known(tasks.own_task_of_order(work.db, order_id), "order_id")


def known(task: Task | None, field: str) -> Task:
    if task is None:
        raise _unknown(field)
    return task


def _unknown(field: str) -> Refused:
    message = "没有找到这个任务；如果刚刚点单，请稍候再试"
    return Refused(Slug.NO_SUCH_TASK, message, status=404, field=field)
