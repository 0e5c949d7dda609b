"""Figures, registers, imports and operations through HTTP."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import requests

from services.kit.ids import new_id
from tests.city import COMMUNITY, DISTRICT, NEIGHBOUR, City, Person, answered
from tests.waiting import until

GRIDS = "community_code,grid_code,name\n{0},{1},一号网格\n"


def figures(person: Person, **query: Any) -> dict[str, dict[str, Any]]:
    return {each["figure"]: each for each in person.get("/figures", **query)["figures"]}


def test_figures_are_public_and_the_orders_behind_them_are_not(city: City) -> None:
    placed = city.order(at="2026-01-15T12:00:00+08:00")
    day = {"since": "2026-01-15", "until": "2026-01-15"}
    until(lambda: figures(city.visitor(), **day)["orders"]["numerator"] == 1, "the order to be counted")
    assert figures(city.visitor(), since="2026-01-16", until="2026-01-16")["orders"]["numerator"] == 0
    path = "/figures/orders/orders"
    assert city.visitor().send("GET", path).status_code == 401
    behind = city.official("auditor", COMMUNITY).get(path, node=COMMUNITY, **day)
    assert behind["items"] == [placed["order_id"]]


def test_units_and_members_are_registered_and_found(city: City) -> None:
    unit_id = city.unit()
    member = city.member(unit_id=unit_id, skills=("电工",))
    liaison = city.official("liaison", COMMUNITY)
    assert member.get(f"/members/{member.account_id}")["skills"] == ["电工"]
    found = liaison.get("/members", unit_id=unit_id)["items"]
    assert [each["member_id"] for each in found] == [member.account_id]
    assert member.get(f"/members/{member.account_id}/points")["total"] == 0
    assert city.operator.get("/units", node=DISTRICT, limit=200)["items"]


def test_a_member_states_when_to_be_asked(city: City) -> None:
    member = city.member()
    path = f"/members/{member.account_id}"
    stated = {
        "trade": "教育",
        "free": [{"weekday": 6, "from_minute": 540, "to_minute": 660}],
        "leave": [{"first": "2026-05-01", "last": "2026-05-03", "reason": "出差"}],
        "point": {"longitude": 106.08765, "latitude": 25.75219},
    }
    told = answered(member.send("PATCH", path, json=stated))
    assert told["availability"] == {
        "free": stated["free"],
        "leave": stated["leave"],
        "capacity": 3,
        "wishes": [],
        "point": {"longitude": 106.088, "latitude": 25.752},
        "in_service": True,
    }
    cleared = answered(member.send("PATCH", path, json={"point": None, "trade": None}))
    assert (cleared["trade"], cleared["availability"]["point"]) == (None, None)
    assert cleared["availability"]["free"] == stated["free"]
    wrong = member.send("PATCH", path, json={"free": [{"weekday": 8, "from_minute": 1, "to_minute": 2}]})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "free.0.weekday")
    other = city.member()
    assert other.send("PATCH", path, json={"capacity": 1}).status_code == 403
    assert city.visitor().send("PATCH", path, json={"capacity": 1}).status_code == 401


def test_a_member_moves_and_leaves_and_the_grid_head_is_told(city: City) -> None:
    upload(city, GRIDS.format(NEIGHBOUR, "055"))
    head = city.official("grid_head", NEIGHBOUR + "055")
    until(lambda: _hears(city, head), "notify to know the grid head")
    member, before = city.member(), len(head.get("/messages", limit=200)["items"])
    path = f"/members/{member.account_id}"
    supervisor = city.official("supervisor", NEIGHBOUR[:9])
    supervisor.put(f"{path}/placement", community_code=NEIGHBOUR, grid_code=NEIGHBOUR + "055")
    until(lambda: len(head.get("/messages", limit=200)["items"]) == before + 1, "the grid head to be told")
    assert head.get("/messages")["items"][0]["kind"] == "members.members_assigned"
    changes = member.get(f"{path}/changes")["items"]
    assert [(each["field"], each["before"]) for each in changes] == [
        ("grid_code", None),
        ("community_code", COMMUNITY),
    ]
    assert member.send("DELETE", path).status_code == 403
    assert answered(supervisor.send("DELETE", path))["availability"]["in_service"] is False
    gone = supervisor.get("/members", node=NEIGHBOUR + "055", checked_out=True)["items"]
    assert member.account_id in [each["member_id"] for each in gone]
    assert supervisor.send("DELETE", path).json()["type"] == "/problems/checked-out"


def _hears(city: City, head: Person) -> bool:
    """Notify learns of a new grid head by an event; who was assigned before that was told to others."""
    arriving = city.member(community=NEIGHBOUR)
    city.operator.put(
        f"/members/{arriving.account_id}/placement",
        community_code=NEIGHBOUR,
        grid_code=NEIGHBOUR + "055",
    )
    return bool(head.get("/messages/unread")["count"])


def test_a_unit_keeps_its_own_file(city: City) -> None:
    unit_id = city.unit()
    leader = city.official("unit_leader", f"unit:{unit_id}")
    path = f"/units/{unit_id}"
    told = answered(leader.send("PATCH", path, json={"first_secretary": leader.account_id, "capacity": 20}))
    assert city.member().get(path) == told
    assert [each["field"] for each in leader.get(f"{path}/changes")["items"]] == [
        "capacity",
        "first_secretary",
    ]
    assert (told["first_secretary"], told["availability"]["capacity"]) == (leader.account_id, 20)
    assert city.member(unit_id=unit_id).send("PATCH", path, json={"capacity": 1}).status_code == 403


def test_the_tree_is_walked_and_searched_by_everybody(city: City) -> None:
    visitor = city.visitor()
    assert visitor.get(f"/nodes/{COMMUNITY}")["name"] == "教场社区居民委员会"
    assert len(visitor.get("/nodes", parent=DISTRICT)["items"]) == 13
    found = visitor.get("/nodes", search="教场", level="community")["items"]
    assert [node["code"] for node in found] == [COMMUNITY]
    assert visitor.send("GET", "/nodes/999").status_code == 404


def upload(city: City, content: str | bytes, *, by: Person | None = None, **fields: str) -> dict[str, Any]:
    person = by or city.operator
    response = person.send(
        "POST", "/imports", data={"kind": "grids", **fields}, files={"file": ("grids.csv", content)}
    )
    assert response.status_code == 202, response.text
    path = response.headers["Location"].removeprefix("/api/v1")
    until(lambda: person.get(path)["state"] in {"done", "rejected"}, "the import to end")
    ended: dict[str, Any] = person.get(path)
    return ended


def test_an_import_is_applied_once_and_a_bad_row_is_named(city: City) -> None:
    content = GRIDS.format(COMMUNITY, "077")
    assert upload(city, content, dry_run="true")["created"] == 1
    assert city.visitor().send("GET", f"/nodes/{COMMUNITY}077").status_code == 404
    assert upload(city, content)["created"] == 1
    assert upload(city, content)["unchanged"] == 1
    bad = upload(city, GRIDS.format(COMMUNITY, "078") + "520425001999,001,没有的社区\n")
    assert bad["state"] == "rejected"
    assert (bad["errors"][0]["line"], bad["errors"][0]["column"]) == (3, "community_code")
    assert city.visitor().send("GET", f"/nodes/{COMMUNITY}078").status_code == 404


def test_grids_of_an_odd_size_are_reported_to_those_who_answer_for_them(city: City) -> None:
    community = "520425002001"
    sizes = {"001": 600, "002": 1200, "003": 80, "004": 0}
    rows = "".join(f"{community},{digits},网格,200,{people}\n" for digits, people in sizes.items())
    assert upload(city, "community_code,grid_code,name,households,people\n" + rows)["created"] == 4
    supervisor = city.official("supervisor", community[:9])
    report = supervisor.get("/grids/report", node=community)
    assert {name: report[name] for name in ("grids", "fitting", "overfull", "underfull", "empty")} == {
        "grids": 4,
        "fitting": 1,
        "overfull": 1,
        "underfull": 1,
        "empty": 1,
    }
    assert [(each["code"][-3:], each["size"], each["people"]) for each in report["items"]] == [
        ("002", "overfull", 1200),
        ("003", "underfull", 80),
        ("004", "empty", 0),
    ]
    wider = supervisor.get("/grids/report", node=community, over=2000, under=50, limit=1)
    assert [each["size"] for each in wider["items"]] == ["empty"]
    assert wider["next"] is None
    for person in (city.official("supervisor", "520425003"), city.member()):
        assert person.send("GET", "/grids/report", params={"node": community}).status_code == 403
    wrong = supervisor.send("GET", "/grids/report", params={"node": community, "over": 5, "under": 5})
    assert wrong.json()["errors"][0]["field"] == "under"


def test_a_register_goes_out_as_a_file_and_back_in_without_a_change(city: City) -> None:
    community = "520425003001"
    upload(city, GRIDS.format(community, "001"))
    leader = city.official("unit_leader", f"unit:{city.unit()}")
    members = [city.member(community=community, skills=("电工", "=1+1")) for _ in range(3)]
    stated = {
        "trade": "教育",
        "wishes": ["助老助残"],
        "free": [{"weekday": 7, "from_minute": 540, "to_minute": 660}],
        "leave": [{"first": "2026-05-01", "last": "2026-05-03", "reason": "出差"}],
        "point": {"longitude": 106.088, "latitude": 25.752},
    }
    answered(members[0].send("PATCH", f"/members/{members[0].account_id}", json=stated))
    for made in ("csv", "xlsx"):
        for kind in ("members", "units", "grids"):
            query = {"node": "520425" if kind == "units" else community, "format": made}
            response = city.operator.send("GET", f"/exports/{kind}", params=query)
            assert response.headers["Content-Disposition"] == f'attachment; filename="{kind}.{made}"'
            ended = upload(city, response.content, kind=kind)
            assert (ended["state"], ended["created"], ended["changed"]) == ("done", 0, 0), ended
            assert ended["unchanged"] == ended["rows"] > 0
    own = members[1].send("GET", "/exports/members").content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in own] == ["member_id", members[1].account_id]
    assert leader.send("GET", "/exports/members").content.count(b"\n") == 1
    assert city.operator.send("GET", "/exports/divisions").status_code == 422
    assert city.operator.send("GET", "/exports/cats").status_code == 404
    assert city.visitor().send("GET", "/exports/members").status_code == 401


def test_units_and_members_report_twice_and_a_card_shows_it(city: City) -> None:
    unit_id = city.unit()
    leader = city.official("unit_leader", f"unit:{unit_id}")
    path = f"/units/{unit_id}/check-in"
    reported = leader.put(path, community_code=COMMUNITY, first_secretary=leader.account_id)
    assert reported["reported_at"]
    member = city.member(unit_id=unit_id)
    period = {"first": "2026-01-01", "last": "2026-01-31", "words": "走访 20 户"}
    member.post("/reports", kind="member", file_id=member.account_id, **period)
    again = member.send("POST", "/reports", json={"kind": "member", "file_id": member.account_id, **period})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/already-reported")
    leader.post("/reports", kind="unit", file_id=unit_id, **period)
    liaison = city.official("liaison", COMMUNITY)
    found = liaison.get("/reports", node=COMMUNITY, unit_id=unit_id)["items"]
    assert [each["kind"] for each in found] == ["unit", "member"]
    card = member.get(f"/members/{member.account_id}/card")
    assert (card["reports"], card["places"][-1]["code"]) == (1, COMMUNITY)
    stranger = city.official("liaison", NEIGHBOUR)
    assert stranger.get("/reports", unit_id=unit_id)["items"] == []
    assert stranger.send("GET", f"/members/{member.account_id}/card").status_code == 403
    body = {"community_code": COMMUNITY, "first_secretary": member.account_id}
    assert stranger.send("PUT", path, json=body).status_code == 403
    assert city.visitor().send("GET", "/reports").status_code == 401


def test_a_liaison_imports_what_lies_in_the_own_community(city: City) -> None:
    upload(city, GRIDS.format(COMMUNITY, "066"))
    liaison = city.official("liaison", COMMUNITY)
    groups = "community_code,grid_code,building_group_code,name\n" + f"{COMMUNITY},066,001,一号楼党小组\n"
    assert upload(city, groups, by=liaison, kind="building_groups")["created"] == 1
    above = city.visitor().get(f"/nodes/{COMMUNITY}066001")
    assert (above["level"], above["parent"]) == ("building_group", COMMUNITY + "066")
    next_door = city.official("liaison", NEIGHBOUR)
    rejected = upload(city, groups, by=next_door, kind="building_groups")
    assert [(each["line"], each["column"]) for each in rejected["errors"]] == [(2, "community_code")]
    for person, kind in ((liaison, "grids"), (city.member(), "members")):
        refused = person.send("POST", "/imports", data={"kind": kind}, files={"file": ("a.csv", b"a")})
        assert refused.status_code == 403


def test_an_import_needs_a_file_and_a_known_kind(city: City) -> None:
    missing = city.operator.send("POST", "/imports", data={"kind": "grids"})
    assert missing.status_code == 422
    assert missing.json()["errors"][0]["field"] == "file"
    unknown = city.operator.send("POST", "/imports", data={"kind": "cats"}, files={"file": ("a.csv", b"a")})
    assert unknown.json()["errors"][0]["field"] == "kind"


def test_messages_are_told_counted_and_read(city: City) -> None:
    liaison = city.official("liaison", COMMUNITY)
    mark = new_id()
    until(lambda: _told(city, liaison), f"the liaison to be told of an order ({mark})")
    before = liaison.get("/messages/unread")["count"]
    first = liaison.get("/messages", unread=True)["items"][0]
    assert liaison.send("PUT", f"/messages/{first['message_id']}/read").status_code == 204
    assert liaison.get("/messages/unread")["count"] == before - 1
    assert liaison.send("PUT", "/messages/read").status_code == 204
    assert liaison.get("/messages/unread")["count"] == 0
    other = city.official("liaison", COMMUNITY)
    assert other.send("PUT", f"/messages/{first['message_id']}/read").status_code == 404


def _told(city: City, liaison: Person) -> bool:
    """Notify learns of a new liaison by an event; orders placed before that were told to others."""
    city.order()
    return bool(liaison.get("/messages/unread")["count"])


def test_categories_have_names_that_pages_use(city: City) -> None:
    names = {each["code"]: each["label"] for each in city.visitor().get("/categories")["items"]}
    order_id = city.order()["order_id"]
    city.official("liaison", COMMUNITY).post(f"/orders/{order_id}/registration", category="facilities")
    until(lambda: city.visitor().get(f"/orders/{order_id}")["category"], "intake to know the category")
    assert names["facilities"] in requests.get(f"{city.url}/orders/{order_id}", timeout=10).text


def test_operators_see_every_service(city: City) -> None:
    states = city.operator.get("/services")["services"]
    assert [each["service"] for each in states] == ["members", "intake", "dispatch", "evaluation", "notify"]
    assert all(each["status"]["faults"] == {} for each in states)
    assert city.operator.get("/services/intake/parked") == {"items": [], "next": None}
    assert city.operator.send("GET", "/services/kitchen/parked").status_code == 404
    unknown = {"consumer": "intake.follow_up_recorded", "message_id": "none"}
    assert city.operator.send("POST", "/services/intake/replays", json=unknown).status_code == 404
    assert city.official("liaison", COMMUNITY).send("GET", "/services").status_code == 403


def test_the_table_of_categories_is_tried_by_operators_and_a_bad_cell_is_named(city: City) -> None:
    shipped = Path("services/dispatch/migrations/categories.csv").read_bytes()
    dry: dict[str, Any] = {
        "data": {"dry_run": "true"},
        "files": {"file": ("categories.csv", shipped + b"Lift,,,,,1,\n")},
    }
    tried = answered(city.operator.send("PUT", "/categories", **dry))
    assert (tried["unchanged"], tried["wrong"], tried["dry_run"]) == (35, 2, True)
    assert (tried["errors"][0]["line"], tried["errors"][0]["column"]) == (37, "code")
    again = answered(city.operator.send("PUT", "/categories", files={"file": ("categories.csv", shipped)}))
    assert (again["unchanged"], again["created"], again["changed"]) == (35, 0, 0)
    assert city.official("liaison", COMMUNITY).send("PUT", "/categories", **dry).status_code == 403
    assert city.visitor().send("PUT", "/categories", **dry).status_code == 401
    missing = city.operator.send("PUT", "/categories", data={"dry_run": "true"})
    assert missing.json()["errors"][0]["field"] == "file"


def test_a_table_of_categories_is_changed_back_by_one_button(city: City) -> None:
    def labels() -> dict[str, str]:
        return {each["code"]: each["label"] for each in city.visitor().get("/categories")["items"]}

    def sent(**more: Any) -> requests.Response:
        told = requests.post(
            f"{city.url}/operations/categories",
            cookies={"sandan": city.operator.token or ""},
            headers={"Origin": city.url},
            timeout=30,
            **more,
        )
        assert told.ok, told.text
        return told

    before = labels()
    shipped = Path("services/dispatch/migrations/categories.csv").read_text(encoding="utf-8-sig")
    changed = shipped.replace(f"other,{before['other']},", "other,别的事,")
    page = sent(files={"file": ("kinds.csv", changed)}).text
    assert labels()["other"] == "别的事"
    former = re.search(r'name="before" value="([^"]*)"', page)
    assert former
    sent(data={"before": unescape(former[1])})
    assert labels() == before
