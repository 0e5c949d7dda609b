"""From an event to what leaves the house: bundles, quiet hours, budgets, digests, tries, channels that fall to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from services.dispatch.contracts import HandKind, State, TaskAssigned, TaskRegistered
from services.kit.actor import SYSTEM, Actor, Grant
from services.kit.envelope import Envelope
from services.kit.outcomes import Refused
from services.kit.sealing import Sealer
from services.kit.work import begin
from services.members.contracts import Role
from services.notify import contracts as c
from services.notify import handlers
from services.notify.contracts import ChannelKind, DeliveryState
from services.notify.domain.channels import CalledBack, Ending, Handed, Later, Parcel, Receipt, Rejected
from services.notify.domain.deliveries import GATHERED_FOR, LEASE, MOST_TRIES
from services.notify.store.tables import deliveries
from tests.integration.notify.conftest import Town
from tests.unit.intake.stories import after, of_task

SEALER = Sealer(bytes(range(32)))
SECRET = "invented"
NOON = after(3)
"""City time: 12:00 on 3 March 2025."""
EMAIL, SMS, WECOM = ChannelKind.EMAIL, ChannelKind.SMS, ChannelKind.WECOM


@dataclass
class Post:
    """A provider on our side of the wire: gives the endings that it is told to give, and keeps what it took."""

    endings: list[Ending] = field(default_factory=list)
    sent: list[tuple[str, Parcel]] = field(default_factory=list)
    receipts: tuple[Receipt, ...] = ()

    def send(self, to: str, parcel: Parcel) -> Ending:
        ending = self.endings.pop(0) if self.endings else Handed("p")
        if isinstance(ending, Handed):
            self.sent.append((to, parcel))
        return ending

    def called_back(self, query: Mapping[str, str], body: str) -> CalledBack | None:
        return CalledBack(self.receipts, "ok") if query.get("signature") == "right" else None

    @property
    def titles(self) -> list[str]:
        return [parcel.title for _, parcel in self.sent]


@dataclass
class Office:
    """The sender's side of one town: its channels, and where people are reached."""

    town: Town
    posts: dict[ChannelKind, Post]
    known: dict[str, dict[ChannelKind, str]] = field(default_factory=dict)
    away: bool = False

    def tell(self, event: Envelope[Any], at: datetime = NOON) -> None:
        with begin(self.town.database, service="notify", now=at) as work:
            handlers.tell(work, event, self.posts)

    def run(self, at: datetime) -> int:
        sender = handlers.Sender(
            database=self.town.database,
            channels=self.posts,
            reach=lambda accounts: None if self.away else {a: self.known.get(a, {}) for a in accounts},
            sealer=SEALER,
            public_url="http://sandan.example",
            clock=lambda: at,
        )
        return sender.run()

    def rows(self, name: str = "resident") -> list[Any]:
        query = select(deliveries).where(deliveries.c.recipient == self.town.person(name))
        with begin(self.town.database, service="notify") as work:
            return list(work.db.execute(query.order_by(deliveries.c.made_at, deliveries.c.delivery_id)))

    def states(self, name: str = "resident") -> list[str]:
        return [row.state for row in self.rows(name)]


@pytest.fixture
def office(town: Town) -> Office:
    office = Office(town, {EMAIL: Post(), SMS: Post()})
    office.known[town.person("resident")] = {EMAIL: "resident@mail.example", SMS: "13800000031"}
    with begin(town.database, service="notify") as work:  # what other tests left would come along
        work.db.execute(deliveries.delete())
    return office


def registered(town: Town, task: str = "task", order: str = "order", correlation: str = "") -> Envelope[Any]:
    event: Envelope[Any] = of_task(
        TaskRegistered,
        1,
        State.REGISTERED,
        task=town.person(task),
        orders=(town.person(order),),
        category="other",
        promised_at=after(50),
    )
    return event


def several(town: Town, count: int) -> list[Envelope[Any]]:
    for number in range(count):
        town.collect(f"order {number}")
    return [registered(town, f"task {number}", f"order {number}") for number in range(count)]


def soon(at: datetime = NOON) -> datetime:
    return at + GATHERED_FOR


