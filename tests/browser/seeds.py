"""A city with something on every page, and the values that stand for the variables of a page's path.

Whoever adds a page with variables in its path adds them to ``VALUES``; without them the page cannot be looked at, and
the test of every page says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from tests.city import COMMUNITY, DISTRICT, City, Person, distinct
from tests.closing import certificate
from tests.waiting import until

WHOLE = DISTRICT[:2]
"""Where an operator of tests holds."""


@dataclass
class Seeds:
    """``placed`` is an order that was answered, as its receipt told; ``waiting`` one that nobody has touched. The case is of an
    order of the member's, and led by the unit of the leader.
    """

    city: City
    placed: dict[str, Any]
    waiting: dict[str, Any]
    task_id: str
    team_id: str
    member: Person
    case_id: str
    visit_id: str
    wish_id: str
    known: dict[str, Person] = field(default_factory=dict)

    @cached_property
    def number(self) -> str:
        """Of a certificate of the member's."""
        return certificate(self.city, self.person("liaison"), self.member)

    def person(self, role: str) -> Person:
        """Somebody with the role; of each there is one."""
        if role not in self.known:
            self.known[role] = self._new(role)
        return self.known[role]

    def _new(self, role: str) -> Person:
        match role:
            case "member":
                return self.member
            case "operator":
                return self.city.official(role, WHOLE)
            case "supervisor" | "evaluator" | "auditor":
                return self.city.official(role, DISTRICT)
            case "unit_leader":
                return self.city.official(role, f"unit:{self.city.unit()}")
        return self.city.official(role, COMMUNITY)


VALUES: Mapping[str, Callable[[Seeds], str]] = {
    "/operations/registers/{import_id}": lambda seeds: f"/operations/registers/{rejected_import(seeds)}",
    "/certificates/{number}": lambda seeds: f"/certificates/{seeds.number}",
    "/certificates/{number}/certificate.pdf": lambda seeds: f"/certificates/{seeds.number}/certificate.pdf",
    "/desk/cases/{case_id}": lambda seeds: f"/desk/cases/{seeds.case_id}",
    "/desk/orders/{order_id}": lambda seeds: f"/desk/orders/{seeds.waiting['order_id']}",
    "/operations/templates/{node}/{kind}/{audience}": lambda _seeds: (
        f"/operations/templates/{DISTRICT}/dispatch.task_urged/acting"
    ),
    "/calendar/{secret}.ics": lambda seeds: urlsplit(seeds.member.post("/me/calendar")["address"]).path,
    "/orders/{order_id}": lambda seeds: f"/orders/{seeds.placed['order_id']}",
    "/posters/{community}/code.png": lambda _seeds: f"/posters/{COMMUNITY}/code.png",
    "/posters/{community}/code.svg": lambda _seeds: f"/posters/{COMMUNITY}/code.svg",
    "/posters/{community}/poster.pdf": lambda _seeds: f"/posters/{COMMUNITY}/poster.pdf",
    "/posters/members/{member_id}/card.pdf": lambda seeds: (
        f"/posters/members/{seeds.member.account_id}/card.pdf"
    ),
    "/posters/teams/{team_id}/card.pdf": lambda seeds: f"/posters/teams/{seeds.team_id}/card.pdf",
    "/problems/{slug}": lambda _seeds: "/problems/no-such-order",
    "/static/{name}": lambda _seeds: "/static/style.css",
    "/supervising/follow-ups/{order_id}": lambda seeds: f"/supervising/follow-ups/{seeds.placed['order_id']}",
    "/supervising/lapses/{of}": lambda _seeds: "/supervising/lapses/member",
    "/supervising/lapses/{of}/{id}": lambda seeds: f"/supervising/lapses/member/{seeds.member.account_id}",
    "/supervising/lists/{which}": lambda _seeds: "/supervising/lists/tasks",
    "/visits/{visit_id}": lambda seeds: f"/visits/{seeds.visit_id}",
    "/wishes/{wish_id}": lambda seeds: f"/wishes/{seeds.wish_id}",
    "/unsubscribe/{token}": lambda _seeds: "/unsubscribe/a-token",
    "/duties/tasks/{task_id}": lambda seeds: f"/duties/tasks/{seeds.task_id}",
}
"""A path to look at for each page whose path has variables."""

WHOSE: Mapping[str, tuple[str, ...]] = {
    "/operations/registers/{import_id}": ("operator",),
    "/certificates/{number}/certificate.pdf": ("member",),
    "/posters/members/{member_id}/card.pdf": ("member",),
    "/posters/teams/{team_id}/card.pdf": ("liaison",),
    "/duties/tasks/{task_id}": ("member",),
}
"""Who looks at a page that shows what is somebody's own; any other page is looked at by each role that is let in."""

