"""Teams through HTTP."""

from __future__ import annotations

from tests.city import COMMUNITY, NEIGHBOUR, City, Person
from tests.waiting import until


def test_a_liaison_forms_a_team_and_its_members_hear_of_it(city: City) -> None:
    first, second = city.member(), city.member()
    liaison = city.official("liaison", COMMUNITY)
    team = liaison.post(
        "/teams",
        name="水电服务队",
        node=COMMUNITY,
        kind="trade",
        member_ids=[first.account_id, second.account_id],
        leader_id=second.account_id,
    )
    assert first.get(f"/teams/{team['team_id']}") == team
    assert [each["team_id"] for each in first.get("/teams", mine=True)["items"]] == [team["team_id"]]
    until(lambda: "您已编入团组" in _titles(first), "the members to be told")
    stranger = city.official("liaison", NEIGHBOUR)
    assert stranger.send("GET", f"/teams/{team['team_id']}").status_code == 403
    refused = stranger.send(
        "POST", "/teams", json={"name": "队", "node": COMMUNITY, "kind": "trade", "member_ids": ["x", "y"]}
    )
    assert refused.status_code == 403
    assert first.send("POST", "/teams", json={}).status_code == 403
    assert city.visitor().send("GET", "/teams").status_code == 401
    wrong = liaison.send("POST", "/teams", json={"name": "队", "node": COMMUNITY, "kind": "trade"})
    assert wrong.json()["errors"][0]["field"] == "member_ids"


def _titles(person: Person) -> list[str]:
    return [message["title"] for message in person.get("/messages")["items"]]
