from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from services.dispatch.contracts import (
    OrderMerged,
    OrderRefused,
    TaskPublished,
    TaskRegistered,
    TaskReopened,
    TaskVerified,
)
from services.evaluation import handlers
from services.evaluation.contracts import (
    Figure,
    Figures,
    FigureView,
    Grade,
    OrdersBehind,
    Part,
    RateOrder,
    RecordFollowUp,
    Slug,
)
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.db import Database
from services.kit.outcomes import Refused
from services.members.contracts import PersonKind, Role
from tests.integration.evaluation.histories import EVALUATOR, quarter
from tests.integration.evaluation.reckoning import reckon
from tests.integration.evaluation.telling import (
    COMMUNITY,
    LIAISON,
    RESIDENT,
    START,
    TO_ANSWERED,
    TO_CLOSED,
    TaskTeller,
    ask,
    check_in,
    check_out,
    tell,
    unit_report,
)

AFTERWARDS = START + timedelta(days=365)
HANDS = {Figure.UNITS, Figure.MEMBERS}
SCOPES = [
    ("", None, date(2026, 7, 31)),
    ("520425001", None, date(2026, 4, 15)),
    ("520425001001", date(2026, 3, 20), date(2026, 5, 10)),
    ("520425002001003", None, date(2026, 7, 31)),
    ("", date(2026, 4, 1), date(2026, 4, 3)),
    ("999999", None, date(2026, 7, 31)),
]


def figures_of(database: Database, request: Figures, at: datetime = AFTERWARDS) -> dict[Figure, FigureView]:
    view = ask(database, handlers.figures, request, VISITOR, at)
    return {shown.figure: shown for shown in view.figures}


def ids_behind(database: Database, request: OrdersBehind, actor: Actor = EVALUATOR) -> list[str]:
    """The ids of all pages."""
    found: list[str] = []
    cursor: str | None = None
    while True:
        asked = OrdersBehind(**{**request.__dict__, "cursor": cursor})
        page = ask(database, handlers.orders_behind, asked, actor, AFTERWARDS)
        found += page.items
        if page.next is None:
            return found
        assert len(page.items) == request.limit
        cursor = page.next


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_figures_and_lists_agree_with_a_second_reckoning(database: Database, seed: int) -> None:
    history = quarter(seed)
    history.happen(database)

    for node, since, until in SCOPES:
        shown = figures_of(database, Figures(node=node, since=since, until=until))
        assert list(shown) == list(Figure)
        for figure, (counted, among) in reckon(history, node=node, since=since, until=until).items():
            told = f"{figure} of {node or 'all'} from {since} to {until}"
            assert shown[figure].numerator == len(counted), told
            assert shown[figure].denominator == (None if among is None else len(among)), told
            if figure in HANDS:
                continue
            request = OrdersBehind(figure=figure, node=node, since=since, until=until, limit=7)
            assert Counter(ids_behind(database, request)) == Counter(counted), told
            if among is not None:
                below = OrdersBehind(**{**request.__dict__, "part": Part.DENOMINATOR})
                assert Counter(ids_behind(database, below)) == Counter(among), told


def test_a_generated_quarter_has_something_behind_every_figure(a_quarter: Database) -> None:
    """Guards the comparison above: two reckonings agree cheaply on nothing."""
    for shown in figures_of(a_quarter, Figures()).values():
        assert shown.numerator > 0
        assert shown.denominator is None or shown.denominator > shown.numerator


def test_nothing_yet_gives_no_rates(database: Database) -> None:
    shown = figures_of(database, Figures())

    assert shown[Figure.ORDERS] == FigureView(figure=Figure.ORDERS, numerator=0, denominator=None, value=0.0)
    assert shown[Figure.CLOSED_RATE] == FigureView(
        figure=Figure.CLOSED_RATE, numerator=0, denominator=0, value=None
    )


def test_the_end_of_a_day_is_the_citys(database: Database) -> None:
    last_second = TaskTeller(order_id="order-1", now=datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC))
    midnight = TaskTeller(order_id="order-2", now=datetime(2026, 3, 31, 16, tzinfo=UTC))
    tell(database, last_second.collected(), midnight.collected())

    march = figures_of(database, Figures(until=date(2026, 3, 31)))
    april = figures_of(database, Figures(since=date(2026, 4, 1)))

    assert march[Figure.ORDERS].numerator == 1
    assert april[Figure.ORDERS].numerator == 1