ALSO: tuple[tuple[str, str], ...] = (
    ("/new", f"/new?node={COMMUNITY}"),
    ("/notices", f"/notices?node={COMMUNITY}"),
    ("/wishes", f"/wishes?node={COMMUNITY}&all=1"),
    ("/wishes/new", f"/wishes/new?node={COMMUNITY}"),
    ("/follow", "/follow?code=ABCD2345"),
    ("/supervising", "/supervising?since=2026-02-01&until=2026-01-01"),
    ("/supervising/orders", "/supervising/orders?state=acting&now=true"),
    ("/supervising/comparison", "/supervising/comparison?by=community"),
    ("/supervising/follow-ups", "/supervising/follow-ups?recorded=true"),
    ("/supervising/certificates", "/supervising/certificates?search=测试"),
    ("/supervising/lists/{which}", "/supervising/lists/problems?line=nothing"),
    ("/supervising/map", "/supervising/map?show=overdue"),
    ("/supervising/map", f"/supervising/map?node={COMMUNITY[:9]}"),
    ("/posters", f"/posters?node={COMMUNITY[:9]}"),
)
"""Pages that look quite different with a query: the page, and the address with it."""


def rejected_import(seeds: Seeds) -> str:
    """A register with a bad cell, which nobody but whoever uploaded it may look at."""
    operator = seeds.person("operator")
    file = ("units.csv", "code,name,district_code\n,,\n")
    sent = operator.send("POST", "/imports", data={"kind": "units"}, files={"file": file})
    import_id: str = sent.json()["import_id"]
    until(
        lambda: operator.get(f"/imports/{import_id}")["state"] == "rejected", "the register to be looked at"
    )
    return import_id


def seed(city: City, *, told: Callable[[str], str] = distinct) -> Seeds:
    """An order that waits and one that is answered; ``told`` makes their words what no other test says."""
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    waiting = city.order(words=told("单元门的门禁坏了，晚上进不了楼"))
    placed = city.order(words=told("楼道的灯坏了，老人上下楼看不见"))
    path = f"/orders/{placed['order_id']}/registration"
    task_id = liaison.post(path, category="liveability")["task_id"]
    liaison.hand_to(member, task_id)
    member.post(f"/tasks/{task_id}/acceptance")
    member.post(f"/tasks/{task_id}/answer", words="灯泡和开关都换了")
    team = liaison.post(
        "/teams",
        name="水电服务队",
        node=COMMUNITY,
        kind="trade",
        member_ids=[member.account_id, city.member().account_id],
        leader_id=member.account_id,
    )
    unit_id = city.unit()
    leader = city.official("unit_leader", f"unit:{unit_id}")
    visit = {"place": COMMUNITY, "kind": "care", "found": "独居老人，身体尚好", "household": "3单元201"}
    return Seeds(
        city=city,
        placed=placed,
        waiting=waiting,
        task_id=task_id,
        team_id=team["team_id"],
        member=member,
        case_id=_case(liaison, member, unit_id, told),
        visit_id=liaison.post("/visits", **visit)["visit"]["visit_id"],
        wish_id=_wish(liaison, member),
        known={"liaison": liaison, "unit_leader": leader},
    )


def _wish(liaison: Person, member: Person) -> str:
    """One that the member has claimed."""
    wish = {"community_code": COMMUNITY, "kind": "thing", "whom": "old", "cost": 80, "on_behalf": True}
    made = liaison.post("/wishes", **wish, words="想要一副老花镜", contact={"phone": "13800000009"})
    liaison.post(f"/wishes/{made['wish_id']}/showing")
    member.post(f"/wishes/{made['wish_id']}/claim")
    return str(made["wish_id"])


def _case(liaison: Person, member: Person, unit_id: str, told: Callable[[str], str]) -> str:
    """A campaign with a plan."""
    order = {"community_code": COMMUNITY, "channel": "community_page", "words": told("西门的路面坑洼不平")}
    placed = member.post("/orders", **order)
    campaign = {
        "title": "西门路面整修",
        "category": "traffic_road",
        "owner_kind": "unit",
        "owner_id": unit_id,
        "plan": [{"what": "勘查", "due": "2099-01-01"}],
        "order_ids": [placed["order_id"]],
    }
    begun = until(lambda: _begun(liaison, campaign), "dispatch to know the unit and the order")
    return str(begun)


def _begun(liaison: Person, campaign: dict[str, Any]) -> str | None:
    response = liaison.send("POST", "/cases", json=campaign)
    return response.json()["case_id"] if response.ok else None
