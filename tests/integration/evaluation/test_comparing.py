"""Figures side by side are the figures of each; periods and steps lead to the orders that they count."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from services.dispatch.contracts import (
    OrderMerged,
    State,
    TaskAccepted,
    TaskAnswered,
    TaskPublished,
    TaskRegistered,
    TaskReopened,
    TaskReturned,
    TaskVerified,
)
from services.evaluation import handlers
from services.evaluation.contracts import (
    By,
    ComparedFigures,
    CompareFigures,
    Figure,
    Figures,
    FiguresOverTime,
    FigureView,
    Funnel,
    ListDueFollowUps,
    OrdersAtStep,
    OrdersBehind,
    OrdersByPlaceAndTime,
    Per,
    RecordFollowUp,
    Slug,
)
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.db import Database
from services.kit.outcomes import Refused
from services.members.contracts import Role
from tests.integration.evaluation.histories import EVALUATOR
from tests.integration.evaluation.telling import (
    COMMUNITY,
    LIAISON,
    START,
    SUPERVISOR,
    TO_ANSWERED,
    TO_CLOSED,
    TaskTeller,
    ask,
    tell,
)

AFTERWARDS = START + timedelta(days=365)
HANDS = {Figure.UNITS, Figure.MEMBERS}
SINCE, UNTIL = date(2026, 3, 10), date(2026, 5, 20)


def figures_of(database: Database, node: str = "") -> dict[Figure, FigureView]:
    request = Figures(node=node, since=SINCE, until=UNTIL)
    view = ask(database, handlers.figures, request, VISITOR, AFTERWARDS)
    return {shown.figure: shown for shown in view.figures if shown.figure not in HANDS}


def compared(database: Database, actor: Actor = EVALUATOR, **how: Any) -> list[ComparedFigures]:
    """All pages, of two each."""
    found: list[ComparedFigures] = []
    cursor: str | None = None
    while True:
        request = CompareFigures(since=SINCE, until=UNTIL, cursor=cursor, limit=2, **how)
        page = ask(database, handlers.compare_figures, request, actor, AFTERWARDS)
        found += page.items
        cursor = page.next
        if cursor is None:
            return found


def test_a_units_numbers_lead_to_its_orders(a_quarter: Database) -> None:
    scope: dict[str, Any] = {"node": "52", "until": UNTIL}
    compared = ask(
        a_quarter, handlers.compare_figures, CompareFigures(by=By.UNIT, **scope), EVALUATOR, AFTERWARDS
    )
    busiest = compared.items[0]
    for view in busiest.figures:
        asked = OrdersBehind(figure=view.figure, unit_id=busiest.key, limit=200, **scope)
        behind = ask(a_quarter, handlers.orders_behind, asked, EVALUATOR, AFTERWARDS)
        assert (len(behind.items), behind.next) == (view.numerator, None), view.figure


@pytest.mark.parametrize("by", [By.CITY, By.STREET, By.COMMUNITY, By.GRID])
def test_places_side_by_side_have_their_own_figures(a_quarter: Database, by: By) -> None:
    found = compared(a_quarter, by=by)

    assert len(found) == len({each.key for each in found}) >= (1 if by is By.CITY else 2)
    for each in found:
        if by is By.GRID and len(each.key) == len(COMMUNITY):
            continue  # the community's own figures have its grids in them
        assert {view.figure: view for view in each.figures} == figures_of(a_quarter, each.key)
    whole = figures_of(a_quarter)
    for number, figure in enumerate(whole):
        assert sum(each.figures[number].numerator for each in found) == whole[figure].numerator


def test_periods_side_by_side_are_the_whole(a_quarter: Database) -> None:
    whole = figures_of(a_quarter)

    for per, periods in ((Per.DAY, 72), (Per.WEEK, 11), (Per.MONTH, 3), (Per.QUARTER, 2)):
        request = FiguresOverTime(per=per, since=SINCE, until=UNTIL)
        found = ask(a_quarter, handlers.figures_over_time, request, VISITOR, AFTERWARDS)
        assert len(found) == periods
        assert (found[0].since, found[-1].until) == (SINCE, UNTIL)
        for one, next_one in pairwise(found):
            assert next_one.since == one.until + timedelta(days=1)
        for number, figure in enumerate(whole):
            told = f"{figure} per {per}"
            assert sum(each.figures[number].numerator for each in found) == whole[figure].numerator, told
            if (among := whole[figure].denominator) is not None:
                assert sum(each.figures[number].denominator for each in found) == among, told


def test_a_week_begins_on_the_citys_monday(database: Database) -> None:
    sunday = TaskTeller(order_id="order-1", now=datetime.fromisoformat("2026-03-08T23:59:59+08:00"))
    monday = TaskTeller(order_id="order-2", now=datetime.fromisoformat("2026-03-09T00:00:00+08:00"))
    tell(database, sunday.collected(), monday.collected())

    request = FiguresOverTime(per=Per.WEEK, until=date(2026, 3, 11))
    weeks = ask(database, handlers.figures_over_time, request, VISITOR, AFTERWARDS)

    assert len(weeks) == 12
    assert [(week.since, week.until, week.figures[0].numerator) for week in weeks[-2:]] == [
        (date(2026, 3, 2), date(2026, 3, 8), 1),
        (date(2026, 3, 9), date(2026, 3, 11), 1),
    ]


def test_the_unit_that_acted_last_answers(database: Database) -> None:
    task = TaskTeller(unit_id="unit-1")
    tell(database, *task.through(TaskRegistered, TaskAccepted, TaskReturned))
    task.unit_id = "unit-2"
    tell(database, task.then(TaskAccepted), task.then(TaskAnswered))
    tell(database, TaskTeller(order_id="order-2").collected())

    request = CompareFigures(by=By.UNIT)
    (found,) = ask(database, handlers.compare_figures, request, EVALUATOR, AFTERWARDS).items

    assert found.key == "unit-2"
    assert next(view for view in found.figures if view.figure is Figure.RETURN_RATE).value == 1.0


def test_few_orders_make_no_first_place(database: Database) -> None:
    """Ten orders of which nine are closed stand before one that is; nothing to reckon from stands last."""
    many, one, none = "520425001001", "520425001002", "520425001003"
    for number in range(10):
        task = TaskTeller(order_id=f"many-{number}", place=many)
        tell(database, *task.through(*(TO_CLOSED if number else (TaskRegistered,))))
    tell(database, *TaskTeller(order_id="one", place=one).through(*TO_CLOSED))
    merged = TaskTeller(order_id="none", place=none)
    merged.collected()
    merged.then(OrderMerged, into_task_id="task-of-one", into_order_id="one")
    tell(database, *merged.told)

    for ascending in (False, True):
        request = CompareFigures(by=By.COMMUNITY, sort=Figure.CLOSED_RATE, ascending=ascending)
        page = ask(database, handlers.compare_figures, request, EVALUATOR, AFTERWARDS)
        assert [each.key for each in page.items] == [many, one, none]


def test_where_and_when(database: Database) -> None:
    for number, (place, days) in enumerate(((COMMUNITY, 0), (COMMUNITY, 8), ("520425001002", 8)), 1):
        now = START + timedelta(days=days)
        tell(database, TaskTeller(order_id=f"order-{number}", place=place, now=now).collected())

    request = OrdersByPlaceAndTime(
        by=By.COMMUNITY, per=Per.WEEK, since=date(2026, 3, 2), until=date(2026, 3, 22)
    )
    table = ask(database, handlers.orders_by_place_and_time, request, EVALUATOR, AFTERWARDS)

    assert table.starts == (date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16))
    assert [(row.key, row.counts) for row in table.rows] == [
        (COMMUNITY, (1, 1, 0)),
        ("520425001002", (0, 1, 0)),
    ]


def test_the_funnel_counts_who_came_how_far_and_names_them(database: Database) -> None:
    grabbed = TaskTeller(order_id="grabbed")
    grabbed.through(TaskRegistered, TaskAccepted)
    reopened = TaskTeller(order_id="reopened")
    reopened.through(*TO_ANSWERED, TaskVerified, TaskPublished, TaskReopened)
    closed = TaskTeller(order_id="closed")
    tell(database, *grabbed.told, *reopened.told, *closed.through(*TO_CLOSED))
    tell(database, TaskTeller(order_id="new").collected())

    steps = ask(database, handlers.funnel, Funnel(), VISITOR, AFTERWARDS)

    assert [(step.reached, step.now) for step in steps] == [
        (4, 1), (3, 0), (3, 0), (3, 2), (2, 0), (2, 0), (2, 0), (1, 1),
    ]  # fmt: skip
    for step in steps:
        for now, count in ((False, step.reached), (True, step.now)):
            request = OrdersAtStep(state=step.state, now=now)
            behind = ask(database, handlers.orders_at_step, request, EVALUATOR, AFTERWARDS).items
            assert len(behind) == count, (step, now)
    behind = ask(
        database, handlers.orders_at_step, OrdersAtStep(state=State.ACTING, now=True), EVALUATOR, AFTERWARDS
    )
    assert Counter(behind.items) == Counter(["grabbed", "reopened"])


def due(database: Database, actor: Actor = LIAISON, node: str = COMMUNITY) -> list[tuple[str, int]]:
    page = ask(database, handlers.list_due_follow_ups, ListDueFollowUps(node=node), actor, AFTERWARDS)
    return [(each.order_id, each.tries) for each in page.items]


def call(database: Database, order_id: str, at: datetime, *, reached: bool) -> None:
    request = RecordFollowUp(order_id=order_id, way="call", reached=reached)
    ask(database, handlers.record_follow_up, request, LIAISON, at)


def test_who_is_to_be_called_until_somebody_is_reached(database: Database) -> None:
    later = TaskTeller(order_id="later", now=START + timedelta(hours=5))
    task = TaskTeller(order_id="first")
    tell(database, *later.through(*TO_ANSWERED), *task.through(*TO_ANSWERED, TaskVerified))
    tell(database, *TaskTeller(order_id="closed").through(*TO_CLOSED))
    tell(database, *TaskTeller(order_id="acting").through(TaskRegistered, TaskAccepted))
    assert due(database) == [("first", 0), ("later", 0)]

    call(database, "first", task.now, reached=False)
    assert due(database) == [("first", 1), ("later", 0)]
    call(database, "first", task.now, reached=True)
    assert due(database) == [("later", 0)]

    tell(database, task.then(TaskReopened, hours=1), task.then(TaskAnswered, hours=20))
    assert due(database) == [("later", 0), ("first", 0)]


def test_private_orders_are_called_by_those_who_may_know_them(database: Database) -> None:
    tell(database, *TaskTeller(private=True).through(*TO_ANSWERED))
    assert due(database) == [("order-1", 0)]
    assert due(database, SUPERVISOR) == [("order-1", 0)]
    assert due(database, EVALUATOR) == []


@pytest.mark.parametrize(
    ("handler", "request_"),
    [
        (handlers.compare_figures, CompareFigures(by=By.UNIT, node="520425")),
        (handlers.orders_by_place_and_time, OrdersByPlaceAndTime(by=By.GRID, per=Per.DAY, node="520425")),
        (handlers.orders_at_step, OrdersAtStep(state=State.ACTING, node="520425")),
        (handlers.list_due_follow_ups, ListDueFollowUps(node="520425")),
    ],
)
def test_only_staff_of_the_whole_place_may_know(database: Database, handler: Any, request_: Any) -> None:
    member = Actor(id="member-1", grants=(Grant(Role.MEMBER, "520425"),))
    for actor in (VISITOR, member, LIAISON):
        with pytest.raises(Refused) as caught:
            ask(database, handler, request_, actor, AFTERWARDS)
        assert caught.value.slug == Slug.NOT_ALLOWED
    ask(database, handler, request_, SUPERVISOR, AFTERWARDS)


@pytest.mark.parametrize(
    ("handler", "request_", "field"),
    [
        (handlers.compare_figures, CompareFigures(by=By.UNIT, sort=Figure.MEMBERS), "sort"),
        (handlers.compare_figures, CompareFigures(by=By.UNIT, cursor="nonsense"), "cursor"),
        (handlers.orders_at_step, OrdersAtStep(state=State.MERGED), "state"),
        (handlers.figures_over_time, FiguresOverTime(per=Per.DAY, since=date(2020, 1, 1)), "since"),
        (handlers.figures_over_time, FiguresOverTime(per=Per.DAY, since=date.min), "since"),
        (handlers.figures_over_time, FiguresOverTime(per=Per.DAY, until=date.min), "until"),
    ],
)
def test_bad_input_is_named(database: Database, handler: Any, request_: Any, field: str) -> None:
    with pytest.raises(Refused) as caught:
        ask(database, handler, request_, EVALUATOR, AFTERWARDS)
    assert (caught.value.slug, caught.value.field) == (Slug.INVALID, field)
