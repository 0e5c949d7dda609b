"""A running city for tests: every service and the gateway in one process of its own, on real servers, with real places.

The people in it are invented. Time is played: requests may carry ``X-Simulated-Time``.
"""

from __future__ import annotations

import csv
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from services.kit.ids import new_id
from services.kit.migrate import SERVICES, migrate
from services.kit.topology import declare
from tests.waiting import PATIENCE, free_port, until

ROOT = Path(__file__).resolve().parents[1]
DIVISIONS = ROOT / "deploy/data/divisions/ziyun.csv"
DISTRICT = "520425"
COMMUNITY = "520425001001"
NEIGHBOUR = "520425001002"
PASSWORD = "invented-password-1"
OPERATOR = "test-operator"
PLAIN_NAMES = {"EVENTLET_NO_GREENDNS": "yes"}
"""All addresses are numbers here: a resolver of names that nobody asks for is a tenth of a process's start."""
LETTERS = str.maketrans("0123456789", "ghijklmnop")


@dataclass
class Person:
    """Somebody with a way to ask; ``at`` is the time they play, ``code`` the follow code that they show."""

    url: str
    token: str | None = None
    account_id: str = ""
    at: str | None = None
    code: str | None = None
    http: requests.Session = field(default_factory=requests.Session)

    def send(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, **more: Any
    ) -> requests.Response:
        told = {
            "Authorization": f"Bearer {self.token}" if self.token else None,
            "X-Simulated-Time": self.at,
            "X-Order-Code": self.code,
            **(headers or {}),
        }
        given = {name: value for name, value in told.items() if value}
        return self.http.request(method, f"{self.url}/api/v1{path}", headers=given, timeout=30, **more)

    def get(self, path: str, **query: Any) -> Any:
        return answered(self.send("GET", path, params=query))

    def upload(self, picture: bytes) -> str:
        """The id of a photo."""
        kept = answered(self.send("POST", "/photos", files={"file": ("photo.jpg", picture)}))
        photo_id: str = kept["photo_id"]
        return photo_id

    def post(self, path: str, **body: Any) -> Any:
        return answered(self.send("POST", path, json=body))

    def put(self, path: str, **body: Any) -> Any:
        return answered(self.send("PUT", path, json=body))

    def hand_to(self, member: Person, task_id: str, **more: Any) -> None:
        """Ask the member by name to do the task, as soon as dispatch knows of them."""
        hand = {"hand_kind": "member", "hand_id": member.account_id, **more}
        until(
            lambda: self.send("POST", f"/tasks/{task_id}/assignment", json=hand).ok,
            "dispatch to know the member",
        )


def answered(response: requests.Response) -> Any:
    assert response.ok, f"{response.request.method} {response.url}: {response.status_code} {response.text}"
    return response.json() if response.content else None


def an_order(words: str = "楼道的灯坏了") -> dict[str, Any]:
    """The body of an order by somebody without an account."""
    return {
        "community_code": COMMUNITY,
        "channel": "community_page",
        "words": words,
        "contact": {"name": "测试居民", "phone": "13800000002"},
    }


def distinct(words: str) -> str:
    """The words with a mark that no other test has said: of letters, since long numbers in an order are masked."""
    return f"{words} {new_id()[-8:].translate(LETTERS)}"


@dataclass
class City:
    """``url`` is the gateway's."""

    url: str
    operator: Person

    def visitor(self) -> Person:
        return Person(self.url)

    def sign_in(self, login: str, password: str = PASSWORD) -> Person:
        opened = Person(self.url).post("/sessions", login=login, password=password)
        return Person(self.url, token=opened["token"], account_id=opened["account"]["account_id"])

    def official(self, role: str, node: str) -> Person:
        """A new account with one role."""
        login = f"{role}-{new_id()}"
        self.operator.post(
            "/accounts",
            login=login,
            name=f"测试{role}",
            password=PASSWORD,
            grants=[{"role": role, "node": node}],
        )
        return self.sign_in(login)

    def unit(self) -> str:
        code = new_id()[-8:]
        made = self.operator.post("/units", code=code, name=f"测试单位{code}", district_code=DISTRICT)
        unit_id: str = made["unit_id"]
        return unit_id

    def member(
        self,
        *,
        community: str = COMMUNITY,
        unit_id: str | None = None,
        skills: tuple[str, ...] = (),
        kind: str = "member",
    ) -> Person:
        """A member (or another ``kind`` of person of the pool) who has checked in."""
        login = f"member-{new_id()}"
        self.operator.post(
            "/members",
            login=login,
            password=PASSWORD,
            name="测试党员",
            unit_id=unit_id,
            community_code=community,
            skills=list(skills),
            kind=kind,
        )
        return self.sign_in(login)

    def grid(self, digits: str, name: str = "测试网格", *, community: str = COMMUNITY) -> str:
        """The code of a grid that is entered if it is not there yet."""
        line = f"community_code,grid_code,name\n{community},{digits},{name}\n"
        started = self.operator.send(
            "POST", "/imports", data={"kind": "grids"}, files={"file": ("grids.csv", line)}
        )
        path = started.headers["Location"].removeprefix("/api/v1")
        until(lambda: self.operator.get(path)["state"] == "done", "the grid to be entered")
        return community + digits

    def order(self, *, words: str = "楼道的灯坏了", at: str | None = None, **more: Any) -> dict[str, Any]:
        """An order placed by somebody without an account, once dispatch has its task."""
        placer = Person(self.url, at=at)
        placed = placer.post("/orders", **{**an_order(words), **more})
        holder = Person(self.url, code=placed["code"])
        until(lambda: holder.get(f"/orders/{placed['order_id']}")["task"], "the order's task")
        found: dict[str, Any] = placed
        return found


