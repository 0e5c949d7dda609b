"""One order's life, led through the API by a client that looks at the task's state to know what comes next."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.chaos.client import Client, GaveUpError, Reply
from tests.city import Person, an_order

PATIENCE = 240.0
PAUSE = 0.1
A_WEEK = 7 * 24 * 60
ENDED = {"published", "closed"}

Task = dict[str, Any]


@dataclass(frozen=True)
class Crew:
    """Who acts in one community. ``residents`` have accounts; who places without one follows by code."""

    community: str
    liaison: Person
    members: tuple[Person, ...]
    residents: tuple[Person, ...]

    def by_id(self, account_id: str) -> Person:
        return next(member for member in self.members if member.account_id == account_id)


@dataclass(frozen=True)
class Acknowledged:
    """What the city has promised to keep: the order, and the follow-up that was recorded on it."""

    order_id: str
    follow_up_id: str | None


class Life:
    """Of one order; ``number`` names it and with ``chance`` decides what becomes of it."""

    def __init__(self, client: Client, crew: Crew, number: int, chance: random.Random) -> None:
        self.client = client
        self.crew = crew
        self.number = number
        self.chance = chance
        self.placer = chance.choice(crew.residents) if number % 2 else Person(client_url(crew))
        self.member = chance.choice(crew.members)
        self.by_call = number % 3 == 0
        self.order_id = ""
        self.follow_up_id: str | None = None
        self.rated = False

    def live(self) -> Acknowledged:
        """Until the result is published; the clocks close it. Raises GaveUpError."""
        self.place()
        moves: dict[str, Callable[[Task], Reply]] = {
            "collected": self.register,
            "registered": self.hand_out,
            "assigned": self.accept,
            "acting": self.work,
            "answered": self.verify,
            "verified": self.settle,
        }
        give_up = time.monotonic() + PATIENCE
        task: Task = {"state": "collected"}
        while task["state"] not in ENDED:
            reply = moves[task["state"]](task)
            if reply.ok and "state" in reply.body:
                task = reply.body
                continue
            if time.monotonic() > give_up:
                raise GaveUpError(f"order {self.order_id} is stuck: {reply}")
            time.sleep(PAUSE)
            task = self.look(task)
        return Acknowledged(self.order_id, self.follow_up_id)

    def place(self) -> None:
        body = {**an_order(f"第{self.number}件:楼道的灯坏了"), "community_code": self.crew.community}
        reply = self.client.ask(self.placer, "POST", "/orders", body, key=f"order-{self.number}")
        if not reply.ok:
            raise GaveUpError(f"order {self.number}: {reply}")
        self.order_id = reply.body["order_id"]
        if not self.placer.token:
            self.placer.code = reply.body["code"]

    def look(self, before: Task) -> Task:
        """The task as it is now; the same as before while dispatch has not heard of the order."""
        if "task_id" in before:
            reply = self.client.ask(self.crew.liaison, "GET", f"/tasks/{before['task_id']}")
            return reply.body if reply.ok else before
        reply = self.client.ask(self.crew.liaison, "GET", f"/orders/{self.order_id}")
        return (reply.ok and reply.body["task"]) or before

    def register(self, _task: Task) -> Reply:
        return self.step(self.crew.liaison, "registration", category="labour", of_order=True)

    def hand_out(self, task: Task) -> Reply:
        """Half are offered by name, half are opened and grabbed."""
        if self.number % 4 < 2:
            asked: Task = {"hand_kind": "member", "hand_id": self.member.account_id, "hold_minutes": A_WEEK}
            return self.step(self.crew.liaison, "assignment", task, **asked)
        if not task["open"]:
            return self.step(self.crew.liaison, "opening", task)
        return self.step(self.member, "grab", task)

    def accept(self, task: Task) -> Reply:
        return self.step(self.crew.by_id(task["hand_id"]), "acceptance", task)

    def work(self, task: Task) -> Reply:
        member = self.crew.by_id(task["member_id"])
        if task["started_at"] is None:
            return self.step(member, "start", task)
        return self.step(member, "answer", task, words="修好了", photos=[])

    def verify(self, task: Task) -> Reply:
        return self.step(self.crew.liaison, "verification", task, words="看过了")

    def settle(self, _task: Task) -> Reply:
        """Rate, then the resident's confirmation, or a call in which the resident says so."""
        if not self.rated:
            reply = self.rate()
            if not reply.ok:
                return reply
            self.rated = True
        if not self.by_call:
            return self.step(self.placer, "confirmation", of_order=True)
        said = {"way": "call", "reached": True, "solved": True, "words": "已经解决"}
        path, key = f"/orders/{self.order_id}/follow-ups", f"call-{self.number}"
        reply = self.client.ask(self.crew.liaison, "POST", path, said, key=key)
        if reply.ok:
            self.follow_up_id = reply.body["follow_up_id"]
        return reply

    def rate(self) -> Reply:
        grade = self.chance.choice(("very_satisfied", "satisfied", "dissatisfied"))
        return self.client.ask(self.placer, "PUT", f"/orders/{self.order_id}/rating", {"grade": grade})

    def step(
        self, person: Person, name: str, task: Task | None = None, *, of_order: bool = False, **body: Any
    ) -> Reply:
        where = f"/orders/{self.order_id}" if of_order or task is None else f"/tasks/{task['task_id']}"
        return self.client.ask(person, "POST", f"{where}/{name}", body)


def client_url(crew: Crew) -> str:
    return crew.liaison.url