def test_a_message_leaves_on_the_first_channel_on_which_the_person_is_known(office: Office) -> None:
    order_id = office.town.collect()
    office.tell(registered(office.town))
    assert office.run(NOON) == 0, "it waits for others of its kind"
    assert office.run(soon()) == 1
    ((to, parcel),) = office.posts[EMAIL].sent
    assert (to, parcel.title) == ("resident@mail.example", "点单已立项")
    assert parcel.link == f"http://sandan.example/orders/{order_id}"
    assert parcel.unsubscribe is not None
    assert office.posts[SMS].sent == []
    assert office.states() == [DeliveryState.SENT]


def test_several_of_a_kind_leave_as_one(office: Office) -> None:
    for event in several(office.town, 3):
        office.tell(event)
    office.run(soon())
    assert office.posts[EMAIL].titles == ["点单已立项 等 3 条"]
    assert office.run(soon() + timedelta(hours=1)) == 0


def test_without_an_address_nothing_is_sent_and_that_is_no_failure(office: Office) -> None:
    office.known.clear()
    office.town.collect()
    office.tell(registered(office.town))
    office.run(soon())
    assert office.states() == [DeliveryState.SKIPPED]


def test_what_is_refused_for_good_goes_over_the_next_channel(office: Office) -> None:
    office.posts[EMAIL].endings = [Rejected("SMTP 550")]
    office.town.collect()
    office.tell(registered(office.town))
    office.run(soon())
    office.run(soon())
    assert office.states() == [DeliveryState.REFUSED, DeliveryState.SENT]
    assert office.posts[SMS].titles == ["点单已立项"]


def test_what_may_come_later_is_tried_with_growing_waits_and_then_falls_to_the_next(office: Office) -> None:
    del office.posts[SMS]
    office.posts[EMAIL].endings = [Later("SMTP 451")] * MOST_TRIES
    office.town.collect()
    office.tell(registered(office.town))
    at, waits = soon(), []
    while office.run(at):
        (row,) = office.rows()
        waits.append((row.due_at - at).total_seconds())
        at = row.due_at
    assert waits[:-1] == [30, 60, 120, 240, 480]
    (row,) = office.rows()
    assert (row.state, row.reason, row.attempts) == (DeliveryState.FAILED, "SMTP 451", MOST_TRIES)


def test_while_nobody_knows_addresses_nothing_is_lost_or_counted(office: Office) -> None:
    office.town.collect()
    office.tell(registered(office.town))
    office.away = True
    office.run(soon())
    (row,) = office.rows()
    assert (row.state, row.attempts) == (DeliveryState.WAITING, 0)
    office.away = False
    office.run(soon())
    assert office.states() == [DeliveryState.SENT]


def test_a_sender_that_died_is_followed_by_another_under_the_same_key(office: Office) -> None:
    office.town.collect()
    office.tell(registered(office.town))
    with begin(office.town.database, service="notify", now=soon()) as work:
        from services.notify.handlers.claiming import claim  # noqa: PLC0415 - the half that the dead one did

        (claimed,) = claim(work)
    assert office.run(soon() + LEASE - timedelta(seconds=1)) == 0
    office.run(soon() + LEASE)
    (row,) = office.rows()
    assert (row.state, row.attempts, row.unsure) == (DeliveryState.SENT, 2, 1)
    assert office.posts[EMAIL].sent[0][1].key == claimed.delivery.delivery_id


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


def bounds(office: Office, node: str, **told: Any) -> None:
    actor = Actor(id="supervisor", grants=(Grant(Role.SUPERVISOR, office.town.district),))
    with begin(office.town.database, service="notify", actor=actor) as work:
        handlers.set_tell_bounds(work, c.SetTellBounds(node=node, **told))


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


def prefer(office: Office, name: str = "resident", **told: Any) -> c.PreferencesView:
    actor = Actor(id=office.town.person(name))
    with begin(office.town.database, service="notify", actor=actor) as work:
        return handlers.set_preferences(work, c.SetPreferences(**told), office.posts)


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


def test_the_language_is_the_readers(office: Office) -> None:
    prefer(office, language=c.Language.EN)
    office.town.collect()
    office.tell(registered(office.town))
    office.run(soon())
    (_, parcel) = office.posts[EMAIL].sent[0]
    assert parcel.title == "Your order was registered"
    assert parcel.words.endswith("promised by 5 Mar.")
    assert office.town.titles("resident") == ["Your order was registered"]


