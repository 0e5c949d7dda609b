"""Pairs through HTTP."""

from __future__ import annotations

from services.kit.ids import new_id
from tests.city import COMMUNITY, NEIGHBOUR, City


def test_a_unit_is_paired_and_keeps_its_word(city: City) -> None:
    unit_id = city.unit()
    liaison, leader = city.official("liaison", COMMUNITY), city.official("unit_leader", f"unit:{unit_id}")
    liaison.at = leader.at = "2026-03-02T09:00:00+08:00"
    pairing = liaison.post(
        "/pairings",
        unit_id=unit_id,
        community_code=COMMUNITY,
        commitments=[{"field": "governance", "words": "共治楼道", "due": "2026-03-31"}],
    )
    path = f"/pairings/{pairing['pairing_id']}"
    more = [{"field": "resources", "words": "开放操场", "due": "2026-04-30"}]
    assert len(leader.post(f"{path}/commitments", commitments=more)["commitments"]) == 2
    assert leader.put(f"{path}/commitments/1", words="已贴公约")["commitments"][0]["state"] == "done"
    shown = city.member().get("/pairings", unit_id=unit_id)["items"]
    assert [each["pairing_id"] for each in shown] == [pairing["pairing_id"]]
    again = liaison.send("POST", "/pairings", json={"unit_id": unit_id, "community_code": COMMUNITY})
    assert again.json()["type"] == "/problems/already-paired"
    wrong = leader.send("POST", f"{path}/commitments", json={"commitments": [{"field": "x"}]})
    assert "commitments.0.field" in {error["field"] for error in wrong.json()["errors"]}
    assert (
        city.official("liaison", NEIGHBOUR).send("POST", f"{path}/end", json={"reason": "不"}).status_code
        == 403
    )
    assert city.visitor().send("GET", "/pairings").status_code == 401
    assert liaison.post(f"{path}/end", reason="期满")["ended_why"] == "期满"


def test_a_household_is_helped_and_its_contact_is_not_for_everybody(city: City) -> None:
    liaison, helper, other = city.official("liaison", COMMUNITY), city.member(), city.member()
    name = f"张大爷{new_id()[-4:]}"
    said = {
        "member_id": helper.account_id,
        "node": COMMUNITY,
        "need": "old",
        "contact": {"name": name, "phone": "13800000003"},
    }
    assert helper.send("POST", "/helps", json=said).status_code == 403
    made = liaison.post("/helps", **said)
    path = f"/helps/{made['help_id']}"
    assert helper.get("/helps")["items"][0]["contact"]["name"] == name
    assert other.get("/helps")["items"] == []
    assert helper.post(f"{path}/doings", kind="shopping", words="买米")["doings"] == 1
    assert other.send("GET", f"{path}/doings").status_code == 403
    assert [each["kind"] for each in liaison.get(f"{path}/doings")["items"]] == ["shopping"]
    assert city.visitor().send("GET", "/helps").status_code == 401
    assert liaison.post(f"{path}/end", reason="已脱困")["contact"] is None
    assert helper.get("/helps")["items"] == []