TOGETHER = (("gateway", *SERVICES),)
"""The groups of services that share a process: all of them."""
APART = tuple((name,) for name in ("gateway", *SERVICES))
"""Each in a process of its own, as when deployed."""


@contextmanager
def running_city(
    amqp_uri: str,
    database_url: str,
    folder: Path,
    *,
    processes: Sequence[Sequence[str]] = TOGETHER,
    divisions: Path = DIVISIONS,
) -> Iterator[City]:
    """Migrate, import the divisions (Ziyun's), start everything; stop it in order at the end and fail if it does not
    stop cleanly. The operator holds at the province.
    """
    port = free_port()
    # Small pools: two cities at once have to fit into the 100 connections of a PostgreSQL that nobody has tuned.
    environment = {
        **os.environ,
        **settings_of(amqp_uri, database_url, port),
        "SANDAN_DATABASE_POOL": "4",
        "SANDAN_PHOTOS": (folder / "photos").as_uri(),
    }
    furnish(database_url, environment, divisions)
    community = first_community(divisions)
    url = f"http://127.0.0.1:{port}"
    with ExitStack() as running:
        for names in processes:
            running.enter_context(_serving(names, environment, folder))
        until(lambda: _is_ready(url), f"the city to be ready (see {folder})", seconds=2 * PATIENCE)
        city = City(url, Person(url))
        until(lambda: _lets_in(city), "members to answer")
        city.operator = city.sign_in(OPERATOR)
        until(lambda: _answers(city), "every service to answer")
        until(lambda: _knows_places(city, community), "intake to know the communities")
        yield city


@contextmanager
def _serving(names: Sequence[str], environment: dict[str, str], folder: Path) -> Iterator[None]:
    log = folder / f"{names[0]}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "services.kit", "serve", *names],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
        )
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        status = process.wait(30)
    assert status == 0, log.read_text()


def first_community(divisions: Path) -> str:
    """The code on the first line of a file of divisions."""
    with divisions.open(encoding="utf-8", newline="") as file:
        return next(csv.DictReader(file))["community_code"]


def furnish(database_url: str, environment: dict[str, str], divisions: Path = DIVISIONS) -> None:
    """Migrate, declare the queues, import the divisions, and make the first operator."""
    for service in SERVICES:
        migrate(service, database_url)
    declare(environment["AMQP_URI"], SERVICES)
    _run("services.members.cli", "import", "divisions", str(divisions), environment=environment)
    _run(
        "services.members.cli",
        "operator",
        OPERATOR,
        "--node",
        first_community(divisions)[:2],
        "--password-stdin",
        environment=environment,
        given=PASSWORD,
    )


def settings_of(amqp_uri: str, database_url: str, port: int) -> dict[str, str]:
    """The environment of all processes of a city whose gateway listens on ``port``."""
    ports = {f"SANDAN_{service.upper()}_HTTP_PORT": str(free_port()) for service in SERVICES}
    return {
        "AMQP_URI": amqp_uri,
        "DATABASE_URL": database_url,
        **ports,
        "SANDAN_GATEWAY_HTTP_PORT": str(port),
        "SANDAN_HTTP_HOST": "127.0.0.1",
        "SANDAN_INTAKE_URL": f"http://127.0.0.1:{ports['SANDAN_INTAKE_HTTP_PORT']}",
        "SANDAN_ACTOR_KEY": secrets.token_hex(32),
        "SANDAN_FIELD_KEY": secrets.token_hex(32),
        "SANDAN_SIMULATED_TIME": "on",
        "SANDAN_CHEAP_PASSWORDS": "on",
        "SANDAN_CATCHER": "on",
        "SANDAN_LOG": "text",
        "PYTHONWARNINGS": "ignore",
        **PLAIN_NAMES,
    }


def _run(module: str, *arguments: str, environment: dict[str, str], given: str = "") -> None:
    subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=environment,
        input=given.encode(),
        check=True,
        capture_output=True,
    )


def _is_ready(url: str) -> bool:
    try:
        return requests.get(f"{url}/readyz", timeout=5).ok
    except requests.ConnectionError:
        return False


def _lets_in(city: City) -> bool:
    """The gateway is ready for itself, whether or not the services behind it have opened their queues."""
    credentials = {"login": OPERATOR, "password": PASSWORD}
    return city.visitor().send("POST", "/sessions", json=credentials).ok


def _answers(city: City) -> bool:
    return all(each["status"] for each in city.operator.get("/services")["services"])


def _knows_places(city: City, community: str) -> bool:
    tried = city.operator.send(
        "POST",
        "/orders",
        json={**an_order("试一下"), "community_code": community, "private": True},
    )
    return tried.status_code == 201
