"""Three-level responsibility through HTTP."""

from __future__ import annotations

from tests.city import City, Person
from tests.waiting import until

STREET = "520425002"
HOME = "520425002001"


def test_a_community_gets_its_first_secretary_and_the_gap_closes(city: City) -> None:
    street = city.official("supervisor", STREET)
    unit_id = city.unit()
    secretary = city.member(community=HOME, unit_id=unit_id)
    gaps = {"node": HOME, "level": "community"}
    assert [place["code"] for place in street.get("/responsibilities/gaps", **gaps)["items"]] == [HOME]
    said = {"node": HOME, "person_id": secretary.account_id, "title": "社区第一书记"}
    unsaid = street.send("POST", "/responsibilities", json=said)
    assert unsaid.json()["errors"][0]["field"] == "unit_id"
    held = street.post("/responsibilities", **said, unit_id=unit_id, since="2026-01-01")
    assert street.get("/responsibilities/gaps", **gaps)["items"] == []
    levels = {each["level"]: each for each in street.get("/responsibilities/coverage", node=HOME)["levels"]}
    assert (levels["community"]["covered"], levels["community"]["people"]) == (1, 1)
    mine = secretary.get("/responsibilities", person_id=secretary.account_id)["items"]
    assert [each["responsibility_id"] for each in mine] == [held["responsibility_id"]]
    until(lambda: "您有新的包联责任" in _titles(secretary), "the secretary to be told")
    own = city.official("liaison", HOME)
    assert own.send("POST", "/responsibilities", json={**said, "unit_id": unit_id}).status_code == 403
    assert secretary.send("POST", "/responsibilities", json=said).status_code == 403
    assert city.visitor().send("GET", "/responsibilities").status_code == 401
    end = f"/responsibilities/{held['responsibility_id']}/end"
    assert street.post(end, reason="调离")["ended_why"] == "调离"


def _titles(person: Person) -> list[str]:
    return [message["title"] for message in person.get("/messages")["items"]]
