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


def test_a_proposed_team_is_confirmed_and_elects_its_leader(city: City) -> None:
    community = "520425001003"
    liaison = city.official("liaison", community)
    members = [city.member(community=community, skills=("剪纸",)) for _ in range(5)]
    member_ids = {member.account_id for member in members}
    found = liaison.post("/team-proposals", node=community, kind="interest")
    (team,) = [
        team for team in found["teams"] if {each["member_id"] for each in team["members"]} == member_ids
    ]
    assert team["members"][0]["why"] == "共同专长或意愿：剪纸"
    path = f"/teams/{team['team_id']}"
    assert members[0].send("GET", path).status_code == 403
    assert liaison.put(path, name="剪纸队")["name"] == "剪纸队"
    assert liaison.post(f"{path}/confirmation")["state"] == "standing"
    ballot = liaison.post(f"{path}/ballots", term_months=12)
    votes = f"/ballots/{ballot['ballot_id']}/votes"
    for member in members[:3]:
        member.post(votes, candidate_id=members[0].account_id)
    again = members[0].send("POST", votes, json={"candidate_id": members[1].account_id})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/already-voted")
    assert liaison.send("POST", votes, json={"candidate_id": members[0].account_id}).status_code == 403
    counted = liaison.post(f"/ballots/{ballot['ballot_id']}/count")
    assert (counted["state"], counted["elected_id"]) == ("elected", members[0].account_id)
    assert members[4].get(path)["leader_id"] == members[0].account_id
    until(lambda: "领队推选结束" in _titles(members[4]), "the members to be told")
    assert liaison.send("DELETE", path).json()["state"] == "dissolved"


def _titles(person: Person) -> list[str]:
    return [message["title"] for message in person.get("/messages")["items"]]
