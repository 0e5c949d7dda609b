"""Where an order stands: the same for the same messages, however they come."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.dispatch.contracts import (
    Cause,
    Freed,
    HandFinished,
    HandJoined,
    HandKind,
    HandLeft,
    HandWaived,
    OfferDeclined,
    OfferExpired,
    OrderAppealed,
    OrderMerged,
    OrderRefused,
    SlotFreed,
    SlotOffered,
    SlotTaken,
    State,
    TaskAccepted,
    TaskAnswered,
    TaskAssigned,
    TaskClosed,
    TaskEscalated,
    TaskEvent,
    TaskOpened,
    TaskPaused,
    TaskPublished,
    TaskRegistered,
    TaskResumed,
    TaskReturned,
    TaskSentBack,
    TaskUrged,
    TaskVerified,
    TaskWarned,
    UnitsCalled,
)
from services.intake.domain.entries import Entry, entries_of_task
from services.intake.domain.orders import Standing
from services.intake.domain.standing import fold
from services.kit.envelope import Envelope
from services.members.contracts import Level
from tests.unit.intake.stories import COMMUNITY, after, of_task

PROMISE = after(72)
ASKED: dict[str, Any] = {"hand_kind": HandKind.MEMBER, "hand_id": "member-1"}
HAND: dict[str, Any] = {"member_id": "member-2", "unit_id": "unit-1"}

STORY: list[tuple[Envelope[TaskEvent], Standing]] = [
    (
        of_task(TaskRegistered, 1, State.REGISTERED, category="facilities", promised_at=PROMISE),
        Standing(state=State.REGISTERED, category="facilities", promised_at=PROMISE),
    ),
    (
        of_task(TaskAssigned, 2, State.ASSIGNED, **ASKED, hold_until=after(20)),
        Standing(state=State.ASSIGNED, category="facilities", promised_at=PROMISE, asked_member="member-1"),
    ),
    (
        of_task(OfferExpired, 3, State.REGISTERED, **ASKED),
        Standing(state=State.REGISTERED, category="facilities", promised_at=PROMISE),
    ),
    (
        of_task(TaskOpened, 4, State.REGISTERED, scope=COMMUNITY, skill=None),
        Standing(state=State.REGISTERED, category="facilities", promised_at=PROMISE, open_scope=COMMUNITY),
    ),
    (
        of_task(TaskAccepted, 5, State.ACTING, **HAND, grabbed=True),
        Standing(
            state=State.ACTING,
            category="facilities",
            promised_at=PROMISE,
            acting_member="member-2",
        ),
    ),
    (
        of_task(TaskReturned, 6, State.REGISTERED, **HAND, words="缺少材料"),
        Standing(state=State.REGISTERED, category="facilities", promised_at=PROMISE),
    ),
    (
        of_task(
            TaskAssigned, 7, State.ASSIGNED, hand_kind=HandKind.UNIT, hand_id="unit-2", hold_until=after(20)
        ),
        Standing(state=State.ASSIGNED, category="facilities", promised_at=PROMISE, asked_unit="unit-2"),
    ),
    (
        of_task(TaskAccepted, 8, State.ACTING, member_id=None, unit_id="unit-2", grabbed=False),
        Standing(state=State.ACTING, category="facilities", promised_at=PROMISE, acting_unit="unit-2"),
    ),
    (
        of_task(TaskPaused, 9, State.ACTING, words="等待配件"),
        Standing(state=State.ACTING, category="facilities", promised_at=PROMISE, acting_unit="unit-2"),
    ),
    (
        of_task(TaskResumed, 10, State.ACTING, promised_at=after(96)),
        Standing(state=State.ACTING, category="facilities", promised_at=after(96), acting_unit="unit-2"),
    ),
    (
        # The clock's urge carries the time it fell due, before the resumption that it followed.
        of_task(
            TaskUrged, 11, State.ACTING, at=after(9.5), by=None, count=1, member_id=None, unit_id="unit-2"
        ),
        Standing(state=State.ACTING, category="facilities", promised_at=after(96), acting_unit="unit-2"),
    ),
    (
        of_task(TaskWarned, 12, State.ACTING, promised_at=after(96), member_id=None, unit_id="unit-2"),
        Standing(state=State.ACTING, category="facilities", promised_at=after(96), acting_unit="unit-2"),
    ),
    (
        of_task(
            TaskEscalated,
            13,
            State.ACTING,
            level=Level.STREET,
            node=COMMUNITY[:9],
            cause=Cause.SOLVE,
            member_id=None,
            unit_id="unit-2",
        ),
        Standing(state=State.ACTING, category="facilities", promised_at=after(96), acting_unit="unit-2"),
    ),
    (
        of_task(
            TaskAnswered, 14, State.ANSWERED, member_id="m-3", unit_id="unit-2", photos=("p",), on_time=True
        ),
        Standing(
            state=State.ANSWERED,
            category="facilities",
            promised_at=after(96),
            acting_member="m-3",
            acting_unit="unit-2",
        ),
    ),
]


def entries(told: Sequence[Envelope[TaskEvent]]) -> list[Entry]:
    return [entry for envelope in told for entry in entries_of_task(envelope)]


@pytest.mark.parametrize("steps", range(1, len(STORY) + 1))
def test_each_step_of_the_story(steps: int) -> None:
    standing = fold(entries([envelope for envelope, _ in STORY[:steps]]))
    expected = STORY[steps - 1][1]
    assert standing.task_id == "task-1"
    assert {name: getattr(standing, name) for name in Standing.__slots__ if name != "task_id"} == {
        name: getattr(expected, name) for name in Standing.__slots__ if name != "task_id"
    }


def test_before_any_message_it_is_collected() -> None:
    assert fold([]) == Standing(state=State.COLLECTED)


@given(st.integers(1, len(STORY)), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(steps: int, chance: random.Random) -> None:
    straight = entries([envelope for envelope, _ in STORY[:steps]])
    mixed = straight.copy()
    chance.shuffle(mixed)
    assert fold(mixed) == fold(straight)


MERGED = [
    of_task(TaskRegistered, 1, State.REGISTERED, category="facilities", promised_at=PROMISE),
    of_task(OrderMerged, 2, State.MERGED, into_task_id="task-2", into_order_id="order-2"),
    of_task(TaskAnswered, 9, State.ANSWERED, at=after(3), task="task-2", orders=("order-2", "order-1"), **HAND, photos=(), on_time=True),
    of_task(TaskVerified, 10, State.VERIFIED, at=after(4), task="task-2", orders=("order-2", "order-1"), objections_until=PROMISE),
]  # fmt: skip


def of_first(told: Sequence[Envelope[TaskEvent]]) -> list[Entry]:
    return [entry for entry in entries(told) if entry.order_id == "order-1"]


@given(st.permutations(range(len(MERGED))))
def test_a_merged_order_follows_the_other_task(arrival: list[int]) -> None:
    standing = fold(of_first([MERGED[place] for place in arrival]))
    assert (standing.state, standing.task_id, standing.merged_into) == (State.VERIFIED, "task-2", "order-2")


@pytest.mark.parametrize(
    ("hands", "member", "unit"),
    [
        ({}, None, None),
        ({"member_id": "m-1", "unit_id": "unit-1"}, "m-1", None),
        ({"unit_id": "unit-1"}, None, "unit-1"),
    ],
)
def test_who_acts_on_the_other_task_acts_on_the_merged_order_at_once(
    hands: dict[str, Any], member: str | None, unit: str | None
) -> None:
    merged = of_task(OrderMerged, 2, State.MERGED, into_task_id="task-2", into_order_id="order-2", **hands)
    standing = fold(entries([merged]))
    assert (standing.acting_member, standing.acting_unit) == (member, unit)


def test_merged_at_the_very_instant_at_which_the_other_task_moves() -> None:
    at_once = [
        of_task(OrderMerged, 7, State.MERGED, at=after(1), into_task_id="task-2", into_order_id="order-2"),
        of_task(TaskPaused, 2, State.ACTING, at=after(1), task="task-2"),
    ]
    assert fold(of_first(at_once)).state == State.ACTING
    assert fold(of_first(at_once[::-1])).state == State.ACTING


@given(st.randoms(use_true_random=False))
def test_an_appeal_against_the_merger_gives_the_order_its_own_task_back(chance: random.Random) -> None:
    told = [
        *MERGED,
        of_task(OrderAppealed, 3, State.COLLECTED, at=after(5), words="不是同一件事"),
        of_task(TaskRegistered, 4, State.REGISTERED, at=after(6), category="other", promised_at=after(90)),
    ]
    chance.shuffle(told)
    assert fold(of_first(told)) == Standing(
        state=State.REGISTERED, task_id="task-1", category="other", promised_at=after(90)
    )


@given(st.randoms(use_true_random=False))
def test_units_called_help_once_they_report_and_until_they_leave(chance: random.Random) -> None:
    lead: dict[str, Any] = {"member_id": "m-1", "unit_id": "unit-1"}

    def part(unit: str, **more: Any) -> dict[str, Any]:
        return {"hand_kind": HandKind.UNIT, "hand_id": unit, **lead, **more}

    units = ("a", "b", "c", "d")
    told: list[Envelope[TaskEvent]] = [
        of_task(UnitsCalled, 1, State.ACTING, unit_ids=units, leading=None, report_by=after(9), **lead),
        of_task(HandJoined, 2, State.ACTING, **part("a", on_time=True)),
        of_task(HandJoined, 3, State.ACTING, **part("b", on_time=True)),
        of_task(HandFinished, 4, State.ACTING, **part("a", photos=())),
        of_task(HandLeft, 5, State.ACTING, **part("b")),
        of_task(HandWaived, 6, State.ACTING, **part("c")),
    ]
    chance.shuffle(told)
    standing = fold(entries(told))
    assert (standing.called, standing.helping) == (("d",), ("a",))


@given(st.randoms(use_true_random=False))
def test_members_in_slots_help_until_they_leave_or_the_task_is_returned(chance: random.Random) -> None:
    def slot(member: str, **more: Any) -> dict[str, Any]:
        return {"slot": "电工", "hand_kind": HandKind.MEMBER, "hand_id": member, **more}

    told: list[Envelope[TaskEvent]] = [
        of_task(SlotOffered, 1, State.REGISTERED, **slot("a", report_by=after(9))),
        of_task(SlotOffered, 2, State.REGISTERED, **slot("b", report_by=after(9))),
        of_task(SlotTaken, 3, State.REGISTERED, **slot("b", grabbed=False)),
        of_task(SlotTaken, 4, State.REGISTERED, **slot("c", grabbed=True)),
        of_task(SlotFreed, 5, State.REGISTERED, **slot("c", freed=Freed.LEFT)),
        of_task(TaskAccepted, 6, State.ACTING, member_id="b", unit_id=None, grabbed=False),
    ]
    returned = of_task(TaskReturned, 7, State.REGISTERED, member_id="b", unit_id=None, released=("a", "b"))
    chance.shuffle(told)
    standing = fold(entries(told))
    assert (standing.called, standing.helping, standing.acting_member) == (("a",), ("b",), "b")
    standing = fold(entries([returned, *told]))
    assert (standing.called, standing.helping, standing.acting_member) == ((), (), None)


def test_refused_then_appealed_is_collected_again() -> None:
    told = [
        of_task(OrderRefused, 1, State.REFUSED, words="不属本社区"),
        of_task(OrderAppealed, 2, State.COLLECTED, words="就是本社区"),
    ]
    assert fold(entries(told)).state == State.COLLECTED


def test_closed_keeps_the_one_who_acted() -> None:
    told = [
        *(envelope for envelope, _ in STORY),
        of_task(TaskSentBack, 15, State.ACTING, member_id="m-3", unit_id="unit-2", words="照片不清"),
        of_task(TaskPublished, 16, State.PUBLISHED, confirmed_by="resident", until=after(99)),
        of_task(TaskClosed, 17, State.CLOSED, by=None, member_id="m-3", unit_id="unit-2"),
    ]
    standing = fold(entries(told))
    assert (standing.state, standing.acting_member) == (State.CLOSED, "m-3")


@pytest.mark.parametrize(("asked", "acting_unit"), [(HandKind.UNIT, "unit-1"), (HandKind.MEMBER, None)])
def test_a_unit_acts_where_it_was_asked_and_not_where_its_member_was(
    asked: HandKind, acting_unit: str | None
) -> None:
    hand = "unit-1" if asked is HandKind.UNIT else "member-2"
    told: list[Envelope[TaskEvent]] = [
        of_task(TaskAssigned, 1, State.ASSIGNED, hand_kind=asked, hand_id=hand, hold_until=after(20)),
        of_task(TaskAccepted, 2, State.ACTING, **HAND, grabbed=False),
        of_task(TaskAnswered, 3, State.ANSWERED, **HAND, photos=(), on_time=True),
    ]
    for steps in (2, 3):
        standing = fold(entries(told[:steps]))
        assert (standing.acting_member, standing.acting_unit) == ("member-2", acting_unit)


def test_everybody_in_a_wave_is_asked_until_one_has_it() -> None:
    wave = of_task(
        TaskAssigned, 2, State.ASSIGNED, **ASKED, hold_until=after(20), also_asked=("member-2", "member-3")
    )
    no = of_task(OfferDeclined, 3, State.ASSIGNED, **ASKED)
    yes = of_task(TaskAccepted, 4, State.ACTING, **HAND, grabbed=False, superseded=("member-3",))
    entries = [entry for told in (wave, no, yes) for entry in entries_of_task(told)]
    asked, left, taken = (fold(entries[:count]) for count in (1, 2, 3))
    assert (asked.asked_member, asked.called) == ("member-1", ("member-2", "member-3"))
    assert (left.asked_member, left.called) == (None, ("member-2", "member-3"))
    assert (taken.acting_member, taken.asked_member, taken.called) == ("member-2", None, ())
