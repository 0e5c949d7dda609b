"""The visit log on PostgreSQL: recorded with its order or not at all, corrected with its past kept, found when due again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.intake import handlers
from services.intake.contracts import (
    Contact,
    CorrectVisit,
    FileFromVisit,
    GetOrder,
    GetVisit,
    ListVisits,
    RecordVisit,
    RevealHousehold,
    VisitedOrder,
    VisitFigures,
    VisitKind,
    VisitRecorded,
    VisitView,
)
from services.intake.domain.visits import CITY
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.db import Database
from services.kit.outcomes import Refused
from services.kit.sealing import Sealer
from services.kit.work import begin

MONDAY = datetime(2026, 3, 2, 9, tzinfo=CITY)
TUESDAY = MONDAY + timedelta(days=1)


@dataclass
class Log:
    """The visit log of one community; ``grid`` has a worker."""

    database: Database
    sealer: Sealer
    community: str

    @property
    def grid(self) -> str:
        return self.community + "001"

    @property
    def worker(self) -> Actor:
        return Actor(id=f"worker of {self.grid}", grants=(Grant("grid_worker", self.grid),))

    @property
    def liaison(self) -> Actor:
        return Actor(id=f"liaison of {self.community}", grants=(Grant("liaison", self.community),))

    def do(self, ask: Any, actor: Actor | None = None, *, at: datetime = MONDAY) -> Any:
        sealed = () if isinstance(ask, VisitFigures | GetOrder) else (self.sealer,)
        with begin(self.database, service="intake", actor=actor or self.worker, now=at) as work:
            return getattr(handlers, ask.method)(work, ask, *sealed)

    def visit(self, *, at: datetime = MONDAY, actor: Actor | None = None, **more: Any) -> VisitView:
        told = {"place": self.grid, "kind": VisitKind.CARE, "found": "老人一切都好", **more}
        recorded: VisitRecorded = self.do(RecordVisit(**told), actor, at=at)
        return recorded.visit

    def due(self, day: date, **more: Any) -> list[str]:
        page = self.do(ListVisits(node=self.community, due_by=day, **more), self.liaison)
        return [visit.visit_id for visit in page.items]

    def count(self, table: str) -> int:
        with self.database.transaction() as db:
            return int(db.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608 - our own names


@pytest.fixture
def log(database: Database, community: str, sealer: Sealer) -> Log:
    return Log(database, sealer, community)


def test_what_was_asked_for_at_the_door_is_filed_and_leads_back(log: Log) -> None:
    asked = VisitedOrder(
        words="卫生间漏水", contact=Contact(name="张某", phone="13800000001"), address="3单元201"
    )
    ask = RecordVisit(place=log.grid, kind=VisitKind.ROUTINE, found="家里漏水", order=asked)
    recorded = log.do(ask)
    assert recorded.placed
    assert recorded.visit.order_ids == (recorded.placed.order_id,)
    seen = log.do(GetOrder(order_id=recorded.placed.order_id))
    assert (seen.visit_id, seen.order.grid_code, seen.order.channel) == (
        recorded.visit.visit_id,
        log.grid,
        "grid_visit",
    )
    assert seen.history[0].role == "grid_worker"
    resident = Actor(order_id=recorded.placed.order_id)
    assert log.do(GetOrder(order_id=recorded.placed.order_id), resident).visit_id is None
    another = log.do(
        FileFromVisit(visit_id=recorded.visit.visit_id, order=VisitedOrder(words="路灯不亮")), log.liaison
    )
    assert len(another.visit.order_ids) == 2
    found = log.do(ListVisits(order_id=another.placed.order_id)).items
    assert [visit.visit_id for visit in found] == [recorded.visit.visit_id]


def test_with_a_wrong_order_nothing_is_recorded(log: Log) -> None:
    before = log.count("visits"), log.count("orders")
    asked = VisitedOrder(words="漏水", contact=Contact(phone="12"))
    with pytest.raises(Refused) as refused:
        log.do(RecordVisit(place=log.grid, kind=VisitKind.ROUTINE, found="家里漏水", order=asked))
    assert (refused.value.field, refused.value.status) == ("order.contact.phone", 422)
    assert (log.count("visits"), log.count("orders")) == before


def test_a_household_is_sealed_and_each_look_is_recorded(log: Log) -> None:
    visit = log.visit(household="3单元201")
    assert visit.household == "3单元201"
    with log.database.transaction() as db:
        row = db.execute(text("SELECT * FROM visits WHERE visit_id = :id"), {"id": visit.visit_id}).one()
    assert b"201" not in bytes(row.household) + bytes(row.household_index)
    assert log.do(GetVisit(visit_id=visit.visit_id), log.liaison).visit.household is None
    looks = log.count("visit_looks")
    look = RevealHousehold(visit_id=visit.visit_id, purpose="代班走访")
    assert log.do(look, log.liaison).household == "3单元201"
    assert log.count("visit_looks") == looks + 1
    auditor = Actor(id="auditor-1", grants=(Grant("auditor", "52"),))
    for actor, purpose, slug in ((auditor, "看看", "not-allowed"), (log.liaison, " ", "invalid")):
        with pytest.raises(Refused) as refused:
            log.do(RevealHousehold(visit_id=visit.visit_id, purpose=purpose), actor)
        assert refused.value.slug == slug
    assert log.count("visit_looks") == looks + 1


def test_strangers_are_told_that_there_is_no_such_visit(log: Log) -> None:
    visit = log.visit(household="3单元201")
    order = VisitedOrder(words="路灯不亮")
    strangers = {
        "visitor": VISITOR,
        "resident": Actor(id="resident-1"),
        "member": Actor(id="member-1", grants=(Grant("member", log.community),)),
        "worker next door": Actor(id="worker-2", grants=(Grant("grid_worker", log.community + "002"),)),
        "liaison next door": Actor(id="liaison-2", grants=(Grant("liaison", log.community[:9] + "002"),)),
    }
    for who, stranger in strangers.items():
        for ask in (
            GetVisit(visit_id=visit.visit_id),
            RevealHousehold(visit_id=visit.visit_id, purpose="看看"),
            CorrectVisit(visit_id=visit.visit_id, found="改一改"),
            FileFromVisit(visit_id=visit.visit_id, order=order),
        ):
            with pytest.raises(Refused) as refused:
                log.do(ask, stranger)
            assert refused.value.status == 404, who
        assert log.do(ListVisits(), stranger).items == (), who
        with pytest.raises(Refused) as refused:
            log.do(VisitFigures(node=log.community), stranger)
        assert refused.value.status == 403, who


def test_a_correction_keeps_what_stood_there(log: Log) -> None:
    visit = log.visit(next_due=date(2026, 3, 9), household="3单元201")
    log.do(CorrectVisit(visit_id=visit.visit_id, found="老人感冒了"), at=MONDAY + timedelta(hours=1))
    ask = CorrectVisit(visit_id=visit.visit_id, household="3单元202", never_due=True)
    log.do(ask, at=MONDAY + timedelta(hours=2))
    detail = log.do(GetVisit(visit_id=visit.visit_id), at=MONDAY + timedelta(hours=3))
    assert (detail.visit.found, detail.visit.household, detail.visit.next_due) == (
        "老人感冒了",
        "3单元202",
        None,
    )
    assert [(change.found, change.next_due, change.household_changed) for change in detail.changes] == [
        ("老人一切都好", date(2026, 3, 9), False),
        ("老人感冒了", date(2026, 3, 9), True),
    ]
    assert detail.may_correct
    assert not log.do(GetVisit(visit_id=visit.visit_id), at=TUESDAY + timedelta(hours=1)).may_correct


def test_the_next_visit_is_due_until_it_is_made(log: Log) -> None:
    friday = date(2026, 3, 6)
    first = log.visit(household="3单元201", next_due=friday)
    other = log.visit(household="3单元301", next_due=friday)
    plain = log.visit(next_due=date(2026, 3, 5))
    assert log.due(date(2026, 3, 4)) == []
    assert log.due(friday) == [plain.visit_id, first.visit_id, other.visit_id]
    again = log.visit(at=TUESDAY, again=first.visit_id, place="", next_due=date(2026, 4, 1))
    assert (again.place, again.household) == (log.grid, "3单元201")
    assert log.due(friday) == [plain.visit_id, other.visit_id]
    typed = log.visit(at=TUESDAY, household=" ３单元301")
    assert log.due(friday) == [plain.visit_id]
    assert log.do(GetVisit(visit_id=other.visit_id)).visit.met_by == typed.visit_id
    log.do(CorrectVisit(visit_id=typed.visit_id, household="3单元302"), at=TUESDAY)
    assert log.due(friday) == [plain.visit_id, other.visit_id]


def test_a_visit_told_late_is_already_followed(log: Log) -> None:
    log.visit(household="3单元201", at=TUESDAY)
    late = log.visit(household="3单元201", visited_at=MONDAY, at=TUESDAY, next_due=date(2026, 3, 3))
    assert log.due(date(2026, 3, 9)) == []
    assert late.met_by


def test_lists_go_page_by_page(log: Log) -> None:
    made = [log.visit(at=MONDAY + timedelta(hours=hour)).visit_id for hour in range(3)]
    by_liaison = log.visit(actor=log.liaison, kind=VisitKind.SAFETY, at=TUESDAY).visit_id
    first = log.do(ListVisits(limit=2))
    second = log.do(ListVisits(limit=2, cursor=first.next))
    assert [visit.visit_id for visit in (*first.items, *second.items)] == [by_liaison, *reversed(made)]
    assert second.next is None
    for filters, wanted in (
        ({"mine": True}, 3),
        ({"recorded_by": log.liaison.id}, 1),
        ({"kind": VisitKind.SAFETY}, 1),
        ({"since": TUESDAY.date()}, 1),
        ({"until": MONDAY.date()}, 3),
    ):
        assert len(log.do(ListVisits(**filters)).items) == wanted, filters
    due = [log.visit(household=f"{door}号", next_due=date(2026, 3, 20)).visit_id for door in range(3)]
    page = log.do(ListVisits(node=log.community, due_by=date(2026, 3, 20), limit=2))
    rest = log.do(ListVisits(node=log.community, due_by=date(2026, 3, 20), limit=2, cursor=page.next))
    assert [visit.visit_id for visit in (*page.items, *rest.items)] == due


def test_figures_count_by_grid(log: Log) -> None:
    log.visit(household="3单元201", next_due=date(2026, 3, 4))
    log.visit(household="3单元301", order=VisitedOrder(words="路灯不亮"))
    log.visit(household="3单元301", at=TUESDAY)
    log.visit(actor=log.liaison, place=log.community, kind=VisitKind.POLICY, at=TUESDAY)
    log.visit(visited_at=MONDAY - timedelta(days=20))
    told = log.do(VisitFigures(node=log.community, since=MONDAY.date(), until=date(2026, 3, 8)), log.liaison)
    assert (told.visits, told.households, told.orders, told.due) == (4, 2, 1, 1)
    assert told.kinds == {"care": 3, "policy": 1}
    assert [(each.place, each.visits, each.households, each.orders, each.due) for each in told.grids] == [
        (log.community, 1, 0, 0, 0),
        (log.grid, 3, 2, 1, 1),
    ]
    assert log.do(VisitFigures(node=log.community), log.liaison, at=MONDAY).visits == 3


def test_a_follow_up_names_an_order_that_is_known(log: Log) -> None:
    filed = log.do(
        RecordVisit(
            place=log.grid, kind=VisitKind.ROUTINE, found="路灯不亮", order=VisitedOrder(words="路灯不亮")
        )
    )
    order_id = filed.placed.order_id
    visit = log.visit(kind=VisitKind.FOLLOW_UP, about=order_id)
    found = [each.visit_id for each in log.do(ListVisits(order_id=order_id)).items]
    assert set(found) == {visit.visit_id, filed.visit.visit_id}
    with pytest.raises(Refused) as refused:
        log.visit(kind=VisitKind.FOLLOW_UP, about="nothing")
    assert (refused.value.field, refused.value.status) == ("about", 404)
