"""The sender: claims what is due, sends it with no transaction open, writes down how it went.

A process may die between sending and writing down. Then the lease of what it held ends, another tries again under the same
key, and the delivery says how many tries have an end that is not known.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime

from services.kit.db import Database
from services.kit.sealing import Sealer
from services.kit.work import Work, begin
from services.notify.contracts import ChannelKind
from services.notify.domain.channels import Channel, Ending, Later, Parcel
from services.notify.domain.deliveries import CODE_KIND, Delivery
from services.notify.handlers import settling
from services.notify.handlers.claiming import Claimed, choose, claim
from services.notify.handlers.parcels import code_parcel, parcel_of

log = logging.getLogger(__name__)

Addresses = Mapping[str, Mapping[ChannelKind, str]]
"""By account and channel."""


@dataclass(frozen=True, slots=True)
class Errand:
    """All that a try needs, so that it needs no transaction."""

    delivery: Delivery
    to: str
    parcel: Parcel


def _real_time() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Sender:
    """``reach`` says where accounts can be reached, or None while nobody can say. ``spread`` runs tries side by side."""

    database: Database
    channels: Mapping[ChannelKind, Channel]
    reach: Callable[[tuple[str, ...]], Addresses | None]
    sealer: Sealer
    public_url: str
    clock: Callable[[], datetime] = _real_time
    spread: Callable[[Callable[[Errand], None], Iterable[Errand]], Iterable[None]] = map

    def run(self) -> int:
        """One round; says how many deliveries it took on."""
        with self._work() as work:
            claimed = claim(work)
        if claimed:
            for _ in self.spread(self._send, self._address(claimed)):
                pass
        return len(claimed)

    def _work(self) -> AbstractContextManager[Work]:
        return begin(self.database, service="notify", now=self.clock())

    def _address(self, claimed: list[Claimed]) -> list[Errand]:
        """Errands of those that have somewhere to go; the others are settled here."""
        accounts = tuple(sorted({c.delivery.recipient for c in claimed if c.delivery.kind != CODE_KIND}))
        known = self.reach(accounts) if accounts else {}
        with self._work() as work:
            errands = [self._errand(work, each, known) for each in claimed]
        return [errand for errand in errands if errand is not None]

    def _errand(self, work: Work, claimed: Claimed, known: Addresses | None) -> Errand | None:
        delivery = claimed.delivery
        if delivery.kind == CODE_KIND:
            addressed = code_parcel(work, delivery, self.sealer)
            return Errand(delivery, addressed.to, addressed.parcel)
        if known is None:
            settling.put_back(work, delivery)
            return None
        chosen = choose(delivery, known.get(delivery.recipient, {}), frozenset(self.channels))
        if chosen is None:
            settling.skip(work, delivery)
            return None
        delivery, to = chosen
        parcel = parcel_of(work, delivery, claimed.language, delivery.channel, self.public_url, self.sealer)
        return Errand(delivery, to, parcel)

    def _send(self, errand: Errand) -> None:
        ending = self._try(errand)
        with self._work() as work:
            settling.record(work, errand.delivery, ending)

    def _try(self, errand: Errand) -> Ending:
        channel = self.channels.get(errand.delivery.channel)
        if channel is None:
            return Later("channel not set up")
        try:
            return channel.send(errand.to, errand.parcel)
        except Exception as failure:
            # A defect of an adapter; its text may hold an address, so it is not kept with the delivery.
            log.exception("%s failed", errand.delivery.channel)
            return Later(f"defect: {type(failure).__name__}", unsure=True)
