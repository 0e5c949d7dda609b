"""The three lists of orders, tasks and results: pages over the same orders as the figures, each line with its links."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, or_, true

from services.dispatch.contracts import State
from services.evaluation import store
from services.evaluation.contracts import (
    ProblemEntry,
    ProblemList,
    ResultEntry,
    ResultList,
    Slug,
    TaskEntry,
    TaskList,
)
from services.evaluation.domain.facts import OrderFacts
from services.evaluation.domain.lists import RESULTS, problem_of, result_of, task_of
from services.evaluation.handlers.figures import readable_scope
from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.work import Work

STATE = store.ORDERS.c.state
UNREGISTERED = (State.COLLECTED, State.REFUSED, State.MERGED)


def problem_list(work: Work, ask: ProblemList) -> Page[ProblemEntry]:
    scope, limit = readable_scope(work, ask.node, ask.since, ask.until), bounded(ask.limit)
    found = _orders(work, scope, true(), _rest(work, ask), limit + 1)
    tasks = store.tasks_merged_into(work.db, found, scope.period.end)
    entries = [problem_of(facts, tasks) for facts in found]
    return page_of(
        entries, limit, key=lambda entry: (entry.collected_at, entry.order_id), view=lambda entry: entry
    )


def task_list(work: Work, ask: TaskList) -> Page[TaskEntry]:
    scope, limit = readable_scope(work, ask.node, ask.since, ask.until), bounded(ask.limit)
    registered = STATE.not_in(UNREGISTERED)
    found = _orders(work, scope, registered, _rest(work, ask), limit + 1)
    task_ids = [facts.steps[-1].task_id for facts in found]
    merged = store.orders_merged_into(work.db, task_ids, scope.period.end)
    lines = [
        (facts.order.collected_at, task_of(facts, merged.get(task_id, ())))
        for facts, task_id in zip(found, task_ids, strict=True)
    ]
    return page_of(lines, limit, key=lambda line: (line[0], line[1].order_ids[0]), view=lambda line: line[1])


def result_list(work: Work, ask: ResultList) -> Page[ResultEntry]:
    """Whether a merged order has a result, its task says; so orders are looked at until the page is full."""
    scope, limit = readable_scope(work, ask.node, ask.since, ask.until), bounded(ask.limit)
    rest = _rest(work, ask)
    lines: list[tuple[datetime, ResultEntry]] = []
    while len(lines) <= limit:
        found = _orders(work, scope, or_(STATE.in_(RESULTS), STATE == State.MERGED), rest, limit + 1)
        if not found:
            break
        tasks = store.tasks_merged_into(work.db, found, scope.period.end)
        lines += [(facts.order.collected_at, entry) for facts in found if (entry := result_of(facts, tasks))]
        rest = store.Rest(after=(found[-1].order.collected_at, found[-1].order.order_id))
    return page_of(lines, limit, key=lambda line: (line[0], line[1].order_id), view=lambda line: line[1])


def _rest(work: Work, ask: ProblemList | TaskList | ResultList) -> store.Rest:
    """Which part of the list is asked for. Refused: no-such-order (404, field line)."""
    if ask.line is None or ask.cursor is not None:
        return store.Rest(after=decode_moment_cursor(ask.cursor))
    found = (store.line_of_task if isinstance(ask, TaskList) else store.line_of_order)(work.db, ask.line)
    if found is None:
        raise Refused(Slug.NO_SUCH_ORDER, "没有这一条", status=404, field="line")
    return store.Rest(since=found)


def _orders(
    work: Work,
    scope: store.Scope,
    condition: ColumnElement[bool],
    rest: store.Rest,
    limit: int,
) -> list[OrderFacts]:
    """Those for which ``condition`` holds, newest first, with what was known of them at the period's end."""
    rows = store.list_behind(
        work.db, scope, store.ORDERS, condition, after=rest.after, since=rest.since, limit=limit
    )
    known = store.facts_at(work.db, [order_id for order_id, _, _ in rows], scope.period.end)
    return [known[order_id] for order_id, _, _ in rows]
