"""What the tests of members do again and again: ask as somebody, enter divisions, read what was told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from services.kit.actor import SYSTEM, Actor, Grant
from services.kit.catalogue import events_of
from services.kit.db import Database
from services.kit.envelope import Envelope, Event, decode
from services.kit.sealing import Sealer
from services.kit.work import Work, begin
from services.members import contracts as c
from services.members.handlers import members, passwords, registers, units
from services.members.handlers.accounts import open_account
from services.members.store.imports import Outcome

DIVISIONS = Path(__file__).parents[3] / "deploy" / "data" / "divisions"
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DISTRICT = "520425"
HOME = "520425001001"
NEXT_DOOR = "520425001002"
PASSWORD = "a long password"
EVENTS = {event.routing_key(): event for event in events_of("members")}


def cheaply(password: str) -> str:
    """Guards nobody: what hashing costs is not what is tested."""
    return passwords.hash_password(password, passwords.CHEAP)


def silent(state: str, rows: int, rows_done: int) -> None:
    """Hears progress and keeps it to itself."""


@dataclass
class House:
    database: Database
    sealer: Sealer

    @contextmanager
    def work(self, actor: Actor = SYSTEM, now: datetime = NOW) -> Iterator[Work]:
        with begin(self.database, service="members", actor=actor, now=now) as work:
            yield work

    def take_in(
        self,
        kind: c.ImportKind,
        content: bytes | str,
        *,
        scope: tuple[str, ...] = ("",),
        dry_run: bool = False,
    ) -> Outcome:
        with self.work() as work:
            return registers.take_in(
                work,
                kind,
                content.encode() if isinstance(content, str) else content,
                scope=scope,
                dry_run=dry_run,
                report=silent,
                sealer=self.sealer,
                hash_password=cheaply,
            )

    def divisions(self, place: str = "ziyun") -> Outcome:
        return self.take_in(c.ImportKind.DIVISIONS, (DIVISIONS / f"{place}.csv").read_bytes())

    def account(self, login: str, *grants: Grant, name: str = "甲") -> Actor:
        """Open an account with roles; the actor that a gateway makes of it."""
        with self.work() as work:
            view = open_account(
                work, c.OpenAccount(login=login, name=name, password=PASSWORD, grants=grants), cheaply
            )
        return Actor(id=view.account_id, grants=view.grants, unit_id=view.unit_id)

    def unit(self, code: str = "U1", name: str = "教育局", district: str = DISTRICT) -> str:
        with self.work() as work:
            return units.register_unit(
                work, c.RegisterUnit(code=code, name=name, district_code=district)
            ).unit_id

    def member(
        self,
        login: str,
        *,
        actor: Actor = SYSTEM,
        now: datetime = NOW,
        name: str = "乙",
        phone: str | None = None,
        unit_id: str | None = None,
        community_code: str = HOME,
        grid_code: str | None = None,
        skills: tuple[str, ...] = (),
    ) -> c.MemberView:
        ask = c.CheckInMember(
            login=login,
            password=PASSWORD,
            name=name,
            phone=phone,
            unit_id=unit_id,
            community_code=community_code,
            grid_code=grid_code,
            skills=skills,
        )
        with self.work(actor, now) as work:
            return members.check_in_member(work, ask, self.sealer, cheaply)

    def told(self) -> list[Envelope[Event]]:
        """The events in the outbox, which is emptied."""
        with self.database.transaction() as db:
            rows = db.execute(text("SELECT routing_key, body FROM outbox ORDER BY id")).all()
            db.execute(text("DELETE FROM outbox"))
        return [decode(bytes(row.body), EVENTS[row.routing_key]) for row in rows]

    def count(self, table: str) -> int:
        with self.database.transaction() as db:
            return int(db.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608 - our own names
