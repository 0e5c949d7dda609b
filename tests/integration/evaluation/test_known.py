"""What is known of each order is kept beside the facts, and never says anything but what they say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, text

from services.evaluation import handlers
from services.evaluation.contracts import Figures
from services.evaluation.store.tables import orders_known
from services.kit.actor import VISITOR
from services.kit.db import Database
from services.kit.work import begin
from tests.integration.evaluation.histories import quarter
from tests.integration.evaluation.telling import START, ask

AFTERWARDS = START + timedelta(days=365)
DAYS = (date(2026, 4, 15), None)


def known(database: Database) -> Sequence[Any]:
    with database.transaction() as db:
        return db.execute(select(orders_known).order_by(orders_known.c.order_id)).all()


def test_what_a_former_version_heard_is_caught_up_with(database: Database) -> None:
    quarter(2).happen(database)
    kept = known(database)
    shown = [ask(database, handlers.figures, Figures(until=day), VISITOR, AFTERWARDS) for day in DAYS]
    with database.transaction() as db:
        db.execute(
            text("UPDATE orders_known SET last_at = 'infinity', state = 'closed', calls = 9, facts = -1")
        )

    for caught_up in (False, True):
        for day, told in zip(DAYS, shown, strict=True):
            assert ask(database, handlers.figures, Figures(until=day), VISITOR, AFTERWARDS) == told
        if not caught_up:
            with begin(database, service="evaluation", now=AFTERWARDS) as work:
                assert handlers.catch_up(work) is False
    assert known(database) == kept


def test_an_order_that_a_former_version_took_in_is_found(database: Database) -> None:
    quarter(2).happen(database)
    kept = known(database)
    with database.transaction() as db:
        db.execute(text("DELETE FROM orders_known WHERE order_id IN (SELECT order_id FROM orders LIMIT 20)"))

    with begin(database, service="evaluation", now=AFTERWARDS) as work:
        handlers.catch_up(work)

    assert known(database) == kept