def receipts(office: Office, *told: Receipt, secret: str = SECRET, signature: str = "right") -> None:
    office.posts[SMS].receipts = told
    ask = c.TakeReceipts(channel=SMS, secret=secret, query={"signature": signature}, body="")
    with begin(office.town.database, service="notify", now=after(4)) as work:
        handlers.take_receipts(work, ask, SECRET, office.posts)


def test_a_receipt_says_that_it_arrived_or_sends_it_another_way(office: Office) -> None:
    town = office.town
    office.known[town.person("resident")] = {SMS: "13800000031"}
    town.collect()
    office.tell(registered(town))
    office.run(soon())
    (row,) = office.rows()
    for wrong in ({"secret": "x"}, {"signature": "wrong"}):
        with pytest.raises(Refused) as refused:
            receipts(office, Receipt(row.delivery_id, None, True), **wrong)
        assert refused.value.slug == c.Slug.NOT_OURS
    receipts(office, Receipt("unknown", None, True), Receipt(row.delivery_id, None, True))
    receipts(office, Receipt(row.delivery_id, None, False, "late"))
    assert office.states() == [DeliveryState.DELIVERED]
    office.tell(registered(town, "another"), at=after(5))
    office.run(soon(after(5)))
    receipts(office, Receipt(office.rows()[1].delivery_id, None, False, "Aliyun MOBILE_NOT_ON_SERVICE"))
    assert office.states() == [DeliveryState.DELIVERED, DeliveryState.REFUSED]


def test_a_code_leaves_at_once_and_never_after_its_end(office: Office) -> None:
    def send(until: datetime, at: datetime) -> None:
        with begin(office.town.database, service="notify", actor=SYSTEM, now=at) as work:
            ask = c.SendCode(to="13800000033", code="654321", until=until)
            handlers.send_code(work, ask, SEALER, office.posts)

    night = after(15)
    send(night + timedelta(minutes=5), night)
    office.run(night)
    ((to, parcel),) = office.posts[SMS].sent
    assert (to, parcel.code) == ("13800000033", "654321")
    send(night + timedelta(minutes=5), night)
    office.posts[SMS].endings = [Later("busy", after=timedelta(minutes=10))]
    office.run(night)
    with begin(office.town.database, service="notify") as work:
        rows = work.db.execute(select(deliveries.c.state, deliveries.c.sealed)).all()
    assert sorted(rows) == [(DeliveryState.FAILED, None), (DeliveryState.SENT, None)]


def operator(office: Office, node: str = "") -> Actor:
    return Actor(id="operator", grants=(Grant(Role.OPERATOR, node or office.town.district),))


def test_operators_see_why_and_send_again_within_their_places(office: Office) -> None:
    office.known[office.town.person("resident")] = {EMAIL: "resident@mail.example"}
    office.posts[EMAIL].endings = [Rejected("SMTP 550")]
    office.town.collect()
    office.tell(registered(office.town))
    office.run(soon())
    office.run(soon())
    database = office.town.database

    def listed(actor: Actor, **filters: Any) -> list[c.DeliveryView]:
        with begin(database, service="notify", actor=actor) as work:
            return list(handlers.list_deliveries(work, c.ListDeliveries(**filters)).items)

    with begin(database, service="notify", now=soon()) as work:
        code = c.SendCode(to="13800000033", code="654321", until=after(10))
        handlers.send_code(work, code, SEALER, office.posts)
    assert [each.place for each in listed(operator(office, "52")) if not each.place]
    assert all(each.place for each in listed(operator(office)))
    with begin(database, service="notify", actor=operator(office)) as work, pytest.raises(Refused):
        handlers.get_channels(work, c.GetChannels(), ())
    failed = listed(operator(office), state=DeliveryState.FAILED)
    assert [each.reason for each in failed] == ["SMTP 550"]
    refused = listed(operator(office), state=DeliveryState.REFUSED)
    assert listed(operator(office, "440106")) == []
    with pytest.raises(Refused):
        listed(Actor(id="resident"))
    with begin(database, service="notify", actor=operator(office, "44")) as work, pytest.raises(Refused):
        handlers.resend_delivery(work, c.ResendDelivery(delivery_id=refused[0].delivery_id))
    with begin(database, service="notify", actor=operator(office), now=after(5)) as work:
        again = handlers.resend_delivery(work, c.ResendDelivery(delivery_id=refused[0].delivery_id))
    assert again.state is DeliveryState.WAITING
    office.run(after(5))
    assert office.posts[EMAIL].titles == ["点单已立项"]


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
