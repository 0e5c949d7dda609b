"""Whatever the order of delivery, and however often: the facts, the figures and the ledger are the same."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import text

from services.dispatch.contracts import TaskRegistered
from services.evaluation import store
from services.evaluation.domain import points
from services.evaluation.domain.points import Account
from services.evaluation.handlers.steps import step_of
from services.evaluation.store import metadata
from services.kit.db import Database
from services.kit.outcomes import Refused, Retry
from services.kit.testing import empty
from tests.integration.evaluation.histories import FOLLOWED_UP_IN, History, Word, quarter
from tests.integration.evaluation.telling import TaskTeller, Told, published, tell

STEPS = "SELECT * FROM order_steps ORDER BY order_id, sequence, kind"
HANDS = "SELECT * FROM check_ins ORDER BY member_id, sequence"
UNITS = "SELECT * FROM units ORDER BY unit_id"
WORTH = (
    "SELECT order_id, holder_kind, holder_id, rule, sum(points) AS points FROM ledger"
    " GROUP BY order_id, holder_kind, holder_id, rule HAVING sum(points) <> 0 ORDER BY 1, 2, 3, 4"
)


def rows(database: Database, query: str) -> list[tuple[object, ...]]:
    with database.transaction() as db:
        return [tuple(row) for row in db.execute(text(query))]


def one_word_each(history: History) -> History:
    """The last word of each kind on each order that ended in work: it may be said whenever the work is known."""
    ended = {
        told.body.order_ids[0]: told.body.state for told in history.told if told.type.startswith("dispatch.")
    }
    worked = [word for word in history.words if ended[word.request.order_id] in FOLLOWED_UP_IN]
    last = {(word.request.order_id, type(word.request)): word for word in worked}
    return History(told=history.told, words=list(last.values()))


def deliver_shuffled(database: Database, history: History, seed: int) -> None:
    """Everything in any order, events twice; what must wait for something earlier is tried again later."""
    waiting: list[Told | Word] = [*history.told, *history.told, *history.words]
    random.Random(seed).shuffle(waiting)
    while waiting:
        put_off = [what for what in waiting if not _delivered(database, what)]
        assert len(put_off) < len(waiting)
        waiting = put_off


def _delivered(database: Database, what: Told | Word) -> bool:
    try:
        if isinstance(what, Word):
            what.say(database)
        else:
            tell(database, what)
    except (Retry, Refused):
        return False
    return True


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_any_order_of_delivery_gives_the_same_facts(database: Database, seed: int) -> None:
    history = one_word_each(quarter(seed, orders=15))
    history.happen(database)
    in_order = [rows(database, query) for query in (STEPS, HANDS, UNITS, WORTH)]
    empty(database, metadata)

    deliver_shuffled(database, history, seed)

    assert [rows(database, query) for query in (STEPS, HANDS, UNITS, WORTH)] == in_order
    assert all(in_order)


@pytest.mark.parametrize("seed", [21, 22])
def test_the_ledger_is_what_the_events_are_worth(database: Database, seed: int) -> None:
    history = quarter(seed)
    history.happen(database)

    owed: Counter[Account] = Counter()
    with database.transaction() as db:
        for order_id in {word.request.order_id for word in history.words} | _orders_of(history):
            known = store.facts_of(db, order_id)
            assert known is not None
            told = (step_of(one) for one in history.told if one.aggregate == f"task:task-of-{order_id}")
            recomputed = replace(known, steps=tuple(told))
            owed.update(points.due(recomputed))
    booked = rows(
        database,
        "SELECT holder_kind, holder_id, rule, rule_version, sum(points) FROM ledger GROUP BY 1, 2, 3, 4",
    )

    assert {Account(*account): total for *account, total in booked if total} == {  # type: ignore[arg-type]
        account: total for account, total in owed.items() if total
    }


def _orders_of(history: History) -> set[str]:
    return {told.body.order_ids[0] for told in history.told if told.type.startswith("dispatch.")}


def test_every_entry_is_told_once_and_counted_by_its_holder(database: Database) -> None:
    quarter(31).happen(database)

    told = [event for event in published(database) if event["type"] == "evaluation.points_awarded"]
    entries = rows(database, "SELECT entry_id, holder_id, sequence FROM ledger")

    assert sorted(
        (event["body"]["entry_id"], event["aggregate"], event["sequence"]) for event in told
    ) == sorted((entry, f"ledger:{holder}", sequence) for entry, holder, sequence in entries)
    for holder in {holder for _, holder, _ in entries}:
        counted = sorted(sequence for _, owner, sequence in entries if owner == holder)  # type: ignore[type-var]
        assert counted == list(range(1, len(counted) + 1))


def test_a_step_of_an_unknown_order_waits(database: Database) -> None:
    task = TaskTeller()
    collected, registered = task.collected(), task.then(TaskRegistered)

    with pytest.raises(Retry):
        tell(database, registered)
    assert rows(database, STEPS) == []

    tell(database, collected, registered)
    assert len(rows(database, STEPS)) == 1


def test_events_of_many_orders_at_once_neither_deadlock_nor_double(database: Database) -> None:
    """All orders pay the same few holders; four workers at a time."""
    history = one_word_each(quarter(41, orders=20))
    for told in history.told:
        if not told.type.startswith("dispatch."):
            tell(database, told)
    steps = [told for told in history.told if told.type.startswith("dispatch.")]
    random.Random(41).shuffle(steps)

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda told: tell(database, told), steps + steps[:50]))
    for word in history.words:
        word.say(database)
    together = rows(database, WORTH)
    empty(database, metadata)
    history.happen(database)

    assert together == rows(database, WORTH)
