"""Where a practice is played: the gateway, asked over few connections, and everybody who has signed in there."""

from __future__ import annotations

import csv
import io
import logging
import re
import threading
import time
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookiejar import DefaultCookiePolicy
from typing import Any, TypeVar

import requests
from requests.adapters import HTTPAdapter

from deploy.embedded.ziyun.person import Person
from deploy.embedded.ziyun.story import Official, Story
from tests.city import City
from tests.scenarios.invented import phone
from tests.scenarios.scale import FULL
from tests.waiting import until

log = logging.getLogger(__name__)

CONNECTIONS = 16
PASSWORD = "invented-password-2"
ONE_TIME_CODE = re.compile(r"\b\d{6}\b")
LONGEST = 900 if FULL else 300
"""Seconds that a whole register, or all that it sets off, may take."""
DISTRICT_DIGITS = 6
MOST = 200
"""Rows of the longest page."""

T = TypeVar("T")
Row = dict[str, Any]


class Stage:
    """Everybody's password is the same. ``ids`` are those of units, by the unit's own code."""

    def __init__(self, city: City, pool: ThreadPoolExecutor, http: requests.Session) -> None:
        self.url = city.url
        self.operator = self.somebody(token=city.operator.token, http=http)
        self.ids: dict[str, str] = {}
        self._http = http
        self._pool = pool
        self._people: dict[str, Person] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def somebody(
        self, *, token: str | None = None, code: str | None = None, http: requests.Session | None = None
    ) -> Person:
        return Person(self.url, token=token, code=code, http=http or self._http, patience=LONGEST)

    def person(self, login: str) -> Person:
        """Who signs in by password; one session each."""
        return self._once(login, lambda: self._sign_in(login))

    def resident(self, phone: str, name: str) -> Person:
        """Who signs in by a code sent to the phone."""
        return self._once(phone, lambda: self._sign_in_by_code(phone, name))

    def hand(self, login: str) -> str:
        """The id of a member by login, of a unit by its own code."""
        if login not in self.ids:
            self.ids[login] = self.person(login).get("/me")["account_id"]
        return self.ids[login]

    def enter(self, kind: str, rows: Iterable[Row], *, at: str | None = None) -> Row:
        """Import a register and wait until it is in; the import as the operator sees it."""
        content = csv_of(rows)
        started = self.operator.ask(
            "POST",
            "/imports",
            at=at,
            key=f"{kind}-{len(content)}",
            data={"kind": kind},
            files={"file": (f"{kind}.csv", content)},
        )
        path = f"/imports/{started['import_id']}"

        def ended() -> Row | None:
            seen: Row = self.operator.get(path)
            assert seen["state"] != "rejected", seen["errors"]
            return seen if seen["state"] == "done" else None

        return until(ended, f"the import of {kind}", seconds=LONGEST) or {}

    def enter_units(self, story: Story, node: str, *, at: str) -> None:
        """The story's units; ``node`` is where all of them lie."""
        rows = [
            {
                "code": unit.code,
                "name": unit.name,
                "district_code": unit.community_code[:DISTRICT_DIGITS],
                "community_code": unit.community_code,
            }
            for unit in story.units
        ]
        self.enter("units", rows, at=at)
        self.know_units(node)

    def enter_members(self, story: Story, acting: Container[str], *, at: str) -> Row:
        """The story's members; whoever does not act in it may sign in by a code one day. The import as the operator sees it."""
        rows = [
            {
                "name": member.name,
                "community_code": member.community_code,
                "login": member.login,
                "unit_code": member.unit_code,
                "grid_code": member.grid_code,
                "skills": ";".join(member.skills),
                "password": PASSWORD if member.login in acting else "",
                "phone": "" if member.login in acting else phone(20_000 + number),
            }
            for number, member in enumerate(story.members)
        ]
        return self.enter("members", rows, at=at)

    def open_account(self, official: Official) -> None:
        node = official.node
        if node.startswith("unit:"):
            node = f"unit:{self.ids[node.removeprefix('unit:')]}"
        self.operator.ask(
            "POST",
            "/accounts",
            key=official.login,
            body={
                "login": official.login,
                "name": official.name,
                "password": PASSWORD,
                "grants": [{"role": official.role, "node": node}],
            },
        )

    def know_units(self, district: str) -> None:
        """Learn the ids of the units that have reported to the district."""
        for unit in self.pages(self.operator, "/units", node=district):
            self.ids[unit["code"]] = unit["unit_id"]

    def pages(self, asker: Person, path: str, **query: Any) -> list[Any]:
        """All items of a list, page after page."""
        items: list[Any] = []
        cursor = None
        while True:
            page = asker.get(path, limit=MOST, cursor=cursor, **query)
            items += page["items"]
            cursor = page["next"]
            if cursor is None:
                return items

    def side_by_side(self, act: Callable[[T], object], things: Iterable[T]) -> None:
        """Act on all, as many at once as there are connections; the first failure is raised when all have ended."""
        for done in [self._pool.submit(act, thing) for thing in things]:
            done.result()

    def gathered(self, find: Callable[[T], Any], things: Sequence[T]) -> list[Any]:
        """What is found for each, in their order."""
        return list(self._pool.map(find, things))

    def _once(self, who: str, enter: Callable[[], str]) -> Person:
        with self._lock:
            lock = self._locks.setdefault(who, threading.Lock())
        with lock:
            if who not in self._people:
                self._people[who] = self.somebody(token=enter())
            return self._people[who]

    def _sign_in(self, login: str) -> str:
        body = {"login": login, "password": PASSWORD}
        token: str = self.somebody().ask("POST", "/sessions", body=body)["token"]
        return token

    def _sign_in_by_code(self, phone: str, name: str) -> str:
        issued = self.somebody().ask("POST", "/codes", body={"phone": phone})
        caught = self.somebody().get("/catcher/messages", to=phone, limit=1)["items"][0]
        found = ONE_TIME_CODE.search(caught["text"])
        assert found, f"no code in the message to {phone}"
        body = {"challenge": issued["challenge"], "code": found.group(), "name": name}
        token: str = self.somebody().ask("POST", "/sessions/by-code", body=body)["token"]
        return token


@contextmanager
def stage(city: City) -> Iterator[Stage]:
    with ThreadPoolExecutor(CONNECTIONS) as pool, requests.Session() as http:
        http.trust_env = False
        http.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        http.mount("http://", HTTPAdapter(pool_maxsize=CONNECTIONS, pool_block=True))
        yield Stage(city, pool, http)


@contextmanager
def timed(what: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    log.info("%s: %.1f s", what, time.monotonic() - began)


def csv_of(rows: Iterable[Row]) -> bytes:
    """A register as a CSV file; the first row names the columns."""
    told = list(rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(told[0]))
    writer.writeheader()
    writer.writerows(told)
    return text.getvalue().encode()
