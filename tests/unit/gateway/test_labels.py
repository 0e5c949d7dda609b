"""What pages say: the field's words for every code word, and times as the city reads them."""

from __future__ import annotations

import importlib
from datetime import UTC, datetime, timedelta
from typing import get_type_hints

import pytest

from gateway.web import labels
from gateway.web.pages.home import SHOWN
from services.dispatch import contracts as dispatch
from services.evaluation.contracts import Grade
from services.intake.contracts import Channel, VisitKind
from services.kit.envelope import Event
from services.members.contracts import Role


def test_every_state_step_role_channel_and_grade_has_its_word() -> None:
    assert {state.value for state in dispatch.State} == labels.STATES.keys()
    assert {role.value for role in Role} <= labels.ROLES.keys()
    assert {channel.value for channel in Channel} == labels.CHANNELS.keys()
    assert {kind.value for kind in VisitKind} == labels.VISIT_KINDS.keys()
    assert {grade.value for grade in Grade} == labels.GRADES.keys()
    assert set(SHOWN) <= labels.FIGURES.keys()


@pytest.mark.parametrize("service", ["intake", "dispatch"])
def test_every_event_of_an_order_has_its_word(service: str) -> None:
    contracts = importlib.import_module(f"services.{service}.contracts")
    events = [each for each in vars(contracts).values() if isinstance(each, type) and issubclass(each, Event)]
    # A small wish is no order.
    events = [event for event in events if "wish_id" not in get_type_hints(event)]
    steps = {event.type.partition(".")[2] for event in events if hasattr(event, "type")} - {"*"}
    assert steps
    assert steps <= labels.STEPS.keys()


def test_times_are_the_citys() -> None:
    assert labels.moment(datetime(2026, 3, 4, 16, 30, tzinfo=UTC)) == "2026年3月5日 00:30"
    assert labels.day(datetime(2026, 3, 4, 16, 30, tzinfo=UTC)) == "2026年3月5日"


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=10), "1 分钟"),
        (timedelta(minutes=59), "59 分钟"),
        (timedelta(minutes=61), "1 小时"),
        (timedelta(hours=47), "47 小时"),
        (timedelta(days=2), "2 天"),
        (timedelta(days=3, hours=23), "3 天"),
    ],
)
def test_lengths_of_time(length: timedelta, words: str) -> None:
    assert labels.span(length) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "—"), (1.0, "100%"), (0.9999, "99.9%"), (50 / 55, "90.9%"), (0.0, "0%"), (0.29, "29%")],
)
def test_all_is_said_only_when_nothing_is_missing(value: float | None, words: str) -> None:
    assert labels.percent(value) == words


def test_a_follow_code_is_read_in_two_groups() -> None:
    assert labels.spaced("abcd2345") == "ABCD-2345"
    assert labels.spaced("ABCD-2345") == "ABCD-2345"


@pytest.mark.parametrize(
    ("name", "words"),
    [("教场社区居民委员会", "教场社区"), ("卡塞村村民委员会", "卡塞村"), ("松山街道", "松山街道")],
)
def test_places_are_called_as_people_call_them(name: str, words: str) -> None:
    assert labels.place(name) == words
