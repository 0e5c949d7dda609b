"""The words of messages: every row of the table can be filled from its event, and says nothing personal."""

from __future__ import annotations

import string
from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest

from services.dispatch import contracts as dispatch
from services.dispatch.contracts import HandKind, State, TaskEvent, TaskRegistered, TaskVerified
from services.evaluation.domain.points import MEMBER, UNIT
from services.intake.contracts import Channel, OrderCollected
from services.kit.envelope import Event
from services.notify.domain.audiences import Audience, Telling
from services.notify.domain.channels import code_text
from services.notify.domain.citytime import CityTime
from services.notify.domain.tellings import TABLE
from services.notify.domain.wording import worded
from tests.unit.intake.stories import after

ROWS = [(event, telling) for event, tellings in TABLE.items() for telling in tellings]
LATE_EVENING = datetime(2025, 3, 4, 17, 30, tzinfo=UTC)


def collected(*, emergency: bool) -> OrderCollected:
    return OrderCollected(
        order_id="order-1",
        community_code="520425001001",
        grid_code=None,
        channel=Channel.HOTLINE,
        category=None,
        emergency=emergency,
        private=False,
        placed_by="resident-1",
        filed_by=None,
        collected_at=after(0),
    )


def test_a_promise_is_told_by_the_citys_day() -> None:
    registered = TaskRegistered(
        task_id="task-1",
        order_ids=("order-1",),
        community_code="520425001001",
        state=State.REGISTERED,
        by=None,
        role=None,
        at=after(0),
        category="facilities",
        promised_at=LATE_EVENING,
    )
    (telling,) = TABLE[TaskRegistered]
    assert worded(telling.words, registered) == "您的点单已立项，承诺 3月5日 前答复。"


def test_times_are_the_citys() -> None:
    assert f"{CityTime(LATE_EVENING):day}" == "3月5日"
    assert f"{CityTime(LATE_EVENING):minute}" == "3月5日 01:30"
    with pytest.raises(ValueError, match="by day or by minute"):
        f"{CityTime(LATE_EVENING)}"


def test_an_emergency_says_so_in_the_title() -> None:
    (telling,) = TABLE[OrderCollected]
    assert worded(telling.title, collected(emergency=True)) == "紧急点单待受理"
    assert worded(telling.title, collected(emergency=False)) == "新点单待受理"


@pytest.mark.parametrize(("event", "telling"), ROWS)
def test_templates_name_only_fields_that_the_event_has_and_nothing_that_somebody_wrote(
    event: type[Event], telling: Telling
) -> None:
    has = {item.name for item in fields(event)}
    free_or_personal = {"words", "by", "photos", "code"}
    for template in (telling.title, telling.words):
        named = {name for _, name, _, _ in string.Formatter().parse(template) if name}
        assert named <= (has | {"urgency"}) - free_or_personal


@pytest.mark.parametrize(("event", "telling"), ROWS)
def test_an_audience_is_found_from_fields_that_the_event_has(event: type[Event], telling: Telling) -> None:
    needs = {
        Audience.ASKED: {"hand_kind", "hand_id"},
        Audience.CALLED: {"unit_ids"},
        Audience.COMING: {"coming"},
        Audience.SUPERSEDED: {"superseded"},
        Audience.ACTING: {"member_id", "unit_id"},
        Audience.NEARBY: {"scope", "skill", "task_id"},
        Audience.HOLDER: {"holder_kind", "holder_id"},
        Audience.JOINED: {"joined_ids"},
        Audience.VOTERS: {"member_ids"},
        Audience.PERSON: {"person_id"},
        Audience.HELPER: {"member_id"},
    }
    assert needs.get(telling.audience, set()) <= {item.name for item in fields(event)}


def test_every_step_of_a_task_is_told_to_somebody() -> None:
    steps = {
        found
        for found in vars(dispatch).values()
        if isinstance(found, type) and issubclass(found, TaskEvent) and found is not TaskEvent
    }
    assert TaskVerified in steps
    assert steps <= TABLE.keys()


@pytest.mark.parametrize(("lasts", "minutes"), [(300, 5), (299, 5), (241, 5), (240, 4), (1, 1)])
def test_the_text_of_a_code_rounds_its_life_up(lasts: int, minutes: int) -> None:
    text = code_text("123456", until=after(0) + timedelta(seconds=lasts), now=after(0))
    assert text == f"【三单】验证码 123456，{minutes}分钟内有效"


def test_holders_of_points_are_told_as_hands_are() -> None:
    assert {MEMBER, UNIT} <= {str(kind) for kind in HandKind}
