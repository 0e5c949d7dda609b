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

from services.kit.asks import answers
from services.kit.db import is_outage
from services.kit.events import on
from services.kit.sealing import Sealer
from services.kit.settings import Settings
from services.kit.web import Health
from services.kit.work import Work, begin
from services.kit.workshop import Workshop, WorkshopProvider

__all__ = ["Service", "answers", "every", "on"]

log = logging.getLogger(__name__)

S = TypeVar("S")


class Service:
    """A service: a name, and methods that each answer, listen or tick."""

    name: str
    shop: Workshop = WorkshopProvider()
    health = Health()

    @property
    def settings(self) -> Settings:
        return self.shop.settings

    @property
    def sealer(self) -> Sealer:
        return self.shop.sealer


def every(*, seconds: float) -> Callable[[Callable[[S, Work], object]], Callable[[S], None]]:
    """Call the method again and again, in a transaction each; replicas tick on their own, so it must not mind company."""

    def register(method: Callable[[S, Work], object]) -> Callable[[S], None]:
        def tick(self: Any) -> None:
            try:
                with begin(self.shop.database, service=self.name, now=datetime.now(UTC)) as work:
                    method(self, work)
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
