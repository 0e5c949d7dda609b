"""The base class of services, and the decorators that their methods carry."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from nameko.extensions import register_entrypoint
from nameko.timer import Timer
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from services.kit import operating
from services.kit.asking import Page
from services.kit.asks import answers
from services.kit.db import is_outage
from services.kit.events import on
from services.kit.sealing import Sealer
from services.kit.settings import Settings
from services.kit.status import GetStatus, ListParked, ParkedMessage, Replayed, ReplayParked, Status
from services.kit.web import Health
from services.kit.work import Work, begin
from services.kit.workshop import Workshop, WorkshopProvider

__all__ = ["Front", "Service", "answers", "every", "often", "on"]

log = logging.getLogger(__name__)

S = TypeVar("S")


class Front:
    """A process that listens to HTTP: a name, and methods that each answer a route."""

    name: str
    shop: Workshop = WorkshopProvider()
    health = Health()

    @classmethod
    def check_settings(cls) -> None:
        """What a service looks up besides ``Settings``, looked at before it starts. Raises SettingsError."""

    @property
    def settings(self) -> Settings:
        return self.shop.settings

    @property
    def sealer(self) -> Sealer:
        return self.shop.sealer


class Service(Front):
    """A service: a name, a database, and methods that each answer, listen or tick. Operators may ask any of them."""

    @answers(GetStatus)
    def get_status(self, work: Work, ask: GetStatus) -> Status:
        operating.require_operator(work.actor)
        counts = operating.count(work.db)
        return Status(
            service=ask.of,
            faults=self.shop.faults(),
            outbox_depth=counts.depth,
            outbox_oldest_seconds=counts.oldest,
            outbox_unwanted=counts.unwanted,
            inbox_retrying=counts.retrying,
            inbox_parked=counts.parked,
        )

    @answers(ListParked)
    def list_parked(self, work: Work, ask: ListParked) -> Page[ParkedMessage]:
        return operating.list_parked(work, ask)

    @answers(ReplayParked)
    def replay_parked(self, work: Work, ask: ReplayParked) -> Replayed:
        return operating.replay_parked(work, ask)


def every(*, seconds: float) -> Callable[[Callable[[S, Work], object]], Callable[[S], None]]:
    """Call the method again and again, in a transaction each; replicas tick on their own, so it must not mind company.

    One that returns True has more to do than fits one transaction, and is called again at once.
    """

    def register(method: Callable[[S, Work], object]) -> Callable[[S], None]:
        def turn(self: Any) -> bool:
            with begin(self.shop.database, service=self.name, now=datetime.now(UTC)) as work:
                more = method(self, work)
            self.shop.committed()
            return more is True

        def tick(self: Any) -> None:
            try:
                while turn(self) and not self.shop.draining:
                    pass
            except (DBAPIError, PoolTimeoutError) as failure:
                if isinstance(failure, DBAPIError) and not is_outage(failure):
                    raise
                log.warning("%s.%s put off: %s", self.name, method.__name__, failure)

        tick.__name__ = method.__name__
        tick.__doc__ = method.__doc__
        register_entrypoint(tick, Timer(interval=seconds))
        return tick

    return register


def often(*, seconds: float) -> Callable[[Callable[[S], object]], Callable[[S], None]]:
    """Call the method again and again, outside any transaction: for work that waits for others, and opens its own around what
    it writes. Replicas tick on their own; a tick begins when the one before has ended.
    """

    def register(method: Callable[[S], object]) -> Callable[[S], None]:
        def tick(self: Any) -> None:
            try:
                method(self)
            except (DBAPIError, PoolTimeoutError) as failure:
                if isinstance(failure, DBAPIError) and not is_outage(failure):
                    raise
                log.warning("%s.%s put off: %s", self.name, method.__name__, failure)
                return
            self.shop.committed()

        tick.__name__ = method.__name__
        tick.__doc__ = method.__doc__
        register_entrypoint(tick, Timer(interval=seconds))
        return tick

    return register
