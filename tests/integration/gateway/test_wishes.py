"""A small wish (row X4) through HTTP: collected, checked, claimed by one of two at once, reached, reported, confirmed; the clock of
claims; and strangers.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.city import COMMUNITY, DISTRICT, NEIGHBOUR, City, Person, distinct
from tests.waiting import until

PHONE = "13800000071"
STREET = COMMUNITY[:9]
JANUARY = "2027-01-11T09:00:00+08:00"
"""From here on a wish is worth points."""


@pytest.fixture(scope="module")
def liaison(city: City) -> Person:
    return city.official("liaison", COMMUNITY)


def a_wish(**changes: Any) -> dict[str, Any]:
    return {
        "community_code": COMMUNITY,
        "kind": "thing",
        "whom": "old",
        "words": distinct("王奶奶想要一副老花镜"),
        "cost": 80,
        "contact": {"name": "王奶奶", "phone": PHONE},
        "address": "3号楼2单元501",
        "on_behalf": True,
        **changes,
    }


def on_the_wall(liaison: Person, **changes: Any) -> str:
    wish_id: str = liaison.post("/wishes", **a_wish(**changes))["wish_id"]
    liaison.post(f"/wishes/{wish_id}/showing")
    return wish_id


def kinds_told(person: Person) -> list[str]:
    return [message["kind"] for message in person.get("/messages", limit=200)["items"]]


def claimed_at_once(path: str, one: Person, other: Person, *, near: str) -> tuple[Person, Person]:
    """Who got it, and who came too late and was shown ``near``."""
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda who: who.send("POST", f"{path}/claim", json={}), (one, other)))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    late = next(answer for answer in answers if not answer.ok).json()
    assert late["type"].endswith("already-claimed")
    assert near in [wish["wish_id"] for wish in late["next"]]
    return (one, other) if answers[0].ok else (other, one)


def test_a_wish_is_collected_checked_claimed_by_one_and_fulfilled(city: City, liaison: Person) -> None:
    worker = city.official("grid_worker", city.grid("031"))
    one, other = city.member(), city.member()
    for person in (liaison, worker, one, other):
        person.at = JANUARY
    spare = on_the_wall(liaison, words=distinct("想有人陪着下盘棋"), kind="company", whom="disabled")
    wish_id = worker.post("/wishes", **a_wish())["wish_id"]
    path = f"/wishes/{wish_id}"
    assert city.visitor().send("GET", path).status_code == 404
    asked = liaison.get("/wishes", desk=True, states="collected", node=COMMUNITY)["items"]
    assert wish_id in [wish["wish_id"] for wish in asked]
    words = distinct("独居老人想要一副老花镜")
    assert liaison.post(f"{path}/showing", words=words)["said"].startswith("王奶奶")
    public = city.visitor().get(path)
    assert (public["words"], public["said"], public["state"]) == (words, None, "shown")

    winner, loser = claimed_at_once(path, one, other, near=spare)
    until(lambda: "intake.wish_claimed" in kinds_told(worker), "the one who collected it to be told")

    look = {"purpose": "约个时间送过去"}
    assert loser.send("POST", f"{path}/contact-views", json=look).status_code == 403
    told = winner.post(f"{path}/contact-views", **look)
    assert (told["contact"]["phone"], told["address"]) == (PHONE, "3号楼2单元501")
    until(lambda: "intake.wish_contact_seen" in kinds_told(worker), "the look to be told")
    watched = city.official("supervisor", COMMUNITY).get("/looks", node=COMMUNITY, at="wish")["items"]
    assert [each["purpose"] for each in watched if each["wish_id"] == wish_id] == [look["purpose"]]
    assert PHONE not in str(winner.get(path))

    assert winner.send("POST", f"{path}/confirmation", json={}).status_code == 403
    winner.post(f"{path}/report", words="老花镜配好送去了")
    assert winner.send("POST", f"{path}/contact-views", json=look).ok
    assert liaison.post(f"{path}/return", reason="度数不合适")["state"] == "claimed"
    winner.post(f"{path}/report", words="换了一副合适的")
    done = worker.post(f"{path}/confirmation", thanks="谢谢您，王奶奶看得清报纸了")
    assert (done["state"], done["claimant_kind"], done["allowed"]) == ("fulfilled", "member", [])
    shown = city.visitor().get("/wishes", node=STREET, states="fulfilled")["items"]
    (seen,) = [wish for wish in shown if wish["wish_id"] == wish_id]
    assert (seen["thanks"], seen["report"]) == ("谢谢您，×奶奶看得清报纸了", "换了一副合适的")
    assert winner.send("POST", f"{path}/contact-views", json=look).status_code == 403
    until(lambda: "intake.wish_fulfilled" in kinds_told(winner), "the claimant to be thanked")
    has_points(winner, wish_id)


def has_points(winner: Person, wish_id: str) -> None:
    points = f"/members/{winner.account_id}/points"
    until(lambda: winner.get(points)["total"] == 3, "the wish to be worth its points")
    (entry,) = winner.get(points)["entries"]["items"]
    assert (entry["rule"], entry["wish_id"], entry["order_id"]) == ("wish_fulfilled", wish_id, None)


def test_a_month_is_counted_with_the_wishes_behind_each_figure(city: City) -> None:
    liaison, member = city.official("liaison", NEIGHBOUR), city.member()
    liaison.at = member.at = "2026-05-31T23:30:00+08:00"
    refused = liaison.post("/wishes", **a_wish(community_code=NEIGHBOUR))["wish_id"]
    liaison.post(f"/wishes/{refused}/refusal", reason="超出了微心愿的范围")
    shown, done = (on_the_wall(liaison, community_code=NEIGHBOUR) for _ in range(2))
    member.post(f"/wishes/{done}/claim")
    member.post(f"/wishes/{done}/report", words="办好了")
    liaison.post(f"/wishes/{done}/confirmation")
    month = {"node": NEIGHBOUR, "since": "2026-05", "until": "2026-05"}
    (row,) = city.visitor().get("/wishes/figures", **month)["rows"]
    figures = {each["figure"]: (each["numerator"], each["denominator"]) for each in row["figures"]}
    assert figures == {"collected": (3, None), "shown": (2, 3), "claimed": (1, 3), "fulfilled": (1, 3)}
    for figure, behind in (
        ("collected", {refused, shown, done}),
        ("shown", {shown, done}),
        ("claimed", {done}),
        ("fulfilled", {done}),
    ):
        found = liaison.get("/wishes", node=NEIGHBOUR, month="2026-05", desk=True, reached=figure)["items"]
        assert {wish["wish_id"] for wish in found} == behind, figure
    wrong = city.visitor().send("GET", "/wishes/figures", params={"since": "2026-13"})
    assert wrong.json()["errors"][0]["field"] == "since"


def test_a_claim_runs_out_and_the_wish_hangs_on_the_wall_again(city: City, liaison: Person) -> None:
    resident, member = city.official("resident", DISTRICT), city.member()
    liaison.at = resident.at = member.at = "2026-03-02T09:00:00+08:00"
    own = a_wish(on_behalf=False, kind="help", whom="sick")
    wish_id = resident.post("/wishes", **own)["wish_id"]
    path = f"/wishes/{wish_id}"
    liaison.post(f"{path}/showing")
    assert resident.send("POST", f"{path}/claim", json={}).status_code == 403
    claimed = member.post(f"{path}/claim")
    assert claimed["until"] == "2026-03-17T01:00:00+00:00"
    clock = city.visitor()
    clock.at = "2026-03-17T08:59:59+08:00"
    clock.post("/clocks/run")
    assert member.get(path)["state"] == "claimed"
    clock.at = "2026-03-17T09:00:00+08:00"
    assert clock.post("/clocks/run")["claims_ended"] == 1
    back = member.get(path)
    assert (back["state"], back["claimant_kind"], back["said"]) == ("shown", None, None)
    assert member.send("POST", f"{path}/contact-views", json={"purpose": "再看看"}).status_code == 403
    for person in (member, resident):
        until(lambda who=person: "intake.claim_ended" in kinds_told(who), "both to be told")  # type: ignore[misc]
    resident.post(f"{path}/withdrawal")
    assert [wish["state"] for wish in resident.get("/wishes", mine=True)["items"]] == ["withdrawn"]
    assert city.visitor().send("GET", path).status_code == 404


def test_nobody_takes_more_than_a_few_and_strangers_take_no_step_here(city: City, liaison: Person) -> None:
    liaison.at = None
    wishes = [on_the_wall(liaison) for _ in range(4)]
    member, stranger = city.member(), city.official("liaison", NEIGHBOUR)
    leader = city.official("unit_leader", f"unit:{(unit := city.unit())}")
    for wish_id in wishes[:3]:
        member.post(f"/wishes/{wish_id}/claim")
    more = member.send("POST", f"/wishes/{wishes[3]}/claim", json={})
    assert (more.status_code, more.json()["type"]) == (409, "/problems/claim-limit")
    member.post(f"/wishes/{wishes[0]}/release")
    assert member.post(f"/wishes/{wishes[3]}/claim")["state"] == "claimed"
    assert leader.post(f"/wishes/{wishes[0]}/claim", unit_id=unit)["claimant_kind"] == "unit"
    for step, body in (
        ("showing", {}),
        ("refusal", {"reason": "不要"}),
        ("withdrawal", {}),
        ("release", {}),
        ("report", {"words": "做好了"}),
        ("return", {"reason": "没有"}),
        ("confirmation", {}),
        ("contact-views", {"purpose": "看看"}),
    ):
        assert stranger.send("POST", f"/wishes/{wishes[0]}/{step}", json=body).status_code == 403, step
    told = stranger.get(f"/wishes/{wishes[0]}")
    assert (told["said"], told["claimed_by"], told["allowed"]) == (None, None, [])
    assert stranger.get("/wishes", node=COMMUNITY, desk=True)["items"] == []
