"""What happens in one district, and what its people read of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from services.intake.contracts import Channel, OrderCollected
from services.kit.actor import Actor
from services.kit.db import Database
from services.kit.envelope import Envelope, Event
from services.kit.ids import new_id
from services.kit.work import begin
from services.members.contracts import MemberCheckedIn, Role, RoleGranted, RoleRevoked
from services.notify import handlers
from services.notify.contracts import ListMessages, MessageView
from tests.unit.intake.stories import after, told


@dataclass
class Town:
    """Tells notify what happens in one district; ids carry the district, so that people are this test's own."""

    database: Database
    district: str

    @property
    def community(self) -> str:
        return f"{self.district}001001"

    def person(self, name: str) -> str:
        return f"{name} of {self.district}"

    def grant(self, name: str, role: Role, node: str, *, sequence: int = 1) -> str:
        body = RoleGranted(account_id=self.person(name), role=role, node=node)
        with begin(self.database, service="notify") as work:
            handlers.role_granted(work, envelope(body, sequence=sequence))
        return self.person(name)

    def revoke(self, name: str, role: Role, node: str, *, sequence: int) -> None:
        body = RoleRevoked(account_id=self.person(name), role=role, node=node)
        with begin(self.database, service="notify") as work:
            handlers.role_revoked(work, envelope(body, sequence=sequence))

    def check_in(self, name: str, place: str, *skills: str, sequence: int = 1) -> str:
        grid = place if len(place) > 12 else None
        body = MemberCheckedIn(
            member_id=self.person(name),
            unit_id=None,
            community_code=place[:12],
            grid_code=grid,
            skills=skills,
        )
        with begin(self.database, service="notify") as work:
            handlers.member_checked_in(work, envelope(body, sequence=sequence))
        return self.person(name)

    def collect(self, order: str = "order", **more: Any) -> str:
        """An order comes in; returns its id."""
        said: dict[str, Any] = {
            "order_id": self.person(order),
            "community_code": self.community,
            "grid_code": None,
            "channel": Channel.HOTLINE,
            "category": None,
            "emergency": False,
            "private": False,
            "placed_by": self.person("resident"),
            "filed_by": None,
            "collected_at": after(0),
        }
        with begin(self.database, service="notify") as work:
            handlers.order_collected(work, envelope(OrderCollected(**said | more)))
        return self.person(order)

    def happens(self, event: Envelope[Event], *, act: str | None = None) -> None:
        """``act`` is what several events have in common that one request made; each has its own if it is not said."""
        with begin(self.database, service="notify") as work:
            handlers.tell(work, replace(event, correlation=act or new_id()))

    def inbox(self, name: str, **filters: Any) -> list[MessageView]:
        """All messages of a person, the latest first."""
        with begin(self.database, service="notify", actor=Actor(id=self.person(name))) as work:
            return list(handlers.list_messages(work, ListMessages(**filters)).items)

    def titles(self, name: str) -> list[str]:
        return [message.title for message in self.inbox(name)]


def envelope(body: Event, *, sequence: int = 1) -> Envelope[Any]:
    found = told(body, aggregate="test:1", sequence=sequence, message_id=new_id(), at=after(sequence))
    return replace(found, correlation=new_id())
