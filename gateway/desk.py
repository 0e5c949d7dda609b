"""What every request finds at hand: the way to the services, and what the gateway remembers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from gateway.asks import Accepts, Asks
from gateway.callers import Callers
from gateway.known import Known
from gateway.limits import Limit, Limits, Rate
from gateway.live.hub import Hub
from gateway.names import Names
from gateway.pictures import Picture, picture_of
from gateway.refusals import AcceptsInTheirWords, AsksInTheirWords
from services.kit.blobs import Blobs

UPLOADS = Rate(burst=60, per_minute=20)
"""Photos per account, or per client address for those without."""


@dataclass
class Desk:
    """``simulated``: the city's time may be played by a header; ``catcher``: messages to phones are kept and shown.

    ``photos`` keeps pictures, if any are taken, and ``develop`` makes them of what is uploaded. ``proxies``:
    how many proxies of ours stand in front. ``public_url`` and ``hotline`` stand on what is printed. ``clock`` gives seconds
    that never go back.
    """

    asks: Asks
    accepts: Accepts
    simulated: bool
    catcher: bool
    proxies: int = 0
    public_url: str = ""
    hotline: str = ""
    photos: Blobs | None = None
    develop: Callable[[bytes], Picture] = picture_of
    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        self.asks = AsksInTheirWords(self.asks)
        self.accepts = AcceptsInTheirWords(self.accepts)
        self.live = Hub(self.clock)
        self.callers = Callers(self.asks, self.clock, self.proxies)
        self.known = Known(self.clock)
        self.clients = Limits(self.clock)
        self.names = Names(self.asks, self.clock)
        self.uploads = Limit(UPLOADS, self.clock)
