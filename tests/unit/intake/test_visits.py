"""Visits: who may record one where, what must be true of it, and when it may still be corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.intake.contracts import CorrectVisit, RecordVisit, VisitedOrder, VisitKind
from services.intake.domain.visits import (
    Visit,
    corrected,
    household_key,
    may_know_household,
    may_see,
    order_of_visit,
    period_of,
    recorded,
)
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.outcomes import Refused

COMMUNITY = "520425001001"
GRID = COMMUNITY + "007"
BUILDING = GRID + "002"
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
ASK = RecordVisit(place=GRID, kind=VisitKind.CARE, found="老人血压正常")


def somebody(role: str, node: str, name: str = "worker-1") -> Actor:
    return Actor(id=name, grants=(Grant(role, node),))


WORKER = somebody("grid_worker", GRID)


def visit(actor: Actor = WORKER, **changes: Any) -> Visit:
    return recorded(replace(ASK, **changes), actor, known={COMMUNITY}, visit_id="visit-1", now=NOW)


def test_a_visit_without_a_time_was_now() -> None:
    assert (visit().visited_at, visit().recorded_by, visit().role) == (NOW, "worker-1", "grid_worker")


@pytest.mark.parametrize(
    ("actor", "place", "role"),
    [
        (WORKER, BUILDING, "grid_worker"),
        (somebody("grid_head", COMMUNITY), GRID, "grid_head"),
        (somebody("liaison", COMMUNITY), COMMUNITY, "liaison"),
        (WORKER, COMMUNITY, None),
        (WORKER, COMMUNITY + "008", None),
        (somebody("supervisor", "52"), GRID, None),
        (somebody("grid_worker", GRID, name=""), GRID, None),
        (VISITOR, GRID, None),
    ],
)
def test_who_goes_there_records_it(actor: Actor, place: str, role: str | None) -> None:
    if role is not None:
        assert visit(actor, place=place).role == role
        return
    with pytest.raises(Refused) as refused:
        visit(actor, place=place)
    assert (refused.value.slug, refused.value.status) == ("not-allowed", 403)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("place", {"place": COMMUNITY[:9]}),
        ("place", {"place": GRID + "1"}),
        ("place", {"place": "520425001999007"}),
        ("found", {"found": " 好 "}),
        ("found", {"found": "好" * 1001}),
        ("found", {"found": "很好\0"}),
        ("household", {"household": "户" * 51}),
        ("visited_at", {"visited_at": NOW + timedelta(minutes=6)}),
        ("visited_at", {"visited_at": NOW - timedelta(days=31, seconds=1)}),
        ("next_due", {"next_due": date(2026, 3, 2)}),
        ("next_due", {"next_due": date(2027, 3, 4)}),
        ("about", {"kind": VisitKind.FOLLOW_UP}),
        ("about", {"about": "order-1"}),
    ],
)
def test_what_is_wrong_is_named(field: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        visit(**changes)
    assert (refused.value.field, refused.value.status) == (field, 422)


def test_at_the_limits_it_is_right() -> None:
    right = visit(
        found="好" * 1000,
        household="户" * 50,
        visited_at=NOW - timedelta(days=31),
        next_due=date(2026, 2, 1) + timedelta(days=300),
    )
    assert right.named
    assert visit(visited_at=NOW + timedelta(minutes=5), next_due=date(2026, 3, 3)).next_due


def test_a_day_long_the_recorder_corrects_it() -> None:
    before = visit(next_due=date(2026, 3, 9))
    last = NOW + timedelta(days=1)
    after = corrected(before, CorrectVisit(visit_id="visit-1", found="老人血压偏高"), WORKER, last)
    assert (after.found, after.kind, after.next_due, after.changes) == (
        "老人血压偏高",
        VisitKind.CARE,
        date(2026, 3, 9),
        1,
    )
    never = CorrectVisit(visit_id="visit-1", never_due=True)
    assert corrected(before, never, WORKER, last).next_due is None
    for actor, at, slug in (
        (WORKER, last + timedelta(seconds=1), "too-late"),
        (somebody("liaison", COMMUNITY, "liaison-1"), last, "not-allowed"),
    ):
        with pytest.raises(Refused) as refused:
            corrected(before, never, actor, at)
        assert refused.value.slug == slug


def test_a_correction_keeps_to_the_same_rules() -> None:
    for change, field in (
        (CorrectVisit(visit_id="visit-1", kind=VisitKind.FOLLOW_UP), "kind"),
        (CorrectVisit(visit_id="visit-1", found="好"), "found"),
        (CorrectVisit(visit_id="visit-1", next_due=date(2026, 3, 1)), "next_due"),
    ):
        with pytest.raises(Refused) as refused:
            corrected(visit(), change, WORKER, NOW)
        assert refused.value.field == field


def test_offices_above_see_it_and_those_who_go_there_know_the_household() -> None:
    made = visit()
    for role, node, sees, knows in (
        ("grid_worker", GRID, True, True),
        ("liaison", COMMUNITY, True, True),
        ("supervisor", COMMUNITY[:6], True, False),
        ("auditor", COMMUNITY[:6], True, False),
        ("liaison", "520425001002", False, False),
        ("member", COMMUNITY, False, False),
    ):
        actor = somebody(role, node, "somebody")
        assert (may_see(made, actor), may_know_household(made, actor)) == (sees, knows), role
    moved = Actor(id="worker-1")
    assert may_see(made, moved)
    assert not may_see(made, VISITOR)


def test_a_household_is_the_same_however_it_is_typed() -> None:
    assert household_key(GRID, "3单元 201") == household_key(GRID, "３单元201 ")
    assert household_key(GRID, "3单元201") != household_key(BUILDING, "3单元201")
    assert household_key(GRID, "3单元201") != household_key(GRID, "13单元201")


def test_the_order_is_filed_at_the_place_of_the_visit() -> None:
    order = order_of_visit(visit(place=BUILDING), VisitedOrder(words="楼道灯坏了", private=True))
    assert (order.community_code, order.grid_code, order.channel) == (COMMUNITY, GRID, "grid_visit")
    assert (order.on_behalf, order.private, order.words) == (True, True, "楼道灯坏了")
    liaison = somebody("liaison", COMMUNITY)
    assert order_of_visit(visit(liaison, place=COMMUNITY), VisitedOrder(words="路灯坏了")).grid_code is None


def test_thirty_days_are_counted_unless_others_are_named() -> None:
    assert period_of(None, None, datetime(2026, 3, 1, 17, tzinfo=UTC)) == (date(2026, 2, 1), date(2026, 3, 2))
    with pytest.raises(Refused):
        period_of(date(2026, 3, 2), date(2026, 3, 1), NOW)
