"""Everybody in the story, and their accounts. Opening what is open already changes nothing."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, MutableMapping
from pathlib import Path

from deploy.embedded.ziyun.person import Person, until
from deploy.embedded.ziyun.story import DISTRICT, DIVISIONS, GRIDS, Member, Official, Order, Story, Unit

ONE_TIME_CODE = re.compile(r"\b\d{6}\b")


class Cast:
    """``password`` is everybody's; ``ids`` are those of members and units, by login and by the unit's own code.

    ``sessions`` are tokens by login or phone; what is in it already is used and not opened again (a phone gets one code
    a minute).
    """

    def __init__(
        self, url: str, story: Story, operator: Person, password: str, sessions: MutableMapping[str, str]
    ) -> None:
        self.url = url
        self.story = story
        self.operator = operator
        self.password = password
        self.ids: dict[str, str] = {}
        self._sessions = sessions
        self._people: dict[str, Person] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def person(self, login: str) -> Person:
        """Who signs in by password; one session each."""
        return self._once(login, lambda: sign_in(self.url, login, self.password))

    def resident(self, order: Order) -> Person:
        """The resident of an order who has an account: signs in by a code sent to the phone."""
        return self._once(order.phone, lambda: self._sign_in_by_code(order))

    def enter_places(self) -> None:
        for kind, file in (("divisions", DIVISIONS), ("grids", GRIDS)):
            self._import(kind, file)

    def open_account(self, official: Official) -> None:
        node = official.node
        if node.startswith("unit:"):
            node = f"unit:{self.ids[node.removeprefix('unit:')]}"
        body = {
            "login": official.login,
            "name": official.name,
            "password": self.password,
            "grants": [{"role": official.role, "node": node}],
        }
        self.operator.ask("POST", "/accounts", key=f"ziyun-{official.login}", body=body)

    def register(self, unit: Unit, at: str) -> None:
        body = {
            "code": unit.code,
            "name": unit.name,
            "district_code": DISTRICT,
            "community_code": unit.community_code,
        }
        made = self.operator.ask("POST", "/units", at=at, key=f"ziyun-{unit.code}", body=body)
        self.ids[unit.code] = made["unit_id"]

    def check_in(self, member: Member, at: str) -> None:
        """The liaison of the community takes the check-in."""
        liaison = self.person(self.story.official("liaison", member.community_code))
        body = {
            "login": member.login,
            "password": self.password,
            "name": member.name,
            "unit_id": self.ids[member.unit_code],
            "community_code": member.community_code,
            "grid_code": member.grid_code,
            "skills": list(member.skills),
        }
        made = liaison.ask("POST", "/members", at=at, key=f"ziyun-{member.login}", body=body)
        self.ids[member.login] = made["member_id"]

    def _once(self, who: str, enter: Callable[[], str]) -> Person:
        with self._lock:
            lock = self._locks.setdefault(who, threading.Lock())
        with lock:
            if who not in self._people:
                if who not in self._sessions:
                    self._sessions[who] = enter()
                self._people[who] = Person(self.url, token=self._sessions[who])
            return self._people[who]

    def _sign_in_by_code(self, order: Order) -> str:
        visitor = Person(self.url)
        issued = visitor.ask("POST", "/codes", body={"phone": order.phone})
        caught = visitor.get("/catcher/messages", to=order.phone, limit=1)["items"][0]
        found = ONE_TIME_CODE.search(caught["text"])
        if found is None:
            raise AssertionError(f"no code in the message to {order.phone}")
        body = {"challenge": issued["challenge"], "code": found.group(), "name": order.name}
        token: str = visitor.ask("POST", "/sessions/by-code", body=body)["token"]
        return token

    def _import(self, kind: str, file: Path) -> None:
        started = self.operator.ask(
            "POST",
            "/imports",
            key=f"ziyun-{kind}",
            data={"kind": kind},
            files={"file": (file.name, file.read_bytes())},
        )
        path = f"/imports/{started['import_id']}"
        until(lambda: self._has_ended(path), f"the import of {file.name}")

    def _has_ended(self, path: str) -> bool:
        seen = self.operator.get(path)
        if seen["state"] == "rejected":
            raise AssertionError(f"{seen['filename']}: {seen['errors']}")
        return bool(seen["state"] == "done")


def sign_in(url: str, login: str, password: str) -> str:
    """The token of a new session."""
    body = {"login": login, "password": password}
    token: str = Person(url).ask("POST", "/sessions", body=body)["token"]
    return token
