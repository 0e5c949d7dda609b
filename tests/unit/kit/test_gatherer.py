"""Who carries what waits: at once when nobody does, together when many wait, never more lots than there are ways."""

from __future__ import annotations

from collections.abc import Sequence

import eventlet
import pytest
from eventlet.event import Event as Signal

from services.kit.lots import IN_FLIGHT, MOST, WORTH_A_JOURNEY, Gatherer


class Ways:
    """Where lots are carried to: each waits there until it is let go."""

    def __init__(self) -> None:
        self.arrived: list[list[int]] = []
        self.gates: list[Signal] = []
        self.gatherer: Gatherer[int, int] = Gatherer(self.carry)

    def carry(self, lot: list[int]) -> Sequence[int]:
        gate = Signal()
        self.arrived.append(lot)
        self.gates.append(gate)
        gate.wait()
        return [-item for item in lot]

    def ask(self, *items: int) -> list[eventlet.greenthread.GreenThread]:
        """Each item is asked by somebody of its own."""
        asking = [eventlet.spawn(self.gatherer.ask, item, 10) for item in items]
        eventlet.sleep(0)
        return asking

    def let_go(self, number: int) -> None:
        self.gates[number].send()
        eventlet.sleep(0)
        eventlet.sleep(0)

    @property
    def lots(self) -> list[int]:
        return [len(lot) for lot in self.arrived]


def answers(asking: list[eventlet.greenthread.GreenThread]) -> list[int]:
    return [each.wait() for each in asking]


def test_the_first_leaves_at_once() -> None:
    ways = Ways()
    asking = ways.ask(1)
    assert ways.arrived == [[1]]
    ways.let_go(0)
    assert answers(asking) == [-1]


def test_few_wait_for_the_lot_in_hand_and_then_leave_together() -> None:
    ways = Ways()
    asking = ways.ask(1, 2, 3)
    assert ways.arrived == [[1]]
    ways.let_go(0)
    assert ways.arrived == [[1], [2, 3]]
    ways.let_go(1)
    assert answers(asking) == [-1, -2, -3]


def test_many_leave_beside_the_lot_in_hand_but_only_on_the_ways_there_are() -> None:
    ways = Ways()
    asking = ways.ask(*range(1, 2 + 3 * WORTH_A_JOURNEY))
    assert ways.lots == [1] + [WORTH_A_JOURNEY] * (IN_FLIGHT - 1)
    while sum(ways.lots) < len(asking):
        ways.let_go(len(ways.gates) - 1)
    for gate in ways.gates:
        if not gate.ready():
            gate.send()
    assert answers(asking) == [-item for item in range(1, 2 + 3 * WORTH_A_JOURNEY)]
    assert 0 not in ways.lots


def test_a_way_is_free_again_when_nothing_waits() -> None:
    ways = Ways()
    for number in range(IN_FLIGHT + 2):
        asking = ways.ask(number)
        ways.let_go(number)
        assert answers(asking) == [-number]


def test_a_lot_has_its_bound() -> None:
    ways = Ways()
    asking = ways.ask(*range(2 * MOST))
    ways.let_go(0)
    assert max(ways.lots) == MOST
    while not all(each.dead for each in asking):
        for number, gate in enumerate(ways.gates):
            if not gate.ready():
                ways.let_go(number)
    assert sum(ways.lots) == len(asking)


def test_what_stops_a_lot_is_told_to_all_in_it_and_stops_no_other() -> None:
    fail = [True]

    def carry(lot: list[int]) -> Sequence[int]:
        eventlet.sleep(0)
        if fail.pop() if fail else False:
            raise OSError("no way")
        return lot

    gatherer: Gatherer[int, int] = Gatherer(carry)
    asking = [eventlet.spawn(gatherer.ask, item, 10) for item in (1, 2)]
    with pytest.raises(OSError, match="no way"):
        asking[0].wait()
    assert asking[1].wait() == 2


def test_who_waited_long_enough_has_no_answer() -> None:
    ways = Ways()
    first = ways.ask(1)
    assert eventlet.spawn(ways.gatherer.ask, 2, 0.01).wait() is None
    ways.let_go(0)
    assert answers(first) == [-1]
