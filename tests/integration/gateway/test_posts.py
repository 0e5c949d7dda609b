"""Posts and promises through HTTP."""

from __future__ import annotations

from tests.city import COMMUNITY, NEIGHBOUR, City

POST = {
    "node": COMMUNITY,
    "title": "用电安全岗",
    "duties": "每月检查一次楼道电表箱",
    "basis": "ability",
    "kind": "safety",
    "skill": "电工",
}


def test_a_post_is_set_chosen_promised_for_and_read_by_everybody(city: City) -> None:
    liaison = city.official("liaison", COMMUNITY)
    electrician, teacher = city.member(skills=("电工",)), city.member(skills=("教学",))
    post = liaison.post("/posts", **POST)
    path = f"/posts/{post['post_id']}"
    assert post["post_id"] in [each["post_id"] for each in electrician.get("/posts", fitting=True)["items"]]
    assert post["post_id"] not in [each["post_id"] for each in teacher.get("/posts", fitting=True)["items"]]
    assert teacher.send("PUT", f"{path}/holding").json()["type"] == "/problems/post-unfit"
    assert electrician.put(f"{path}/holding")["holders"][0]["member_id"] == electrician.account_id
    electrician.at = "2026-03-02T09:00:00+08:00"
    promise = electrician.post(
        "/promises", post_id=post["post_id"], items=[{"words": "查完三栋楼", "due": "2026-03-31"}]
    )
    visitor = city.visitor()
    visitor.at = "2026-04-01T09:00:00+08:00"
    (shown,) = visitor.get("/promises", member_id=electrician.account_id, overdue=True)["items"]
    assert shown["items"][0]["state"] == "overdue"
    assert "phone" not in shown
    electrician.at = visitor.at
    done = electrician.put(f"/promises/{promise['promise_id']}/items/1", words="三栋楼已查完")
    assert done["items"][0]["state"] == "late"
    assert (
        electrician.send(
            "PUT", f"/promises/{promise['promise_id']}/items/x", json={"words": "好"}
        ).status_code
        == 404
    )
    retraction = f"/promises/{promise['promise_id']}/retraction"
    assert teacher.send("POST", retraction, json={"reason": "不想看"}).status_code == 403
    assert liaison.send("POST", retraction, json={"reason": "本人已搬走"}).status_code == 204
    assert visitor.get("/promises", member_id=electrician.account_id)["items"] == []


def test_a_post_is_kept_by_its_own_community(city: City) -> None:
    stranger = city.official("liaison", NEIGHBOUR)
    assert stranger.send("POST", "/posts", json=POST).status_code == 403
    assert city.member().send("POST", "/posts", json=POST).status_code == 403
    assert city.visitor().send("GET", "/posts").status_code == 401
    post = city.official("liaison", COMMUNITY).post("/posts", **POST)
    assert stranger.send("DELETE", f"/posts/{post['post_id']}").status_code == 403
    member = city.member(skills=("电工",))
    wrong = member.send("POST", "/promises", json={"items": [{"words": "电话 13800000001"}]})
    assert wrong.json()["errors"][0]["field"] == "items.0.due"
    member.at = "2026-03-02T09:00:00+08:00"
    phone = member.send("POST", "/promises", json={"items": [{"words": "13800000001", "due": "2026-03-03"}]})
    assert phone.json()["errors"][0]["field"] == "items.0.words"
