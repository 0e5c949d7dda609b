from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from services.dispatch.contracts import HandKind, Share, TaskClosed
from services.evaluation import handlers
from services.evaluation.contracts import Ledger, LedgerView, Slug
from services.evaluation.domain.days import day_of
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.db import Database
from services.kit.outcomes import Refused
from services.kit.work import begin
from services.members.contracts import Role
from tests.integration.evaluation.telling import (
    COMMUNITY,
    LIAISON,
    START,
    SUPERVISOR,
    TO_CLOSED,
    TaskTeller,
    ask,
    check_in,
    handler_of,
    published,
    tell,
    unit_report,
)

LATER = START + timedelta(days=20)
MEMBER = Actor(id="member-1", unit_id="unit-1")
LEADER = Actor(id="leader-1", unit_id="unit-1", grants=(Grant(Role.UNIT_LEADER, "unit:unit-1"),))
OTHER_LEADER = Actor(id="leader-2", unit_id="unit-2", grants=(Grant(Role.UNIT_LEADER, "unit:unit-2"),))
COLLEAGUE = Actor(id="member-2", unit_id="unit-1")
AUDITOR = Actor(id="auditor-1", grants=(Grant(Role.AUDITOR, "5204"),))
FAR_SUPERVISOR = Actor(id="supervisor-2", grants=(Grant(Role.SUPERVISOR, "520426"),))


@pytest.fixture
def worked(database: Database) -> Database:
    """member-1 of unit-1 has closed one order on time."""
    tell(
        database,
        unit_report("unit-1"),
        check_in("member-1", place=COMMUNITY),
        *TaskTeller().through(*TO_CLOSED),
    )
    return database


def read(database: Database, holder: str, actor: Actor, **request: object) -> LedgerView:
    view: LedgerView = ask(database, handlers.ledger, Ledger(holder_id=holder, **request), actor, LATER)  # type: ignore[arg-type]
    return view


def test_a_ledger_shows_entries_newest_first_and_their_total(worked: Database) -> None:
    view = read(worked, "member-1", MEMBER)

    assert view.total == 7
    assert [(entry.rule, entry.points, entry.order_id) for entry in view.entries.items] == [
        ("closed", 5, "order-1"),
        ("answered_on_time", 2, "order-1"),
    ]
    assert view.entries.items[1].at == START + timedelta(hours=4)


def test_pages_keep_the_whole_total(worked: Database) -> None:
    first = read(worked, "member-1", MEMBER, limit=1)
    second = read(worked, "member-1", MEMBER, limit=1, cursor=first.entries.next)

    assert [first.total, second.total] == [7, 7]
    assert [entry.rule for entry in (*first.entries.items, *second.entries.items)] == [
        "closed",
        "answered_on_time",
    ]
    assert second.entries.next is None


def test_a_ledger_of_some_days_has_their_entries_and_their_sum(worked: Database) -> None:
    (the_day,) = {day_of(entry.at) for entry in read(worked, "member-1", MEMBER).entries.items}
    day = timedelta(days=1)
    spans = [
        (the_day, the_day),
        (None, the_day),
        (the_day, None),
        (None, the_day - day),
        (the_day + day, None),
    ]
    found = [read(worked, "member-1", MEMBER, since=since, until=until) for since, until in spans]
    assert [len(view.entries.items) for view in found] == [2, 2, 2, 0, 0]
    assert [view.span_total for view in found] == [7, 7, 7, 0, 0]
    assert {view.total for view in found} == {7}


@pytest.mark.parametrize("actor", [MEMBER, LEADER, SUPERVISOR, AUDITOR])
def test_a_members_ledger_is_read_by(worked: Database, actor: Actor) -> None:
    assert read(worked, "member-1", actor).total == 7


@pytest.mark.parametrize("actor", [VISITOR, COLLEAGUE, OTHER_LEADER, LIAISON, FAR_SUPERVISOR])
def test_a_members_ledger_is_closed_to(worked: Database, actor: Actor) -> None:
    with pytest.raises(Refused) as caught:
        read(worked, "member-1", actor)
    assert (caught.value.slug, caught.value.status) == (Slug.NOT_ALLOWED, 403)


@pytest.mark.parametrize("actor", [MEMBER, COLLEAGUE, LEADER, SUPERVISOR, AUDITOR])
def test_a_units_ledger_is_read_by(worked: Database, actor: Actor) -> None:
    assert read(worked, "unit-1", actor).total == 3


@pytest.mark.parametrize("actor", [VISITOR, OTHER_LEADER, LIAISON, FAR_SUPERVISOR])
def test_a_units_ledger_is_closed_to(worked: Database, actor: Actor) -> None:
    with pytest.raises(Refused):
        read(worked, "unit-1", actor)


def test_a_unit_that_moved_is_read_above_its_new_place(database: Database) -> None:
    moved = unit_report("unit-1", district_code="520426", sequence=2)
    tell(database, moved, unit_report("unit-1", district_code="520425", sequence=1))

    assert read(database, "unit-1", FAR_SUPERVISOR).total == 0
    with pytest.raises(Refused):
        read(database, "unit-1", SUPERVISOR)


def test_who_has_done_nothing_yet_reads_an_empty_ledger(worked: Database) -> None:
    view = read(worked, "member-9", Actor(id="member-9"))

    assert (view.total, view.entries.items, view.entries.next) == (0, (), None)


def test_nobody_reads_the_ledger_of_nobody(worked: Database) -> None:
    with pytest.raises(Refused):
        read(worked, "", VISITOR)


def test_points_are_told_at_the_moment_of_what_earned_them(database: Database) -> None:
    task = TaskTeller()
    with begin(database, service="evaluation", now=LATER) as work:
        for told in task.through(*TO_CLOSED):
            handler_of(told)(work, told)
    awards = [event for event in published(database) if event["type"] == "evaluation.points_awarded"]
    assert awards
    for award in awards:
        assert award["occurred_at"] == award["body"]["at"] < LATER.isoformat()


def test_a_team_that_closed_an_order_together_shares_the_points(database: Database) -> None:
    minutes = {"member-1": 60, "member-2": 30, "member-3": 0}
    hands = tuple(
        Share(hand_kind=HandKind.MEMBER, hand_id=each, minutes=worked) for each, worked in minutes.items()
    )
    teller = TaskTeller(now=datetime(2027, 1, 4, tzinfo=UTC))
    told = teller.through(*TO_CLOSED[:-1])
    tell(database, unit_report("unit-1"), *told, teller.then(TaskClosed, hands=hands))
    tell(database, told[-1])
    with database.transaction() as db:
        found = db.execute(
            text(
                "SELECT holder_id, rule, rule_version, sum(points) AS points FROM ledger GROUP BY 1, 2, 3 ORDER BY 1, 2"
            )
        ).all()
    assert [tuple(row) for row in found] == [
        ("member-1", "answered_on_time", 3, 2),
        ("member-1", "closed_team", 3, 10),
        ("member-2", "closed_team", 3, 5),
        ("unit-1", "closed_unit", 3, 3),
    ]