def test_without_a_date_figures_are_todays(database: Database) -> None:
    task = TaskTeller()
    tell(database, *task.through(*TO_CLOSED))

    an_hour_early = figures_of(database, Figures(), at=START - timedelta(days=1))
    now = ask(database, handlers.figures, Figures(), VISITOR, task.now)

    assert an_hour_early[Figure.ORDERS].numerator == 0
    assert now.until == date(2026, 3, 2)


def test_the_past_does_not_change(database: Database) -> None:
    task = TaskTeller()
    tell(database, *task.through(*TO_ANSWERED))
    that_day = figures_of(database, Figures(until=date(2026, 3, 2)))

    tell(database, task.then(TaskVerified, hours=48), task.then(TaskPublished, hours=48))
    ask(
        database,
        handlers.rate_order,
        RateOrder(order_id="order-1", grade=Grade.SATISFIED),
        RESIDENT,
        task.now,
    )

    assert figures_of(database, Figures(until=date(2026, 3, 2))) == that_day
    assert figures_of(database, Figures())[Figure.SATISFIED_RATE].value == 1.0


def test_refused_and_merged_orders_are_no_work_undone(database: Database) -> None:
    done, refused, merged = (TaskTeller(order_id=f"order-{number}") for number in (1, 2, 3))
    tell(database, *done.through(*TO_CLOSED))
    refused.collected()
    refused.then(OrderRefused)
    merged.collected()
    merged.then(OrderMerged, into_task_id=done.task_id, into_order_id="order-1")
    tell(database, *refused.told, *merged.told)

    shown = figures_of(database, Figures())

    assert shown[Figure.ORDERS].numerator == 3
    assert shown[Figure.CLOSED_RATE].denominator == 1
    assert shown[Figure.CLOSED_RATE].value == 1.0
    assert shown[Figure.IN_PROGRESS].numerator == 0


def test_a_response_may_take_exactly_a_day(database: Database) -> None:
    for number, hours in enumerate((24, 24.01), 1):
        task = TaskTeller(order_id=f"order-{number}")
        tell(database, task.collected(), task.then(TaskRegistered, hours=hours))

    assert ids_behind(database, OrdersBehind(figure=Figure.RESPONSE_RATE)) == ["order-1"]


def test_answered_is_not_solved(database: Database) -> None:
    task = TaskTeller()
    tell(database, *task.through(*TO_ANSWERED))
    assert figures_of(database, Figures())[Figure.SOLVED_RATE].denominator == 0

    rating = RateOrder(order_id="order-1", grade=Grade.VERY_SATISFIED)
    ask(database, handlers.rate_order, rating, RESIDENT, task.now)
    assert figures_of(database, Figures())[Figure.SOLVED_RATE].value == 0.0

    heard = RecordFollowUp(order_id="order-1", way="call", reached=True, solved=True)
    ask(database, handlers.record_follow_up, heard, LIAISON, task.now)
    assert figures_of(database, Figures())[Figure.SOLVED_RATE].value == 1.0


@pytest.mark.parametrize(
    ("heard_after", "rate"), [(timedelta(0), 0.0), (timedelta(hours=1), 0.0), (-timedelta(hours=1), 1.0)]
)
def test_the_newest_word_on_solving_counts_and_the_worse_of_two_at_once(
    database: Database, heard_after: timedelta, rate: float
) -> None:
    task = TaskTeller()
    tell(database, *task.through(*TO_ANSWERED, TaskVerified, TaskPublished))

    heard = RecordFollowUp(order_id="order-1", way="visit", reached=True, solved=False)
    ask(database, handlers.record_follow_up, heard, LIAISON, task.now + heard_after)

    assert figures_of(database, Figures())[Figure.SOLVED_RATE].value == rate


def test_a_reopening_at_the_moment_of_a_good_follow_up_counts(database: Database) -> None:
    task = TaskTeller()
    tell(database, *task.through(*TO_ANSWERED, TaskVerified, TaskReopened))

    heard = RecordFollowUp(order_id="order-1", way="visit", reached=True, solved=True)
    ask(database, handlers.record_follow_up, heard, LIAISON, task.now)

    assert figures_of(database, Figures())[Figure.SOLVED_RATE].value == 0.0


