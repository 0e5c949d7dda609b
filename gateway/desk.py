"""What every request finds at hand: the way to the services, and what the gateway remembers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from gateway.asks import Accepts, Asks
from gateway.callers import Callers
from gateway.known import Known
from gateway.names import Names
from gateway.refusals import AcceptsInTheirWords, AsksInTheirWords


@dataclass
class Desk:
    """``simulated``: the city's time may be played by a header; ``catcher``: messages to phones are kept and shown.

    ``proxies``: how many proxies of ours stand in front. ``clock`` gives seconds that never go back.
    """

    asks: Asks
    accepts: Accepts
    simulated: bool
    catcher: bool
    proxies: int = 0
    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        self.asks = AsksInTheirWords(self.asks)
        self.accepts = AcceptsInTheirWords(self.accepts)
        self.callers = Callers(self.asks, self.clock, self.proxies)
        self.known = Known(self.clock)
        self.names = Names(self.asks, self.clock)
