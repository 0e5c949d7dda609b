"""Operators see what is parked, and send it round again once its cause is mended."""

from __future__ import annotations

from services.kit.ids import new_id
from tests.integration.kit.house import House
from tests.integration.kit.messages import told
from tests.waiting import until

CONSUMER = "probe.pinged"


def park(house: House, key: str, needs: str, *, count: int = 1, place: str | None = None) -> list[str]:
    """Put messages of the key into the parking place; returns their ids."""
    ids = [new_id() for _ in range(count)]
    for number, message_id in enumerate(ids):
        house.publish(
            told(key, sequence=number, message_id=message_id, mood="inedible", needs=needs, place=place)
        )
    parked = "SELECT 1 FROM inbox WHERE state = 'parked' AND message_id = ANY(:ids)"
    until(lambda: len(house.rows(parked, ids=ids)) == count, "the messages to be parked")
    return ids


def test_list_mend_replay(calm: House) -> None:
    key, cure = new_id(), new_id()
    (message_id,) = park(calm, key, cure)

    listed = calm.ask("ListParked", of="probe", role="operator").body["items"][0]
    assert listed["message_id"] == message_id
    assert (listed["consumer"], listed["event_type"]) == (CONSUMER, "probe.pinged")
    assert (listed["reason"], listed["attempts"]) == ("Park: not edible", 1)
    assert f'"key":"{key}"' in listed["body"]

    calm.ask("Ping", key=cure)
    replayed = calm.ask("ReplayParked", of="probe", role="operator", consumer=CONSUMER, message_id=message_id)
    assert replayed.body == {"count": 1}
    until(lambda: calm.heard(key) == [0], "the message to be applied")
    again = calm.ask("ReplayParked", of="probe", consumer=CONSUMER, message_id=message_id)
    assert (again.status, again.body["slug"], again.body["field"]) == (404, "no-such-message", "message_id")
    calm.settle()
    assert calm.heard(key) == [0]


def test_all_of_a_consumer_are_replayed_and_what_fails_again_is_parked_again(calm: House) -> None:
    mended, broken, cure = new_id(), new_id(), new_id()
    park(calm, mended, cure, count=3)
    (stubborn,) = park(calm, broken, new_id())
    calm.ask("Ping", key=cure)

    assert calm.ask("ReplayParked", of="probe", consumer=CONSUMER).body["count"] >= 4

    until(lambda: sorted(calm.heard(mended)) == [0, 1, 2], "the mended ones")
    state = "SELECT 1 FROM inbox WHERE message_id = :id AND state = 'parked'"
    until(lambda: calm.rows(state, id=stubborn), "the stubborn one to be parked again")
    assert calm.heard(broken) == []


def test_the_list_comes_in_pages_the_newest_first(calm: House) -> None:
    ids = park(calm, new_id(), new_id(), count=5)
    found: list[str] = []
    cursor = None
    while len(found) < len(ids):
        page = calm.ask("ListParked", of="probe", consumer=CONSUMER, limit=2, cursor=cursor).body
        found += [item["message_id"] for item in page["items"]]
        cursor = page["next"]

    assert set(found[:5]) == set(ids)
    assert len(found) == len(set(found))
    wrong = calm.ask("ListParked", of="probe", cursor="wrong")
    assert (wrong.status, wrong.body["field"]) == (400, "cursor")
    assert calm.ask("ListParked", of="probe", consumer="probe.nobody").body == {"items": [], "next": None}


def test_the_status_counts_what_waits(calm: House) -> None:
    calm.settle()
    parked = calm.ask("GetStatus", of="probe").body["inbox_parked"]
    park(calm, new_id(), new_id())

    status = calm.ask("GetStatus", of="probe", role="operator").body

    assert status["service"] == "probe"
    assert status["faults"] == {}
    assert status["inbox_parked"] == parked + 1
    assert (status["outbox_depth"], status["inbox_retrying"]) == (0, 0)
    until(lambda: calm.metric("sandan_inbox_parked") == parked + 1, "the gauge")


def test_operators_of_a_district_see_what_says_that_it_is_the_districts_and_replay_nothing(
    calm: House,
) -> None:
    (ours,) = park(calm, new_id(), new_id(), place="520425001001")
    theirs = park(calm, new_id(), new_id(), place="520424001001") + park(calm, new_id(), new_id())

    def seen(node: str) -> set[str]:
        listed = calm.ask("ListParked", of="probe", role="operator", node=node, limit=200).body["items"]
        return {item["message_id"] for item in listed} & {ours, *theirs}

    assert seen("520425") == {ours}
    assert seen("52") == {ours, *theirs}
    refused = calm.ask(
        "ReplayParked", of="probe", role="operator", node="520425", consumer=CONSUMER, message_id=ours
    )
    assert (refused.status, refused.body["slug"]) == (403, "not-allowed")


def test_only_operators_may_look_and_replay(calm: House) -> None:
    requests: list[tuple[str, dict[str, str]]] = [
        ("GetStatus", {}),
        ("ListParked", {}),
        ("ReplayParked", {"consumer": CONSUMER}),
    ]
    for name, fields in requests:
        answer = calm.ask(name, of="probe", role="liaison", **fields)  # type: ignore[arg-type]
        assert (answer.status, answer.body["slug"]) == (403, "not-allowed")
