"""A small service made of nothing but the kit, for the kit's conformance suite.

It keeps one row per key (how often a ping was applied), and one row for each ping that it heard of. Asks steer it; events
between its two halves (`probe` publishes, `probe` listens) take the same way as between two services.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import eventlet
from sqlalchemy import Column, Identity, Integer, MetaData, Table, Text, delete, insert, select, text
from sqlalchemy.dialects.postgresql import insert as upsert
from werkzeug.wrappers import Request

from services.kit.asking import Ask, Done
from services.kit.envelope import Envelope, Event
from services.kit.outcomes import Park, Refused, Retry
from services.kit.service import Service, answers, every, on
from services.kit.tables import add_kit_tables
from services.kit.web import http
from services.kit.work import Work, begin
from tests.integration.kit import crashing

metadata = MetaData()
pings = Table(
    "pings", metadata, Column("key", Text, primary_key=True), Column("count", Integer, nullable=False)
)
pongs = Table(
    "pongs",
    metadata,
    Column("position", Integer, Identity(always=True), primary_key=True),
    Column("key", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
)
chores = Table("chores", metadata, Column("number", Integer, primary_key=True))
add_kit_tables(metadata)

SOON = timedelta(milliseconds=50)


@dataclass(frozen=True, kw_only=True)
class Pinged(Event, type="probe.pinged"):
    """Sent when a ping was written. ``mood`` tells the listener how to behave until a ping ``needs`` was written."""

    key: str
    mood: str = "well"
    needs: str | None = None
    seconds: float = 0.0
    place: str | None = None


@dataclass(frozen=True, kw_only=True)
class Shouted(Event, type="probe.shouted"):
    """Sent when nobody listens."""

    key: str


@dataclass(frozen=True, kw_only=True)
class Counted:
    count: int


@dataclass(frozen=True, kw_only=True)
class Ping(Ask[Counted], service="probe", creates=True):
    """Write a ping and tell it ``times`` times, of one aggregate or (``spread``) of as many."""

    key: str
    mood: str = "well"
    needs: str | None = None
    times: int = 1
    seconds: float = 0.0
    spread: bool = False


@dataclass(frozen=True, kw_only=True)
class Shout(Ask[Done], service="probe"):
    key: str


@dataclass(frozen=True, kw_only=True)
class Wait(Ask[Done], service="probe"):
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Refuse(Ask[Done], service="probe"):
    pass


@dataclass(frozen=True, kw_only=True)
class Stumble(Ask[Done], service="probe"):
    """Meets a defect."""


def write_ping(work: Work, ask: Ping) -> Counted:
    statement = upsert(pings).values(key=ask.key, count=1)
    statement = statement.on_conflict_do_update(index_elements=["key"], set_={"count": pings.c.count + 1})
    count: int = work.db.execute(statement.returning(pings.c.count)).scalar_one()
    for number in range(ask.times):
        told = Pinged(key=ask.key, mood=ask.mood, needs=ask.needs, seconds=ask.seconds)
        aggregate = f"ping:{ask.key}:{number}" if ask.spread else f"ping:{ask.key}"
        work.outbox.append(told, aggregate=aggregate, sequence=count * 10_000 + number)
    return Counted(count=count)


def hear_ping(work: Work, told: Envelope[Pinged]) -> None:
    body = told.body
    work.db.execute(insert(pongs).values(key=body.key, sequence=told.sequence))
    if crashing.CHOSEN == crashing.IN_HANDLER:
        crashing.die()
    eventlet.sleep(body.seconds)
    if work.db.scalar(select(pings.c.key).where(pings.c.key == body.needs)) is None:
        misbehave(work, body.mood)


def misbehave(work: Work, mood: str) -> None:
    match mood:
        case "inedible":
            raise Park("not edible")
        case "early":
            raise Retry("not yet", after=SOON)
        case "defect":
            raise ZeroDivisionError("a defect")
        case "nul":
            raise ValueError("a reason with \0 in it")
        case "unadaptable":
            work.db.execute(insert(pings).values(key={"no": "text"}, count=0))


def do_a_chore(work: Work) -> bool:
    """Whether there was one."""
    next_one = select(chores.c.number).limit(1).with_for_update(skip_locked=True)
    return work.db.execute(delete(chores).where(chores.c.number.in_(next_one))).rowcount > 0


class Probe(Service):
    """Answers, tells, listens and ticks."""

    name = "probe"

    @every(seconds=1)
    def chores(self, work: Work) -> bool:
        return do_a_chore(work)

    @answers(Ping)
    def ping(self, work: Work, ask: Ping) -> Counted:
        return write_ping(work, ask)

    @answers(Shout)
    def shout(self, work: Work, ask: Shout) -> Done:
        work.outbox.append(Shouted(key=ask.key), aggregate=f"shout:{ask.key}", sequence=1)
        return Done()

    @answers(Wait)
    def wait(self, work: Work, ask: Wait) -> Done:
        work.db.execute(text("SELECT pg_sleep(:seconds)"), {"seconds": ask.seconds})
        return Done()

    @answers(Refuse)
    def refuse(self, work: Work, ask: Refuse) -> Done:
        raise Refused("not-today", "今天不行", status=409, field="day", day=7)

    @answers(Stumble)
    def stumble(self, work: Work, ask: Stumble) -> Done:
        raise ZeroDivisionError("a defect")

    @on(Pinged)
    def pinged(self, work: Work, told: Envelope[Pinged]) -> None:
        hear_ping(work, told)

    @http("POST", "/pings/<key>")
    def write(self, request: Request, key: str) -> str:
        """Write a ping without the broker's help: what is told waits in the outbox while there is none."""
        times = int(request.args.get("times", 1))
        with begin(self.shop.database, service=self.name) as work:
            write_ping(work, Ping(key=key, times=times))
        self.shop.committed()
        return key


crashing.arm()
SERVICE = Probe