def test_the_clocks_publishing_is_nobodys_word(database: Database) -> None:
    task = TaskTeller()
    task.through(*TO_ANSWERED, TaskVerified)
    task.then(TaskPublished, confirmed_by="clock")
    tell(database, *task.told)

    assert figures_of(database, Figures())[Figure.SOLVED_RATE].denominator == 0


def test_members_count_where_they_are_checked_in_that_day(database: Database) -> None:
    tell(
        database,
        unit_report("unit-1"),
        check_in("member-1", place=COMMUNITY, at=START),
        check_in("member-1", place="520425002001", at=START + timedelta(days=10), sequence=2),
        check_out("member-1", place="520425002001", at=START + timedelta(days=20), sequence=3),
    )

    def hands(node: str, until: date) -> tuple[int, int]:
        shown = figures_of(database, Figures(node=node, until=until))
        return shown[Figure.UNITS].numerator, shown[Figure.MEMBERS].numerator

    assert hands(COMMUNITY, date(2026, 3, 5)) == (1, 1)
    assert hands(COMMUNITY, date(2026, 3, 31)) == (0, 0)
    assert hands("520425002", date(2026, 3, 15)) == (1, 1)
    assert hands("520425002", date(2026, 3, 31)) == (0, 0)


def test_volunteers_lend_a_hand_and_are_no_members(database: Database) -> None:
    tell(database, check_in("member-1"), check_in("volunteer-1", kind=PersonKind.VOLUNTEER))
    assert figures_of(database, Figures(until=date(2026, 3, 5)))[Figure.MEMBERS].numerator == 1


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_unit_counts_from_its_first_report(database: Database, newest_first: bool) -> None:
    reports = [unit_report("unit-1"), unit_report("unit-1", at=START + timedelta(days=10), sequence=2)]
    tell(
        database, *sorted(reports, key=lambda told: told.sequence, reverse=newest_first), check_in("member-1")
    )

    assert figures_of(database, Figures(until=date(2026, 3, 5)))[Figure.UNITS].numerator == 1


def test_a_unit_takes_part_by_a_task_without_any_member_there(database: Database) -> None:
    tell(database, unit_report("unit-1"), unit_report("unit-2"), *TaskTeller().through(*TO_ANSWERED))

    assert figures_of(database, Figures(node=COMMUNITY))[Figure.UNITS].numerator == 1


def refusal(
    database: Database, request: Figures | OrdersBehind, actor: Actor = EVALUATOR
) -> tuple[str, str | None]:
    handler = handlers.figures if isinstance(request, Figures) else handlers.orders_behind
    with pytest.raises(Refused) as caught:
        ask(database, handler, request, actor, AFTERWARDS)
    return caught.value.slug, caught.value.field


def test_orders_behind_are_for_roles_at_the_node(database: Database) -> None:
    tell(database, TaskTeller().collected())
    request = OrdersBehind(figure=Figure.ORDERS, node=COMMUNITY)

    assert ids_behind(database, request, LIAISON) == ["order-1"]
    for actor in (VISITOR, RESIDENT, Actor(id="m", grants=(Grant(Role.MEMBER, COMMUNITY),))):
        assert refusal(database, request, actor) == (Slug.NOT_ALLOWED, None)
    assert refusal(database, OrdersBehind(figure=Figure.ORDERS, node="520425"), LIAISON) == (
        Slug.NOT_ALLOWED,
        None,
    )


def test_hands_have_no_orders_behind_and_counts_no_denominator(database: Database) -> None:
    assert refusal(database, OrdersBehind(figure=Figure.MEMBERS)) == (Slug.NO_ORDERS_BEHIND, "figure")
    below_a_count = OrdersBehind(figure=Figure.CLOSED, part=Part.DENOMINATOR)
    assert refusal(database, below_a_count) == (Slug.NO_ORDERS_BEHIND, "part")


def test_bad_input_is_named(database: Database) -> None:
    assert refusal(database, Figures(node="52%")) == (Slug.INVALID, "node")
    assert refusal(database, Figures(since=date(2026, 4, 2), until=date(2026, 4, 1))) == (
        Slug.INVALID,
        "since",
    )
    assert refusal(database, Figures(until=date.max)) == (Slug.INVALID, "until")
    assert refusal(database, OrdersBehind(figure=Figure.ORDERS, cursor="nonsense")) == (
        Slug.INVALID,
        "cursor",
    )
