"""What is told is overheard once it has been handed over, by a process that nothing is kept for."""

from __future__ import annotations

from services.kit.ids import new_id
from tests.integration.kit.house import House
from tests.waiting import until


def test_a_window_is_overheard_whole_and_in_order(calm: House) -> None:
    key = new_id()
    calm.write_past_the_broker(key, times=30)
    until(lambda: len(calm.overheard(key)) >= 30, "all to be overheard")
    assert calm.overheard(key) == sorted(set(calm.overheard(key)))
    until(lambda: len(calm.heard(key)) == 30, "the listener to hear them too")


def test_a_defect_in_what_overhears_costs_that_event_alone(calm: House) -> None:
    calm.write_past_the_broker("stumbles", times=4)
    until(lambda: len(calm.overheard("stumbles")) == 4, "all to be overheard")


def test_overhearing_makes_no_event_wanted(calm: House) -> None:
    key = new_id()
    calm.ask("Shout", key=key)
    waiting = (
        "SELECT count(*) FROM outbox WHERE not_before IS NOT NULL AND convert_from(body, 'UTF8') LIKE :like"
    )
    until(lambda: calm.number(waiting, like=f"%{key}%") == 1, "the event to wait for a queue that wants it")
    assert calm.overheard(key) == []
    calm.rows("DELETE FROM outbox WHERE routing_key = 'probe.shouted.v1'")
