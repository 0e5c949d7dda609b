"""Which steps are evidence of whose lapse; and how often a resident may remind."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from services.dispatch.contracts import LapseKind, Slug, TaskReminded
from services.dispatch.domain import acting, checking, offering
from services.dispatch.domain.clocks import Due, strike
from services.dispatch.domain.grabbing import GrabLimits
from services.dispatch.domain.ladder import awaiting_response
from services.dispatch.domain.lapses import lapse_of
from services.dispatch.domain.task import Change, Task
from services.dispatch.domain.transitions import Relation, Step
from services.kit.outcomes import Refused
from tests.unit.dispatch.samples import (
    ACTING,
    ASSIGNED,
    CALENDAR,
    COLLECTED,
    MEMBER_HAND,
    NOW,
    OPENED,
    REGISTERED,
    UNIT,
    UNIT_HAND,
    by,
)

LATER = NOW + timedelta(days=9)
RESIDENT = by(Relation.RESIDENT)
GRABBED = offering.grab(
    OPENED, by(Relation.CANDIDATE), NOW, hand=MEMBER_HAND, limits=GrabLimits(hold_minutes=5)
).after
ON_DUTY = replace(REGISTERED, duty_member_id="member-1")
OF_UNIT = replace(ASSIGNED, hand_kind=UNIT_HAND.kind, hand_id=UNIT)


def clock(task: Task, step: Step) -> Change:
    return strike(task, Due(LATER, step), CALENDAR)


@pytest.mark.parametrize(
    ("change", "kind", "who"),
    [
        (clock(ASSIGNED, Step.EXPIRE), LapseKind.SILENT, ("member-1", None)),
        (clock(OF_UNIT, Step.EXPIRE), LapseKind.SILENT, (None, UNIT)),
        (clock(GRABBED, Step.RELEASE), LapseKind.NOT_BEGUN, ("member-1", UNIT)),
        (clock(ACTING, Step.URGE), LapseKind.OVERDUE, ("member-1", UNIT)),
        (clock(ACTING, Step.ESCALATE), LapseKind.ESCALATED, ("member-1", UNIT)),
        (clock(ON_DUTY, Step.URGE), LapseKind.OVERDUE, ("member-1", None)),
        (clock(awaiting_response(COLLECTED, NOW, CALENDAR), Step.URGE), LapseKind.OVERDUE, (None, None)),
        (
            checking.urge(ACTING, by(Relation.SUPERVISOR), NOW, words=None),
            LapseKind.URGED,
            ("member-1", UNIT),
        ),
        (checking.remind(ACTING, RESIDENT, NOW, calendar=CALENDAR), LapseKind.REMINDED, ("member-1", UNIT)),
        (
            acting.answer(ACTING, by(Relation.ACTING), LATER, words="好了", photos=()),
            LapseKind.LATE,
            ("member-1", UNIT),
        ),
    ],
    ids=[
        "a silent member",
        "a silent unit",
        "a grab not begun",
        "overdue",
        "escalated",
        "overdue on duty",
        "overdue with nobody",
        "urged",
        "reminded",
        "late",
    ],
)
def test_what_a_step_shows_and_of_whom(
    change: Change, kind: LapseKind, who: tuple[str | None, str | None]
) -> None:
    lapse = lapse_of(change)
    assert lapse is not None
    assert (lapse.kind, lapse.member_id, lapse.unit_id) == (kind, *who)
    assert (lapse.task_id, lapse.sequence, lapse.at) == ("task-1", change.after.sequence, change.event.at)


@pytest.mark.parametrize(
    "change",
    [
        acting.answer(ACTING, by(Relation.ACTING), NOW, words="好了", photos=()),
        acting.give_back(ACTING, by(Relation.ACTING), NOW, reason="做不了"),
        offering.release(GRABBED, by(Relation.ACTING), NOW),
        offering.decline(ASSIGNED, by(Relation.ASKED), NOW, reason="出差"),
    ],
    ids=["in time", "returned", "let go", "declined"],
)
def test_who_says_no_or_does_it_has_not_failed_to_act(change: Change) -> None:
    assert lapse_of(change) is None


def test_going_to_the_last_resort_is_nobodys_silence() -> None:
    change = acting.give_back(replace(ACTING, returns=2), by(Relation.ACTING), NOW, reason="做不了")
    assert change.then is not None
    assert lapse_of(change.then) is None


@pytest.mark.parametrize(
    ("hours", "count"),
    [(1, None), (14.9, None), (15, 2), (24 * 5, 2)],
    ids=["same day", "before midnight", "next working day", "long after"],
)
def test_a_resident_reminds_once_a_working_day(hours: float, count: int | None) -> None:
    reminded = checking.remind(ACTING, RESIDENT, NOW, calendar=CALENDAR).after
    again = NOW + timedelta(hours=hours)
    if count is None:
        with pytest.raises(Refused) as refused:
            checking.remind(reminded, RESIDENT, again, calendar=CALENDAR)
        assert (refused.value.slug, refused.value.status) == (Slug.TOO_EARLY, 409)
        assert refused.value.facts == {"again": "2026-03-03T00:00:00+08:00"}
        return
    event = checking.remind(reminded, RESIDENT, again, calendar=CALENDAR).event
    assert isinstance(event, TaskReminded)
    assert event.count == count


def test_who_reminds_on_a_friday_reminds_again_on_monday() -> None:
    friday = datetime(2026, 3, 6, 8, 0, tzinfo=NOW.tzinfo)
    reminded = checking.remind(ACTING, RESIDENT, friday, calendar=CALENDAR).after
    with pytest.raises(Refused):
        checking.remind(reminded, RESIDENT, friday + timedelta(days=2), calendar=CALENDAR)
    assert (
        checking.remind(reminded, RESIDENT, friday + timedelta(days=3), calendar=CALENDAR).after.reminded == 2
    )
