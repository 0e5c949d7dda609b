"""Events keep their promise to those who listen: old samples are still read, every event is explained and heard."""

from __future__ import annotations

import dataclasses
import inspect
import json
import re

import pytest

from services.kit.catalogue import CATALOGUE, heard_by, render
from services.kit.envelope import Event, decode, encode
from tests.contract.samples import EVENTS, GOLDEN, path_of

# A follow code is a key: whoever has it confirms in the resident's name.
FORBIDDEN = re.compile(r"phone|address|contact|password|token|^code$")


def named(event: type[Event]) -> str:
    return event.routing_key()


@pytest.mark.parametrize("event", EVENTS, ids=named)
def test_a_golden_sample_is_read_and_written_back_the_same(event: type[Event]) -> None:
    raw = path_of(event).read_bytes()
    golden, written = json.loads(raw), json.loads(encode(decode(raw, event)))
    optional = {field.name for field in dataclasses.fields(event) if field.default is not dataclasses.MISSING}
    for later in (written["body"].keys() - golden["body"].keys()) & optional:
        del written["body"][later]
    assert written == golden


@pytest.mark.parametrize("event", EVENTS, ids=named)
def test_unknown_fields_do_not_disturb(event: type[Event]) -> None:
    golden = json.loads(path_of(event).read_bytes())
    golden["body"]["of_a_later_version"] = golden["of_a_later_version"] = 1
    assert decode(json.dumps(golden).encode(), event) == decode(path_of(event).read_bytes(), event)


def test_every_sample_has_its_event() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == {event.routing_key() for event in EVENTS}


@pytest.mark.parametrize("event", EVENTS, ids=named)
def test_an_event_says_when_it_is_sent(event: type[Event]) -> None:
    assert (inspect.getdoc(event) or "").startswith("Sent when ")


@pytest.mark.parametrize("event", EVENTS, ids=named)
def test_an_event_carries_nothing_personal(event: type[Event]) -> None:
    assert not [field.name for field in dataclasses.fields(event) if FORBIDDEN.search(field.name)]


def test_every_event_is_heard_by_somebody() -> None:
    assert {event.routing_key() for event in EVENTS} - set(heard_by()) == set()


def test_nobody_listens_to_what_is_never_sent() -> None:
    assert set(heard_by()) - {event.routing_key() for event in EVENTS} == set()


def test_the_catalogue_is_fresh() -> None:
    assert CATALOGUE.read_text(encoding="utf-8") == render()
