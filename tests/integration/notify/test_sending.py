"""From an event to what leaves the house: tries, channels that fall to the next, receipts, and what operators do about it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import select

from services.kit.actor import SYSTEM, Actor, Grant
from services.kit.outcomes import Refused
from services.kit.work import begin
from services.members.contracts import Role
from services.notify import contracts as c
from services.notify import handlers
from services.notify.contracts import DeliveryState
from services.notify.domain.channels import Later, Receipt, Rejected
from services.notify.domain.deliveries import LEASE, MOST_TRIES
from services.notify.store.tables import deliveries
from tests.integration.notify.sending_office import (
    EMAIL,
    NOON,
    SEALER,
    SECRET,
    SMS,
    Office,
    prefer,
    registered,
    soon,
)
from tests.unit.intake.stories import after


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
    before = {ending: ended(ending) for ending in ("sent", "retried", "failed")}
    del office.posts[SMS]
    office.posts[EMAIL].endings = [Later("SMTP 451")] * MOST_TRIES
    office.town.collect()
    office.tell(registered(office.town))
    at, waits = soon(), []
    while office.run(at):
        (row,) = office.rows()
        waits.append((row.due_at - at).total_seconds())
        at = row.due_at
        if len(waits) == 1:
            with begin(office.town.database, service="notify") as work:
                handlers.measure_waiting(work)
            assert gauge("waiting") >= gauge("retrying") >= 1
            assert gauge("oldest_seconds") > 0
    assert waits[:-1] == [30, 60, 120, 240, 480]
    (row,) = office.rows()
    assert (row.state, row.reason, row.attempts) == (DeliveryState.FAILED, "SMTP 451", MOST_TRIES)
    after_all = {ending: ended(ending) - count for ending, count in before.items()}
    assert after_all == {"sent": 0, "retried": MOST_TRIES - 1, "failed": 1}


def ended(ending: str) -> float:
    return REGISTRY.get_sample_value("sandan_sender_total", {"channel": EMAIL, "ending": ending}) or 0.0


def gauge(name: str) -> float:
    return REGISTRY.get_sample_value(f"sandan_sender_{name}", {"channel": EMAIL}) or 0.0


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
