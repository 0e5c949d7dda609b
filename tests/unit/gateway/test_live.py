"""Who is told what, how often, and how many may listen; which topics an event touches."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from werkzeug.test import Client

from gateway.live import hub as hubs
from gateway.live.hub import OF_AN_ACCOUNT, Hub, Listener, Stream
from gateway.live.topics import HEARD, topics_of
from gateway.problems import Problem
from services.dispatch.contracts import State, TaskAccepted, TaskEvent, TaskOpened

NOBODY = Listener("192.0.2.1", account=False)
ADA = Listener("ada", account=True)
NOW = datetime(2026, 3, 1, tzinfo=UTC)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    monkeypatch.setattr(hubs, "GATHER", 0)
    return Clock()


@pytest.fixture
def hub(clock: Clock) -> Hub:
    return Hub(clock, most=50)


def stream(
    hub: Hub, *topics: str, who: Listener = ADA, since: str | None = None, left: bool = False
) -> Stream:
    return hub.open(who, {topic: frozenset({topic.upper()}) for topic in topics}, since, lambda: left)


def news(opened: Stream) -> tuple[str, ...]:
    return opened.wait(0)


def test_a_stream_is_told_its_own_topics_once_each_by_their_names(hub: Hub) -> None:
    opened = stream(hub, "a", "b")
    for _ in range(1000):
        hub.changed(["a", "c"])
    hub.changed(["b"])
    assert news(opened) == ("A", "B")
    assert news(opened) == ()
    hub.close(opened)
    hub.close(opened)
    hub.changed(["a"])
    assert news(opened) == ()


def test_a_page_is_told_what_it_may_have_missed(hub: Hub, clock: Clock) -> None:
    before = hub.mark()
    hub.changed(["a"])
    assert news(stream(hub, "a", "b", since=before)) == ("A",)
    assert hub.mark() == before, "a page made now may still lack what only one service has heard of"
    clock.now += hubs.SETTLING
    assert news(stream(hub, "a", since=hub.mark())) == ()
    assert news(stream(hub, "a")) == ()


def test_a_mark_of_another_process_or_of_long_ago_says_nothing(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    for mark in ("", "7", "nonsense", f"{hub._life}.x", Hub().mark(), f"{hub._life}.{'9' * 400}x"):
        assert news(stream(hub, "a", since=mark)) == ("A",), mark
    monkeypatch.setattr(hubs, "REMEMBERED", 2)
    early = hub.mark()
    for topic in ("a", "b", "c"):
        hub.changed([topic])
    assert news(stream(hub, "a", since=early)) == ("A",)


def test_one_listener_has_few_streams_and_accounts_always_find_room(hub: Hub) -> None:
    opened = [stream(hub, "a") for _ in range(OF_AN_ACCOUNT)]
    with pytest.raises(Problem) as told:
        stream(hub, "a")
    assert (told.value.status, told.value.headers["Retry-After"]) == (429, "30")
    for n in range(20):
        stream(hub, "a", who=Listener(f"192.0.2.{n}", account=False))
    with pytest.raises(Problem) as told:
        stream(hub, "a", who=NOBODY)
    assert told.value.status == 503
    stream(hub, "a", who=Listener("bob", account=True))
    hub.close(opened[0])
    stream(hub, "a")


def test_pages_that_were_left_make_room(hub: Hub, clock: Clock) -> None:
    left = [stream(hub, "a", left=True) for _ in range(OF_AN_ACCOUNT)]
    stream(hub, "a")
    assert all(each.ended for each in left)
    for n in range(39):
        stream(hub, "a", who=Listener(f"192.0.2.{n}", account=False), left=True)
    stream(hub, "a", who=NOBODY)
    for n in range(38):
        stream(hub, "a", who=Listener(f"198.51.100.{n}", account=False), left=True)
    with pytest.raises(Problem):
        stream(hub, "a", who=NOBODY)
    clock.now += hubs.SWEEP
    stream(hub, "a", who=NOBODY)


def test_after_a_gap_all_come_back_and_look(hub: Hub) -> None:
    opened, mark = stream(hub, "a"), hub.mark()
    hub.renew()
    assert (opened.ended, opened.wait(60)) == (True, ())
    assert news(stream(hub, "a", since=mark)) == ("A",)


def test_all_end_at_once_and_none_is_opened_after(hub: Hub) -> None:
    opened = stream(hub, "a")
    hub.end_all()
    assert (opened.ended, opened.wait(60)) == (True, ())
    with pytest.raises(Problem):
        stream(hub, "a")


def of_a_task(kind: type[TaskEvent], **more: Any) -> TaskEvent:
    return kind(
        task_id="t",
        order_ids=("o1", "o2"),
        community_code="520425001001",
        state=State.ACTING,
        by="ada",
        role=None,
        at=NOW,
        **more,
    )


def test_an_event_touches_its_orders_its_places_and_those_it_names() -> None:
    accepted = of_a_task(
        TaskAccepted, member_id="ada", unit_id="u", grabbed=False, coming=("bea",), superseded=("cy",)
    )
    assert topics_of(accepted) == {
        "order:o1", "order:o2", "task:t", "hand:ada", "hand:u", "hand:bea", "hand:cy",
        "at:52", "at:5204", "at:520425", "at:520425001", "at:520425001001", "open:520425",
    }  # fmt: skip
    opened = of_a_task(TaskOpened, scope="5204", skill=None)
    assert {each for each in topics_of(opened) if each.startswith("open")} == {"open:5204", "open:520425"}


def test_every_event_that_is_heard_is_one_of_its_own() -> None:
    assert len({event.routing_key() for event in HEARD}) == len(HEARD)


@pytest.mark.parametrize("query", ["", "?about=", "?about=everything", "?about=a,b,c,d,e", "?of=mine"])
def test_a_page_says_what_it_is_about(client: Client, query: str) -> None:
    response = client.get(f"/live{query}")
    assert response.status_code == 400
    assert response.get_json(force=True)["errors"]
