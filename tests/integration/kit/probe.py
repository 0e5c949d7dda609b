"""A small service made of nothing but the kit, for the kit's conformance suite.

It keeps one row per key: how often a ping was applied, and what it was told. Asks steer it; events between its two halves
(`probe` publishes, `probe` listens) take the same way as between two services.
"""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from datetime import timedelta

import eventlet
from sqlalchemy import Column, Integer, MetaData, Table, Text, insert
from sqlalchemy.dialects.postgresql import insert as upsert

from services.kit.asking import Ask, Done
from services.kit.envelope import Envelope, Event
from services.kit.outcomes import Park, Refused, Retry
from services.kit.service import Service, answers, on
from services.kit.tables import add_kit_tables
from services.kit.work import Work

metadata = MetaData()
pings = Table(
    "pings", metadata, Column("key", Text, primary_key=True), Column("count", Integer, nullable=False)
)
pongs = Table(
    "pongs",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("key", Text),
    Column("sequence", Integer),
)
add_kit_tables(metadata)


@dataclass(frozen=True, kw_only=True)
class Pinged(Event, type="probe.pinged"):
    """Sent when a ping was written. ``mood`` tells the listener how to behave."""

    key: str
    mood: str = "well"
    seconds: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Shouted(Event, type="probe.shouted"):
    """Sent when nobody listens."""

    key: str


@dataclass(frozen=True, kw_only=True)
class Counted:
    count: int


@dataclass(frozen=True, kw_only=True)
class Ping(Ask[Counted], service="probe", creates=True):
    """Write a ping and tell it ``times`` times. ``crash`` names the place where the process kills itself."""

    key: str
    mood: str = "well"
    times: int = 1
    seconds: float = 0.0
    crash: str | None = None


@dataclass(frozen=True, kw_only=True)
class Shout(Ask[Done], service="probe"):
    key: str


@dataclass(frozen=True, kw_only=True)
class Wait(Ask[Done], service="probe"):
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Refuse(Ask[Done], service="probe"):
    pass


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Probe(Service):
    """Answers, tells and listens."""

    name = "probe"

    @answers(Ping)
    def ping(self, work: Work, ask: Ping) -> Counted:
        statement = upsert(pings).values(key=ask.key, count=1)
        statement = statement.on_conflict_do_update(index_elements=["key"], set_={"count": pings.c.count + 1})
        count: int = work.db.execute(statement.returning(pings.c.count)).scalar_one()
        for number in range(ask.times):
            told = Pinged(key=ask.key, mood=ask.mood, seconds=ask.seconds)
            work.outbox.append(told, aggregate=f"ping:{ask.key}", sequence=count * 1000 + number)
        if ask.crash == "before commit":
            die()
        if ask.crash == "after commit":
            work.db.get_transaction().commit()  # type: ignore[union-attr]
            die()
        return Counted(count=count)

    @answers(Shout)
    def shout(self, work: Work, ask: Shout) -> Done:
        work.outbox.append(Shouted(key=ask.key), aggregate=f"shout:{ask.key}", sequence=1)
        return Done()

    @answers(Wait)
    def wait(self, work: Work, ask: Wait) -> Done:
        eventlet.sleep(ask.seconds)
        return Done()

    @answers(Refuse)
    def refuse(self, work: Work, ask: Refuse) -> Done:
        raise Refused("not-today", "heute nicht", status=409, field="day", day=7)

    @on(Pinged)
    def pinged(self, work: Work, told: Envelope[Pinged]) -> None:
        body = told.body
        work.db.execute(insert(pongs).values(key=body.key, sequence=told.sequence))
        if body.mood == "park":
            raise Park("not edible")
        if body.mood == "retry":
            raise Retry("not yet", after=timedelta(milliseconds=100))
        if body.mood == "defect":
            raise ZeroDivisionError("a defect")
        if body.mood == "crash":
            die()
        eventlet.sleep(body.seconds)


SERVICE = Probe
