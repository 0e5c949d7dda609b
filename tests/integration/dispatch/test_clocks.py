"""Clocks on a real database: in the order of due times, each at its own moment, in lots, beside other replicas."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta

import pytest

from services.dispatch import handlers
from services.dispatch.contracts import ClocksRun, GetTask, PauseTask, ReopenTask, ResumeTask, Slug, State
from services.dispatch.domain.calendar import Calendar
from services.dispatch.domain.clocks import Due, strike
from services.dispatch.domain.task import Change, Task
from services.dispatch.handlers import clocks
from services.kit.outcomes import Refused
from services.kit.work import begin
from tests.integration.dispatch.world import LIAISON, RESIDENT, START, World, member


def counts(**moved: int) -> ClocksRun:
    still = dict.fromkeys((field.name for field in fields(ClocksRun)), 0)
    return ClocksRun(**still | moved)


def at(event: dict[str, object]) -> datetime:
    body = event["body"]
    assert isinstance(body, dict)
    return datetime.fromisoformat(body["at"])


def test_one_long_jump_does_everything_at_its_own_moment(world: World) -> None:
    verified = world.verified("order-1")
    world.passes(days=1)
    later = world.verified("order-2")
    silent = world.assigned("order-3", hold_minutes=60, days=2)
    done = len(world.outbox())
    world.passes(days=90)
    assert world.ask_clocks() == counts(expired=1, published=2, closed=2, urged=1, escalated=1)
    told = world.outbox()[done:]
    assert [(event["type"], event["body"]["task_id"], at(event) - START) for event in told] == [
        ("dispatch.offer_expired", silent.task_id, timedelta(days=1, hours=1)),
        ("dispatch.task_urged", silent.task_id, timedelta(days=3)),
        ("dispatch.task_escalated", silent.task_id, timedelta(days=3, hours=8.5)),
        ("dispatch.task_published", verified.task_id, timedelta(days=7)),
        ("dispatch.task_published", later.task_id, timedelta(days=8)),
        ("dispatch.task_closed", verified.task_id, timedelta(days=10)),
        ("dispatch.task_closed", later.task_id, timedelta(days=11)),
    ]
    assert [datetime.fromisoformat(event["occurred_at"]) for event in told] == [at(event) for event in told]
    assert world.ask_clocks() == counts()


def test_nothing_moves_before_its_time(world: World) -> None:
    world.verified()
    world.passes(days=7, microseconds=-1)
    assert world.ask_clocks().published == 0
    world.passes(microseconds=1)
    assert world.ask_clocks().published == 1
    world.passes(days=3, microseconds=-1)
    assert world.ask_clocks().closed == 0
    world.passes(microseconds=1)
    assert world.ask_clocks().closed == 1


def test_order_of_due_times_holds_across_lots(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clocks, "LOT", 2)
    for number in range(5):
        world.verified(f"order-{number}")
        world.passes(hours=30)
    done = len(world.outbox())
    world.passes(days=30)
    assert world.ask_clocks() == counts(published=5, closed=5)
    moments = [at(event) for event in world.outbox()[done:]]
    assert moments == sorted(moments)


def test_a_tick_takes_one_lot(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clocks, "LOT", 3)
    for number in range(5):
        world.assigned(f"order-{number}", hold_minutes=number + 1)
    world.passes(hours=1)
    assert [tick(world).expired, tick(world).expired, tick(world).expired] == [3, 2, 0]


def tick(world: World) -> ClocksRun:
    with begin(world.database, service="dispatch", now=world.now) as work:
        return handlers.run_lot(work)


def test_one_clock_that_may_not_move_its_task_stops_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stuck, fine = world.verified("order-1"), world.verified("order-2")

    def forgetful(task: Task, due: Due, calendar: Calendar) -> Change:
        if task.task_id == stuck.task_id:
            raise Refused(Slug.WRONG_STATE, "规则里没有这一步")
        return strike(task, due, calendar)

    world.passes(days=7)
    with monkeypatch.context() as patched:
        patched.setattr("services.dispatch.handlers.clocks.strike", forgetful)
        assert world.ask_clocks() == counts(published=1, stuck=1)
        assert world.ask_clocks() == counts()
    assert stuck.task_id in caplog.text
    assert world.ask(LIAISON, GetTask(task_id=fine.task_id)).state is State.PUBLISHED
    assert world.ask(LIAISON, GetTask(task_id=stuck.task_id)) == stuck
    world.passes(hours=1)
    assert world.ask_clocks() == counts(published=1)


def test_replicas_share_the_work_and_none_waits(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clocks, "LOT", 3)
    for number in range(5):
        world.assigned(f"order-{number}", hold_minutes=number + 1)
    world.passes(hours=1)
    with begin(world.database, service="dispatch", now=world.now) as first:
        assert handlers.run_lot(first).expired == 3
        assert tick(world).expired == 2, "the second replica takes what the first has not locked"
    assert world.steps_of_all().count("offer_expired") == 5


def test_a_pause_stops_the_promise_and_its_end_moves_it(world: World) -> None:
    task = world.acting(days=2)
    world.task(member(1), PauseTask(task_id=task.task_id, reason="等材料"))
    world.passes(days=10)
    assert world.ask_clocks().urged == 0
    world.task(member(1), ResumeTask(task_id=task.task_id))
    world.passes(days=1, hours=8.5, seconds=-1)
    assert world.ask_clocks().urged == 0, "two working days were left when the pause began"
    world.passes(seconds=1)
    assert world.ask_clocks().urged == 1
    world.passes(days=5)
    assert world.ask_clocks().urged == 0, "the clock urges once"


def test_an_objection_in_time_stops_the_clock(world: World) -> None:
    world.verified()
    world.passes(days=6)
    world.task(RESIDENT, ReopenTask(order_id="order-1", reason="没解决"))
    world.passes(days=30)
    assert world.ask_clocks().published == 0
    assert world.task(LIAISON, GetTask(order_id="order-1")).state is State.ACTING


def test_people_do_not_turn_the_clocks_where_time_is_real(world: World) -> None:
    with pytest.raises(Refused) as refused:
        world.ask_clocks(LIAISON)
    assert (refused.value.slug, refused.value.status) == (Slug.NOT_ALLOWED, 403)
    assert world.ask_clocks(LIAISON, simulated=True) == counts()
