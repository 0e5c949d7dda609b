"""The home community: one thing of every kind, and what no stranger may ever be told of it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.city import COMMUNITY, DISTRICT, City, Person, distinct
from tests.waiting import until

DUE = str((datetime.now(UTC) + timedelta(days=180)).date())

IN_PATHS = {
    "day": "2026-03-02", "figure": "orders", "by": "community", "state": "acting", "kind": "members", "of": "member",
    "code": COMMUNITY, "service": "intake", "photo_id": "no-such-photo",
    "delivery_id": "no-such-delivery", "way": "email", "audience": "residents", "channel": "sms", "secret": "guessed",
    "number": "2026-00001-GUESSED2",
}  # fmt: skip


RUNNING = re.compile(r'"minutes_left": -?\d+')


@dataclass(frozen=True, kw_only=True)
class Home:
    """``known`` are the values of path variables and of fields, by name, ``in_paths`` those of variables whose name means something else
    in a body; ``private`` are those of a private order. ``secrets`` are texts that must not be told.

    ``looking`` are those who look at everything, and where: what they see before a stranger's walk they see after it.
    """

    known: dict[str, Any]
    in_paths: dict[str, str]
    private: dict[str, str]
    secrets: tuple[str, ...]
    looking: tuple[tuple[Person, str], ...]

    def told(self, text: str) -> set[str]:
        """The secrets in a text."""
        return {secret for secret in self.secrets if secret in text}

    def looks(self) -> dict[str, str]:
        """Everything of the home community, as it stands; without the minutes that run by themselves."""
        return {
            path: RUNNING.sub("", json.dumps(person.get(path), ensure_ascii=False))
            for person, path in self.looking
        }


def furnished(city: City) -> Home:
    """Make one of everything. Whoever adds a kind of thing adds it here; the walk names the variable that it lacks."""
    liaison, supervisor = city.official("liaison", COMMUNITY), city.official("supervisor", DISTRICT)
    grid = city.grid("031")
    worker = city.official("grid_worker", grid)
    unit = city.unit()
    member, second = city.member(unit_id=unit), city.member(unit_id=unit)
    order, secret_order = _orders(city, liaison, member)
    task_id = liaison.get(f"/orders/{order}")["task_id"]
    team = liaison.post(
        "/teams",
        name="水电服务队",
        node=COMMUNITY,
        kind="trade",
        member_ids=[member.account_id, second.account_id],
        leader_id=member.account_id,
    )
    ballot = liaison.post(f"/teams/{team['team_id']}/ballots", term_months=12)
    post = liaison.post(
        "/posts", node=COMMUNITY, title="巡查岗", duties="每月巡查一次", basis="need", kind="safety"
    )
    member.put(f"/posts/{post['post_id']}/holding")
    promise = member.post("/promises", post_id=post["post_id"], items=[{"words": "查完三栋楼", "due": DUE}])
    pairing = liaison.post(
        "/pairings",
        unit_id=unit,
        community_code=COMMUNITY,
        commitments=[{"field": "governance", "words": "共治楼道", "due": DUE}],
    )
    help_ = liaison.post(
        "/helps",
        member_id=member.account_id,
        node=COMMUNITY,
        need="old",
        contact={"name": "独居甲", "phone": "13800000051"},
    )
    member.post(f"/helps/{help_['help_id']}/doings", kind="shopping", words="给独居甲买米")
    firm = liaison.post(
        "/firms",
        name=distinct("豆腐坊"),
        trade="食品",
        community_code=COMMUNITY,
        contact={"name": "王掌柜", "phone": "13800000052"},
    )
    liaison.put(f"/firms/{firm['firm_id']}/helpers/{member.account_id}")
    visit = worker.post(
        "/visits", place=grid, kind="care", found="老人身体尚好，家里钥匙在邻居处", household="3单元201"
    )["visit"]
    charge = supervisor.post(
        "/responsibilities",
        node=COMMUNITY,
        person_id=member.account_id,
        title="社区第一书记",
        unit_id=unit,
        since="2026-01-01",
    )
    case = liaison.post(
        "/cases",
        order_ids=[city.order(words=distinct("三栋的灯也坏了"))["order_id"]],
        title="楼道灯成片损坏",
        category="facilities_light",
        owner_kind="member",
        owner_id=member.account_id,
    )
    wish_id = _wish(liaison, worker, member)
    client = city.operator.post(f"/nodes/{DISTRICT}/clients", name="测试软件")
    imported = city.operator.get("/imports")["items"][0]
    until(lambda: member.get("/messages")["items"], "the member to be told something")
    message = member.get("/messages")["items"][0]
    # The gateway remembers an account's roles for some seconds.
    until(lambda: "team_leader" in str(member.get("/me")), "the member to be known as the team's leader")
    known = {
        "order_id": order,
        "order_ids": [secret_order],
        "into_order_id": secret_order,
        "task_id": task_id,
        "case_id": case["case_id"],
        "member_id": member.account_id,
        "member_ids": [member.account_id, second.account_id],
        "account_id": member.account_id,
        "person_id": member.account_id,
        "candidate_id": member.account_id,
        "owner_id": member.account_id,
        "owner_kind": "member",
        "hand_id": second.account_id,
        "hand_kind": "member",
        "file_id": member.account_id,
        "unit_id": unit,
        "unit_ids": [unit],
        "first_secretary": member.account_id,
        "team_id": team["team_id"],
        "to_team_id": team["team_id"],
        "from_team_id": team["team_id"],
        "ballot_id": ballot["ballot_id"],
        "post_id": post["post_id"],
        "promise_id": promise["promise_id"],
        "pairing_id": pairing["pairing_id"],
        "help_id": help_["help_id"],
        "firm_id": firm["firm_id"],
        "visit_id": visit["visit_id"],
        "wish_id": wish_id,
        "responsibility_id": charge["responsibility_id"],
        "client_id": client["client"]["client_id"],
        "import_id": imported["import_id"],
        "message_id": message["message_id"],
        "community_code": COMMUNITY,
        "district_code": DISTRICT,
        "district": DISTRICT,
        "node": COMMUNITY,
        "place": COMMUNITY,
        "category": "facilities_light",
        "number": "1",
        "level": "community",
        "role": "liaison",
    }
    return Home(
        known=known,
        private={"order_id": secret_order, "into_order_id": order, "task_id": liaison.get(f"/orders/{secret_order}")["task_id"]},
        in_paths={**IN_PATHS, "id": member.account_id},
        secrets=(
            "13800000002", "13800000051", "13800000052", "独居甲", "王掌柜", "3单元201", "钥匙在邻居处", "不愿让人知道",
            "13800000053", "想见见老战友", "东街26号",
            secret_order, message["message_id"],
        ),
        looking=(
            *((liaison, f"/orders/{each}") for each in (order, secret_order)),
            (liaison, f"/tasks/{task_id}"),
            (liaison, f"/cases/{case['case_id']}"),
            (liaison, f"/members?node={COMMUNITY}"),
            (liaison, f"/teams/{team['team_id']}"),
            (liaison, f"/posts?node={COMMUNITY}"),
            (liaison, f"/pairings?unit_id={unit}"),
            (liaison, "/helps"),
            (liaison, "/firms"),
            (liaison, f"/visits?node={COMMUNITY}"),
            (liaison, f"/wishes/{wish_id}"),
            (liaison, f"/responsibilities?node={COMMUNITY}"),
            (liaison, "/promises"),
            (member, "/messages"),
            (member, "/me"),
            (city.operator, f"/nodes/{DISTRICT}/clients"),
            (city.operator, f"/nodes/{COMMUNITY}/grab-limits"),
            (city.operator, f"/nodes/{COMMUNITY}/promised-times"),
        ),
    )  # fmt: skip


def _orders(city: City, liaison: Person, member: Person) -> tuple[str, str]:
    """One that a member acts on, and a private one that is registered."""
    order: str = city.order(words=distinct("楼道灯坏了"))["order_id"]
    task = liaison.post(f"/orders/{order}/registration", category="facilities_light")
    path = f"/tasks/{task['task_id']}"
    chosen = {"hand_kind": "member", "hand_id": member.account_id}
    until(lambda: liaison.send("POST", f"{path}/assignment", json=chosen).ok, "dispatch to know the member")
    member.post(f"{path}/acceptance")
    secret: str = city.order(words=distinct("家里的事，不愿让人知道"), private=True)["order_id"]
    liaison.post(f"/orders/{secret}/registration", category="neighbour")
    return order, secret


def _wish(liaison: Person, worker: Person, member: Person) -> str:
    """A small wish on the wall in other words than it was said in, and claimed."""
    wish = {
        "community_code": COMMUNITY,
        "kind": "company",
        "whom": "old",
        "words": "想见见老战友，家住东街26号",
        "contact": {"phone": "13800000053"},
        "on_behalf": True,
    }
    wish_id: str = worker.post("/wishes", **wish)["wish_id"]
    liaison.post(f"/wishes/{wish_id}/showing", words="独居老人想有人陪着说说话")
    member.post(f"/wishes/{wish_id}/claim")
    return wish_id
