"""When messages leave, and how many: bundles, quiet hours, budgets, digests, and what people turn off."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.dispatch.contracts import HandKind, State, TaskAssigned, TaskRegistered
from services.kit.actor import Actor
from services.kit.envelope import Envelope
from services.kit.outcomes import Refused
from services.kit.work import begin
from services.notify import contracts as c
from services.notify import handlers
from services.notify.contracts import DeliveryState
from tests.integration.notify.sending_office import (
    EMAIL,
    NOON,
    SEALER,
    SMS,
    Office,
    bounds,
    prefer,
    registered,
    several,
    soon,
)
from tests.integration.notify.town import Town
from tests.unit.intake.stories import after, of_task


def test_several_of_a_kind_leave_as_one(office: Office) -> None:
    for event in several(office.town, 3):
        office.tell(event)
    office.run(soon())
    assert office.posts[EMAIL].titles == ["点单已立项 等 3 条"]
    assert office.run(soon() + timedelta(hours=1)) == 0


def test_at_night_it_waits_for_the_morning_and_an_emergency_does_not(office: Office) -> None:
    town = office.town
    night = after(13)  # 22:00
    town.collect()
    office.tell(registered(town), at=night)
    member = town.person("member")
    office.known[member] = {EMAIL: "member@mail.example", SMS: "13800000032"}
    town.collect("fire", emergency=True)
    offered: dict[str, Any] = {"hold_until": after(24), "hand_kind": HandKind.MEMBER, "hand_id": member}
    assigned: Envelope[Any] = of_task(
        TaskAssigned, 1, State.ASSIGNED, task="urgent", orders=(town.person("fire"),), by=None, **offered
    )
    office.tell(assigned, at=night)
    office.run(soon(night))
    assert [to for to, _ in office.posts[EMAIL].sent] == ["member@mail.example"]
    assert [to for to, _ in office.posts[SMS].sent] == ["13800000032"], "an emergency goes over all of them"
    (row,) = office.rows()
    assert row.due_at == after(23), "08:00"
    office.run(after(23))
    assert office.states() == [DeliveryState.SENT]


def test_the_nearest_place_says_how_often_and_when(office: Office) -> None:
    town = office.town
    bounds(office, town.district, most_a_day=0, quiet_from="06:00", quiet_until="23:00")
    bounds(office, town.community)
    town.collect()
    office.tell(registered(town))
    office.run(soon())
    assert office.states() == [DeliveryState.SENT], "the community has no bounds at all"


def test_what_is_over_the_budget_comes_together_in_the_evening(office: Office) -> None:
    bounds(office, office.town.community, most_a_day=1)
    events = several(office.town, 4)
    at = NOON
    for event in events:
        office.tell(event, at=at)
        office.run(soon(at))
        at += timedelta(minutes=5)
    assert office.posts[EMAIL].titles == ["点单已立项"]
    assert office.run(after(8.9)) == 0
    office.run(after(9))  # 18:00
    assert office.posts[EMAIL].titles == ["点单已立项", "今日消息 3 条"]


def test_who_wants_a_digest_gets_one_at_their_hour(office: Office) -> None:
    prefer(office, digest_hour=20)
    for event in several(office.town, 2):
        office.tell(event)
        office.run(soon())
    assert office.posts[EMAIL].sent == []
    office.run(after(11))
    assert office.posts[EMAIL].titles == ["今日消息 2 条"]


def test_a_channel_that_is_off_is_not_used_even_for_what_was_planned_before(office: Office) -> None:
    office.town.collect()
    office.tell(registered(office.town))
    prefer(office, off=(c.Off(channel=EMAIL), c.Off(channel=SMS, theme=c.Theme.ORDERS)))
    office.run(soon())
    assert office.states() == [DeliveryState.SKIPPED]
    office.tell(registered(office.town, "another task"))
    assert len(office.rows()) == 1, "nothing is planned any more"


def test_a_link_in_a_mail_ends_mails_and_nobody_elses(office: Office) -> None:
    office.town.collect()
    office.tell(registered(office.town))
    office.run(soon())
    link = office.posts[EMAIL].sent[0][1].unsubscribe or ""
    token = link.rpartition("/")[2]
    for wrong in (token[:-2], f"{token}x", "", "a.b", "é.é"):
        with begin(office.town.database, service="notify") as work, pytest.raises(Refused) as refused:
            handlers.unsubscribe(work, c.Unsubscribe(token=wrong), SEALER)
        assert refused.value.slug == c.Slug.NOT_OURS
    with begin(office.town.database, service="notify") as work:
        handlers.unsubscribe(work, c.Unsubscribe(token=token), SEALER)
    office.tell(registered(office.town, "another task"))
    office.run(soon())
    assert len(office.posts[EMAIL].sent) == 1
    assert len(office.posts[SMS].sent) == 1, "the other channel stays on"


def test_one_act_makes_one_message_to_read_however_many_tasks_it_was_for(town: Town) -> None:
    for event in several(town, 3):
        town.happens(event, act="one request")
    (message,) = [each for each in town.inbox("resident") if each.kind == TaskRegistered.type]
    assert message.others == 2
    assert len(town.inbox("resident", bundle=message.message_id)) == 3
    actor = Actor(id=town.person("resident"))
    with begin(town.database, service="notify", actor=actor) as work:
        assert handlers.count_unread(work, c.CountUnread()).count == 1
        handlers.mark_read(work, c.MarkRead(message_id=message.message_id))
    assert town.inbox("resident", unread=True, bundle=message.message_id) == []
    town.happens(registered(town, "task 4", "order 1"), act="one request")
    assert len(town.inbox("resident", unread=True)) == 1, (
        "what comes after it was read is a message of its own"
    )
