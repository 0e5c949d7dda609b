"""What waits to be grabbed, the load of a unit, and the ledger as a file, through HTTP."""

from __future__ import annotations

import csv
import io

import requests

from tests.city import COMMUNITY, NEIGHBOUR, City, distinct
from tests.waiting import until


def test_everybody_sees_what_waits_and_members_what_they_may_take(city: City) -> None:
    liaison, member = city.official("liaison", COMMUNITY), city.member(skills=("电工",))
    words = distinct("楼道灯坏了，电话13800000002")
    placed = city.order(words=words)
    task = liaison.post(f"/orders/{placed['order_id']}/registration", category="liveability")["task_id"]
    liaison.post(f"/tasks/{task}/opening", skill="电工")
    public = {
        each["task_id"]: each for each in city.visitor().get("/open-tasks", node=COMMUNITY, limit=50)["items"]
    }
    assert "13800000002" not in public[task]["words"]
    assert (public[task]["allowed"], public[task]["community_name"]) == ([], "教场社区居民委员会")
    assert task not in [
        each["task_id"] for each in city.visitor().get("/open-tasks", node=NEIGHBOUR, limit=50)["items"]
    ]

    def reached() -> list[str]:
        found = member.get("/open-tasks", reach=True, limit=50)["items"]
        return next((each["allowed"] for each in found if each["task_id"] == task), [])

    until(lambda: reached() == ["grab"], "dispatch to know the member")
    member.post(f"/tasks/{task}/grab")
    assert reached() == []


def test_a_leader_of_several_units_chooses_one(city: City) -> None:
    first, second = city.unit(), city.unit()
    leader = city.official("unit_leader", f"unit:{first}")
    path = f"/accounts/{leader.account_id}/grants"
    city.operator.post(path, role="unit_leader", node=f"unit:{second}")
    member = city.member(unit_id=second)

    def seen(unit: str) -> requests.Response:
        return requests.get(
            f"{city.url}/unit", params={"unit": unit}, cookies={"sandan": leader.token or ""}, timeout=30
        )

    until(lambda: f"unit={second}" in seen(first).text, "the leader to be known as the second's too")
    shown = seen(second)
    assert f'href="/unit?unit={second}" aria-current="page"' in shown.text
    assert '<th scope="row">测试党员' in shown.text
    assert '<th scope="row">测试党员' not in seen(first).text
    assert seen(member.account_id).status_code == 403


def test_points_as_a_file_have_their_rule_and_its_version(city: City) -> None:
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    placed = city.order(words=distinct("想找人教用手机"))
    task = liaison.post(f"/orders/{placed['order_id']}/registration", category="liveability")["task_id"]
    liaison.post(f"/tasks/{task}/opening")
    until(lambda: member.send("POST", f"/tasks/{task}/grab").ok, "dispatch to know the member")
    path = f"/members/{member.account_id}/points"
    until(lambda: member.get(path)["total"] == 1, "the grab to be worth a point")
    answer = member.send("GET", f"{path}.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    header, entry = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert header[:4] == ["时间", "事项", "分值", "规则版本"]
    assert (entry[1], entry[2], entry[4]) == ("抢单接单", "1", placed["order_id"])
    until_then = {"until": "2020-01-01"}
    assert len(list(csv.reader(io.StringIO(member.send("GET", f"{path}.csv", params=until_then).text)))) == 1
    view = member.get(path, **until_then)
    assert (view["total"], view["span_total"], view["entries"]["items"]) == (1, 0, [])
    assert city.member().send("GET", f"{path}.csv").status_code == 403
