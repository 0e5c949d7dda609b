"""Photos over HTTP: uploaded, referred to, and looked at by those who may."""

from __future__ import annotations

import io

import pytest
import requests
from PIL import Image

from tests.city import COMMUNITY, NEIGHBOUR, City, Person, an_order, distinct
from tests.pictures import a_photo
from tests.waiting import until


def look(person: Person, photo_id: str, **query: str) -> int:
    return person.send("GET", f"/photos/{photo_id}", params=query).status_code


def test_an_order_s_photo_is_for_those_concerned(city: City) -> None:
    visitor, liaison = city.visitor(), city.official("liaison", COMMUNITY)
    photo_id = visitor.upload(a_photo(2000, 1000))
    assert look(visitor, photo_id) == 200, "not used yet: whoever holds the id"
    placed = visitor.post("/orders", **an_order("井盖坏了"), photos=[photo_id])
    holder = Person(city.url, code=placed["code"])
    assert holder.get(f"/orders/{placed['order_id']}")["photos"] == [photo_id]
    shown = holder.send("GET", f"/photos/{photo_id}")
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.headers["Cache-Control"].startswith("private, max-age=")
    assert Image.open(io.BytesIO(shown.content)).size == (1600, 800)
    small = holder.send("GET", f"/photos/{photo_id}", params={"size": "small"})
    assert Image.open(io.BytesIO(small.content)).size == (400, 200)
    known = {"If-None-Match": shown.headers["ETag"]}
    assert holder.send("GET", f"/photos/{photo_id}", headers=known).status_code == 304
    assert look(liaison, photo_id) == 200
    assert look(visitor, photo_id) == 404
    assert look(city.official("liaison", NEIGHBOUR), photo_id) == 404
    assert visitor.get(f"/orders/{placed['order_id']}")["photos"] == []


def test_a_picture_may_be_the_whole_body(city: City) -> None:
    sent = city.visitor().send(
        "POST", "/photos", data=a_photo(kind="WEBP"), headers={"Content-Type": "image/webp"}
    )
    assert sent.status_code == 201
    assert sent.headers["Location"] == f"/api/v1/photos/{sent.json()['photo_id']}"


def test_the_same_key_gives_the_same_photo(city: City) -> None:
    visitor, key = city.visitor(), {"Idempotency-Key": "a-photo-sent-twice"}
    files = {"file": ("a.jpg", a_photo())}
    first, again = (visitor.send("POST", "/photos", files=files, headers=key) for _ in range(2))
    assert first.json() == again.json()
    other = visitor.send("POST", "/photos", files={"file": ("a.jpg", a_photo(10, 10))}, headers=key)
    assert other.status_code == 422


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b"x" * 100, "image/jpeg", 422),
        (a_photo(), "text/plain", 415),
        (b"", "image/png", 422),
        (b"x" * (10 * 1024 * 1024 + 1), "image/png", 413),
        (b"x" * (12 * 1024 * 1024), "image/png", 413),
    ],
    ids=["no photo", "another type", "nothing", "too large", "much too large"],
)
def test_what_is_no_photo_is_refused(city: City, content: bytes, content_type: str, status: int) -> None:
    sent = city.visitor().send("POST", "/photos", data=content, headers={"Content-Type": content_type})
    assert sent.status_code == status
    assert sent.headers["Content-Type"] == "application/problem+json"


def test_a_done_report_shows_known_photos_alone(city: City) -> None:
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    placed = city.order()
    task_id = liaison.post(f"/orders/{placed['order_id']}/registration", category="facilities")["task_id"]
    liaison.hand_to(member, task_id)
    member.post(f"/tasks/{task_id}/acceptance")
    wrong = member.send("POST", f"/tasks/{task_id}/answer", json={"words": "好了", "photos": ["0" * 32]})
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["field"] == "photos"
    photo_id = member.upload(a_photo())
    member.post(f"/tasks/{task_id}/answer", words="换好了", photos=[photo_id])
    holder = Person(city.url, code=placed["code"])
    path = f"/orders/{placed['order_id']}"
    until(lambda: holder.get(path)["history"][-1]["photos"] == [photo_id], "the report in the history")
    assert look(holder, photo_id) == 200
    assert look(city.visitor(), photo_id) == 404


def test_who_uploads_without_end_is_stopped(city: City) -> None:
    member = city.member()
    files = {"file": ("a.jpg", b"no photo")}
    found = {member.send("POST", "/photos", files=files).status_code for _ in range(61)}
    assert found == {422, 429}
    assert city.member().send("POST", "/photos", files=files).status_code == 422, "others are not"


def test_who_is_at_work_adds_photos_from_the_scene(city: City) -> None:
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    placed = city.order()
    order_id = placed["order_id"]
    task = liaison.post(f"/orders/{order_id}/registration", category="liveability")["task_id"]
    hand = {"hand_kind": "member", "hand_id": member.account_id}
    until(lambda: liaison.send("POST", f"/tasks/{task}/assignment", json=hand).ok, "the member to be known")
    page = f"{city.url}/duties/tasks/{task}"
    form = {"order_id": order_id, "words": "阀门裂了"}

    def added() -> requests.Response:
        return requests.post(
            f"{page}/photos",
            data=form,
            files={"files": ("scene.jpg", a_photo())},
            cookies={"sandan": member.token or ""},
            headers={"Origin": city.url},
            allow_redirects=False,
            timeout=30,
        )

    assert added().status_code == 403, "asked, and not at work yet"
    member.post(f"/tasks/{task}/acceptance")
    until(lambda: added().status_code == 303, "intake to know who acts")
    step = Person(city.url, code=placed["code"]).get(f"/orders/{order_id}")["history"][-1]
    assert (step["step"], step["role"], step["words"]) == ("order_amended", "member", "阀门裂了")
    (photo_id,) = step["photos"]
    assert look(liaison, photo_id) == look(member, photo_id) == 200
    assert look(city.visitor(), photo_id) == 404


def test_a_photo_taken_at_the_door_goes_with_the_order_filed_there(city: City) -> None:
    liaison = city.official("liaison", COMMUNITY)
    words = distinct("灶台漏气")
    form = {"place": COMMUNITY, "kind": "safety", "found": "查了灶台"}

    def sent(**more: str) -> requests.Response:
        return requests.post(
            f"{city.url}/visits/new",
            data=form | more,
            files={"files": ("door.jpg", a_photo())},
            cookies={"sandan": liaison.token or ""},
            headers={"Origin": city.url},
            timeout=30,
        )

    refused = sent()
    assert (refused.status_code, "请写一下要办什么事" in refused.text) == (422, True)
    assert sent(words=words).status_code == 201
    (order,) = liaison.get("/orders", search=words)["items"]
    assert len(order["photos"]) == 1
