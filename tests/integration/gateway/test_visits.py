"""The visit log (row C7) through HTTP: recorded with an order, shown by role, corrected, counted, exported."""

from __future__ import annotations

import pytest

from services.kit.ids import new_id
from tests.city import COMMUNITY, DISTRICT, NEIGHBOUR, City
from tests.waiting import until

GRID = COMMUNITY + "031"
OTHER = COMMUNITY + "032"
VISIT = {"place": GRID, "kind": "care", "found": "独居老人，身体尚好", "household": "3单元201"}


@pytest.fixture(autouse=True, scope="module")
def _grids(city: City) -> None:
    for code in (GRID, OTHER):
        city.grid(code.removeprefix(COMMUNITY))


def test_a_worker_records_a_visit_and_files_what_was_asked_for(city: City) -> None:
    worker, liaison = city.official("grid_worker", GRID), city.official("liaison", COMMUNITY)
    asked = {"words": "家里水管渗水", "contact": {"phone": "13800000031"}}
    key = {"Idempotency-Key": new_id()}
    body = {**VISIT, "next_due": "2099-01-01", "order": asked}
    far = worker.send("POST", "/visits", json=body, headers={"Idempotency-Key": new_id()})
    assert [error["field"] for error in far.json()["errors"]] == ["next_due"]
    body = {**VISIT, "order": asked}
    made = worker.send("POST", "/visits", json=body, headers=key)
    assert made.status_code == 201
    told = made.json()
    assert worker.send("POST", "/visits", json=body, headers=key).json() == told
    visit_id, order_id = told["visit"]["visit_id"], told["placed"]["order_id"]
    assert made.headers["Location"].endswith(visit_id)
    until(lambda: liaison.get(f"/orders/{order_id}")["task"], "dispatch to know the order")
    assert liaison.get(f"/orders/{order_id}")["visit_id"] == visit_id
    assert city.visitor().get(f"/orders/{order_id}")["visit_id"] is None
    seen = next(each for each in liaison.get("/visits", node=GRID)["items"] if each["visit_id"] == visit_id)
    assert (seen["household"], seen["named"], seen["order_ids"]) == (None, True, [order_id])
    assert seen["recorder_name"] == "测试grid_worker"
    path = f"/visits/{visit_id}"
    assert liaison.post(f"{path}/household-views", purpose="代班走访")["household"] == "3单元201"
    assert liaison.send("POST", f"{path}/correction", json={"found": "改一改"}).status_code == 403
    assert worker.post(f"{path}/correction", found="独居老人，已联系子女")["changes"] == 1
    assert [change["found"] for change in worker.get(path)["changes"]] == [VISIT["found"]]
    assert len(worker.post(f"{path}/orders", order={"words": "楼道堆杂物"})["visit"]["order_ids"]) == 2


def test_the_log_is_for_the_offices_of_the_place(city: City) -> None:
    worker = city.official("grid_worker", GRID)
    visit_id = worker.post("/visits", **VISIT)["visit"]["visit_id"]
    supervisor = city.official("supervisor", DISTRICT)
    assert supervisor.get(f"/visits/{visit_id}")["may_correct"] is False
    assert supervisor.send("POST", "/visits", json=VISIT).status_code == 403
    for stranger in (city.visitor(), city.member(), city.official("liaison", NEIGHBOUR)):
        assert stranger.send("GET", f"/visits/{visit_id}").status_code in {401, 403, 404}
        assert stranger.send("GET", "/visits/figures", params={"node": COMMUNITY}).status_code in {401, 403}
    assert city.official("liaison", NEIGHBOUR).get("/visits")["items"] == []


def test_visits_are_counted_and_exported(city: City) -> None:
    worker, liaison = city.official("grid_worker", OTHER), city.official("liaison", COMMUNITY)
    first = worker.post("/visits", **{**VISIT, "place": OTHER, "found": "=1+1 老人在家"})["visit"]
    again = worker.post("/visits", kind="care", found="又去了一次", again=first["visit_id"])["visit"]
    assert (again["place"], again["household"]) == (OTHER, "3单元201")
    figures = liaison.get("/visits/figures", node=OTHER)
    assert (figures["visits"], figures["households"]) == (2, 1)
    exported = liaison.send("GET", "/exports/visits", params={"node": OTHER, "format": "csv"})
    lines = exported.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "又去了一次" in lines[1]
    assert "'=1+1" in lines[2]
    assert "201" not in exported.text.replace(OTHER, "")
