"""Open orders by age and orders by hour: every cell counts what its list holds, by the city's days and clock."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from services.dispatch.contracts import State
from services.evaluation import handlers
from services.evaluation.contracts import AGES, IntakeByHour, OpenByAge, OrdersInCell, Slug
from services.kit.actor import VISITOR
from services.kit.db import Database
from services.kit.outcomes import Refused
from tests.integration.evaluation.histories import EVALUATOR
from tests.integration.evaluation.telling import START, TO_CLOSED, TaskTeller, ask, tell

AFTERWARDS = START + timedelta(days=365)
SCOPE: dict[str, Any] = {"node": "52", "until": date(2026, 4, 20)}


def ids(database: Database, **cell: Any) -> tuple[str, ...]:
    asked = OrdersInCell(**{**SCOPE, **cell}, limit=200)
    page = ask(database, handlers.orders_in_cell, asked, EVALUATOR, AFTERWARDS)
    assert page.next is None
    found: tuple[str, ...] = page.items
    return found


def test_every_cell_leads_to_as_many_orders_as_it_counts(a_quarter: Database) -> None:
    aged = ask(a_quarter, handlers.open_by_age, OpenByAge(**SCOPE), VISITOR, AFTERWARDS)
    assert sum(sum(row.counts) for row in aged) > len(AGES)
    for row in aged:
        for age, count in zip(AGES, row.counts, strict=True):
            if count:
                assert len(ids(a_quarter, state=row.state, age=age)) == count

    hours = ask(a_quarter, handlers.intake_by_hour, IntakeByHour(**SCOPE), VISITOR, AFTERWARDS)
    assert sum(map(sum, hours)) == len(ids(a_quarter))
    weekday, counts = max(enumerate(hours, start=1), key=lambda each: sum(each[1]))
    assert len(ids(a_quarter, weekday=weekday)) == sum(counts)
    for hour in range(0, 24, 12):
        assert len(ids(a_quarter, weekday=weekday, hour=hour, hours=12)) == sum(counts[hour : hour + 12])


def test_days_and_hours_are_the_citys(database: Database) -> None:
    """Ordered on Monday at 9 in the city (1 in UTC); on the last day it is 7 days old, and closed orders have no age."""
    tell(database, *TaskTeller("order-1").through(), *TaskTeller("order-2").through(*TO_CLOSED))
    week = {"since": date(2026, 3, 2), "until": date(2026, 3, 9)}

    assert ids(database, **week, weekday=1, hour=9) == ("order-2", "order-1")
    assert ids(database, **week, age=7) == ("order-1",)
    assert ids(database, **week, age=3) == ()
    assert ids(database, **week, age=7, state=State.CLOSED) == ()


@pytest.mark.parametrize(
    ("cell", "field"), [({"age": 2}, "age"), ({"weekday": 8}, "weekday"), ({"hour": 24}, "hour")]
)
def test_cells_that_there_are_not_are_refused(database: Database, cell: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        ask(database, handlers.orders_in_cell, OrdersInCell(**cell), EVALUATOR, AFTERWARDS)
    assert (refused.value.slug, refused.value.field) == (Slug.INVALID, field)


def test_orders_of_a_cell_are_not_for_everybody(database: Database) -> None:
    with pytest.raises(Refused) as refused:
        ask(database, handlers.orders_in_cell, OrdersInCell(age=1), VISITOR, AFTERWARDS)
    assert refused.value.slug == Slug.NOT_ALLOWED
