"""Open pages hear within two seconds that something changed which they show, and of nothing else."""

from __future__ import annotations

import re

import pytest
import requests

from gateway.live.hub import OF_AN_ACCOUNT
from tests.city import COMMUNITY, DISTRICT, NEIGHBOUR, City, Person, an_order
from tests.integration.gateway.streams import ask, listening
from tests.waiting import until


def registered(city: City, liaison: Person) -> tuple[str, str]:
    """The ids of an order and of its task, which waits to be given to somebody."""
    order_id = city.order()["order_id"]
    task = liaison.post(f"/orders/{order_id}/registration", category="other")
    return order_id, task["task_id"]


def offered(liaison: Person, task_id: str, member: Person) -> None:
    hand = {"hand_kind": "member", "hand_id": member.account_id}
    until(
        lambda: liaison.send("POST", f"/tasks/{task_id}/assignment", json=hand).ok,
        "dispatch to know the member",
    )


def test_an_open_order_is_told_of_each_step_and_tells_no_more_than_that(city: City) -> None:
    liaison = city.official("liaison", COMMUNITY)
    order_id, other = city.order()["order_id"], city.order()["order_id"]
    with listening(city.visitor(), f"order:{order_id}") as page:
        liaison.post(f"/orders/{other}/registration", category="other")
        task_id = liaison.post(f"/orders/{order_id}/registration", category="other")["task_id"]
        page.wait_for()
        told = len(page.told)
        offered(liaison, task_id, city.member())
        page.wait_for(told + 1)
    assert set(page.told) == {f"order:{order_id}"}


def test_what_changed_since_a_page_was_made_is_told_at_once(city: City) -> None:
    liaison = city.official("liaison", COMMUNITY)
    order_id = city.order()["order_id"]
    page = requests.get(f"{city.url}/orders/{order_id}", timeout=30)
    found = re.search(r'data-mark="([^"]+)"', page.text)
    assert found
    liaison.post(f"/orders/{order_id}/registration", category="other")
    with listening(city.visitor(), f"order:{order_id}", since=found[1]) as late:
        late.wait_for()
    with listening(city.visitor(), f"order:{order_id}", since="another-process.7") as moved:
        moved.wait_for()


def test_of_a_private_order_only_those_hear_whom_it_concerns(city: City) -> None:
    liaison = city.official("liaison", COMMUNITY)
    placed = city.order(private=True)
    about = f"order:{placed['order_id']}"
    assert ask(city.visitor(), about).status_code == 404
    assert ask(city.official("liaison", NEIGHBOUR), about).status_code == 404
    assert ask(Person(city.url, code=city.order()["code"]), about).status_code == 404
    with listening(Person(city.url, code=placed["code"]), about) as own, listening(liaison, about) as desk:
        liaison.post(f"/orders/{placed['order_id']}/registration", category="other")
        own.wait_for()
        desk.wait_for()


def test_a_member_hears_of_own_offers_alone(city: City) -> None:
    liaison, asked, other = city.official("liaison", COMMUNITY), city.member(), city.member()
    with listening(asked, "duties,openings") as mine, listening(other, "duties") as theirs:
        _order_id, task_id = registered(city, liaison)
        offered(liaison, task_id, asked)
        mine.wait_for()
        before = list(mine.told)
        _order_id, theirs_id = registered(city, liaison)
        offered(liaison, theirs_id, other)
        theirs.wait_for()
    assert theirs.told == ["duties"]
    assert mine.told == before == ["duties"]
    assert ask(other, f"task:{task_id}").status_code == 404


def test_a_desk_hears_of_its_own_place_alone(city: City) -> None:
    liaison, neighbour = city.official("liaison", COMMUNITY), city.official("liaison", NEIGHBOUR)
    street = city.official("supervisor", COMMUNITY[:9])
    with (
        listening(liaison, f"desk:{COMMUNITY}") as here,
        listening(neighbour, f"desk:{COMMUNITY[:9]}") as beside,
        listening(street, f"desk:{DISTRICT}") as above,
    ):
        city.visitor().post("/orders", **an_order())
        here.wait_for()
        above.wait_for()
        city.visitor().post("/orders", **{**an_order(), "community_code": NEIGHBOUR})
        beside.wait_for()
        above.wait_for(2)
    assert len(beside.told) == 1


@pytest.mark.parametrize("about", ["mine", "duties", "messages", "openings", f"desk:{COMMUNITY}", "task:x"])
def test_a_visitor_hears_of_nothing_that_is_somebodys(city: City, about: str) -> None:
    assert ask(city.visitor(), about).status_code == 401


def test_what_is_no_business_of_ones_roles_is_refused(city: City) -> None:
    liaison = city.official("liaison", COMMUNITY)
    for about in ("duties", "openings", f"desk:{NEIGHBOUR}", "desk:", "task:x"):
        assert ask(liaison, about).status_code == 403, about
    for about in ("", "everything", "order"):
        assert ask(liaison, about).status_code in {400, 404}, about
    assert ask(liaison, "everything").json()["errors"][0]["field"] == "about"


def test_pages_that_were_left_take_no_room_from_the_next(city: City) -> None:
    member = city.member()
    for _ in range(OF_AN_ACCOUNT):
        with listening(member, "duties"):
            pass
    with listening(member, "duties"):
        pass


def test_who_signs_out_hears_no_more(city: City) -> None:
    liaison = city.official("liaison", COMMUNITY)
    order_id = city.order()["order_id"]
    with listening(liaison, f"order:{order_id}") as page:
        assert liaison.send("DELETE", "/sessions/current").ok
        city.official("liaison", COMMUNITY).post(f"/orders/{order_id}/registration", category="other")
        until(lambda: page.ended, "the stream to end")
    assert page.told == []
