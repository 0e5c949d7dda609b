"""The sender of one town, with providers on our side of the wire, and what happens that people are told of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from services.dispatch.contracts import State, TaskRegistered
from services.kit.actor import Actor, Grant
from services.kit.envelope import Envelope
from services.kit.sealing import Sealer
from services.kit.work import begin
from services.members.contracts import Role
from services.notify import contracts as c
from services.notify import handlers
from services.notify.contracts import ChannelKind
from services.notify.domain.channels import CalledBack, Ending, Handed, Parcel, Receipt
from services.notify.domain.deliveries import GATHERED_FOR
from services.notify.store.tables import deliveries
from tests.integration.notify.town import Town
from tests.unit.intake.stories import after, of_task

SEALER = Sealer(bytes(range(32)))
SECRET = "invented"
NOON = after(3)
"""City time: 12:00 on 3 March 2025."""
EMAIL, SMS = ChannelKind.EMAIL, ChannelKind.SMS


@dataclass
class Post:
    """A provider on our side of the wire: gives the endings that it is told to give, and keeps what it took."""

    endings: list[Ending] = field(default_factory=list)
    sent: list[tuple[str, Parcel]] = field(default_factory=list)
    receipts: tuple[Receipt, ...] = ()

    def send(self, to: str, parcel: Parcel) -> Ending:
        ending = self.endings.pop(0) if self.endings else Handed("p")
        if isinstance(ending, Handed):
            self.sent.append((to, parcel))
        return ending

    def called_back(self, query: Mapping[str, str], body: str) -> CalledBack | None:
        return CalledBack(self.receipts, "ok") if query.get("signature") == "right" else None

    @property
    def titles(self) -> list[str]:
        return [parcel.title for _, parcel in self.sent]


@dataclass
class Office:
    """The sender's side of one town: its channels, and where people are reached."""

    town: Town
    posts: dict[ChannelKind, Post]
    known: dict[str, dict[ChannelKind, str]] = field(default_factory=dict)
    away: bool = False

    def tell(self, event: Envelope[Any], at: datetime = NOON) -> None:
        with begin(self.town.database, service="notify", now=at) as work:
            handlers.tell(work, event, self.posts)

    def run(self, at: datetime) -> int:
        sender = handlers.Sender(
            database=self.town.database,
            channels=self.posts,
            reach=lambda accounts: None if self.away else {a: self.known.get(a, {}) for a in accounts},
            sealer=SEALER,
            public_url="http://sandan.example",
            clock=lambda: at,
        )
        return sender.run()

    def rows(self, name: str = "resident") -> list[Any]:
        query = select(deliveries).where(deliveries.c.recipient == self.town.person(name))
        with begin(self.town.database, service="notify") as work:
            return list(work.db.execute(query.order_by(deliveries.c.made_at, deliveries.c.delivery_id)))

    def states(self, name: str = "resident") -> list[str]:
        return [row.state for row in self.rows(name)]


def registered(town: Town, task: str = "task", order: str = "order") -> Envelope[Any]:
    event: Envelope[Any] = of_task(
        TaskRegistered,
        1,
        State.REGISTERED,
        task=town.person(task),
        orders=(town.person(order),),
        category="other",
        promised_at=after(50),
    )
    return event


def several(town: Town, count: int) -> list[Envelope[Any]]:
    for number in range(count):
        town.collect(f"order {number}")
    return [registered(town, f"task {number}", f"order {number}") for number in range(count)]


def soon(at: datetime = NOON) -> datetime:
    return at + GATHERED_FOR


def bounds(office: Office, node: str, **told: Any) -> None:
    actor = Actor(id="supervisor", grants=(Grant(Role.SUPERVISOR, office.town.district),))
    with begin(office.town.database, service="notify", actor=actor) as work:
        handlers.set_tell_bounds(work, c.SetTellBounds(node=node, **told))


def prefer(office: Office, name: str = "resident", **told: Any) -> c.PreferencesView:
    actor = Actor(id=office.town.person(name))
    with begin(office.town.database, service="notify", actor=actor) as work:
        return handlers.set_preferences(work, c.SetPreferences(**told), office.posts)
