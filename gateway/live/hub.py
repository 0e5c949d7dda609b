"""The open pages of one process, and what changed lately: who listens to which topics, and what each is still to be told.

Nothing here knows what a topic means, nor who may listen: ``gateway.live.subjects`` has settled that before a stream is opened.
"""

from __future__ import annotations

import resource
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from prometheus_client import Counter as Metric
from prometheus_client import Gauge

from gateway.problems import Problem, unavailable
from gateway.words import _
from services.kit.ids import new_id

GATHER = 0.25
"""Seconds that a page's news are gathered: what comes together is told together."""
SETTLING = 2.0
"""Seconds within which all services have heard of a change: a page made before may lack some of it, and is told again."""
REMEMBERED = 10_000
"""Topics whose last change is known; the longest unchanged are forgotten first."""

MOST = 1000
OF_AN_ACCOUNT = 20
OF_AN_ADDRESS = 200
"""An office, or a carrier's whole quarter, may share an address."""
KEPT_FOR_ACCOUNTS = 0.2
"""The share of all streams that nobody without an account can take."""
SWEEP = 1.0
"""Seconds between two looks at all streams for those whose page was left."""
LATER = 30
"""Seconds after which one who found no room may ask again."""

OPEN = Gauge("sandan_live_streams", "Pages that are open and told of changes")
TOLD = Metric("sandan_live_told_total", "News told to open pages")
TURNED_AWAY = Metric("sandan_live_turned_away_total", "Pages that found no room to be told of changes")


@dataclass(frozen=True)
class Listener:
    """Who has a page open: an account's id, or the address of somebody without one."""

    name: str
    account: bool


@dataclass(eq=False)
class Stream:
    """One open page: ``about`` is what it calls each topic that it listens to.

    However often a thing changes before it is told, it is told once: no more can wait than the page asked about. ``is_left`` says whether
    the page was closed meanwhile.
    """

    listener: Listener
    about: Mapping[str, frozenset[str]]
    is_left: Callable[[], bool]
    ended: bool = False
    _news: set[str] = field(default_factory=set)
    _woken: threading.Event = field(default_factory=threading.Event)

    def tell(self, topic: str) -> None:
        self._news |= self.about[topic]
        self._woken.set()

    def end(self) -> None:
        self.ended = True
        self._woken.set()

    def wait(self, seconds: float) -> tuple[str, ...]:
        """What changed since the last time; empty after ``seconds`` in which nothing did, or at the end."""
        if self._woken.wait(seconds) and not self.ended:
            time.sleep(GATHER)
        self._woken.clear()
        news, self._news = tuple(sorted(self._news)), set()
        return news


class Hub:
    """``clock`` gives seconds that never go back.

    A *mark* says up to which change somebody knows all: it travels with pages and news, and comes back when a stream is
    opened. One of another process, or of before the memory of this one, says nothing, so that all counts as changed.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, most: int | None = None) -> None:
        self._clock = clock
        self._most = _room() if most is None else most
        self._life = new_id()
        self._streams: dict[str, set[Stream]] = {}
        self._of: dict[Listener, set[Stream]] = {}
        self._all: set[Stream] = set()
        self._swept = -SWEEP
        self._closed = False
        self._number = self._settled = self._forgotten = 0
        self._settling: deque[tuple[float, int]] = deque()
        self._last: OrderedDict[str, int] = OrderedDict()

    def mark(self) -> str:
        """Up to the last change that is old enough for all services to have heard of it."""
        while self._settling and self._settling[0][0] <= self._clock() - SETTLING:
            self._settled = self._settling.popleft()[1]
        return f"{self._life}.{self._settled}"

    def changed(self, topics: Iterable[str]) -> None:
        """Tell whoever listens to any of ``topics``; returns at once."""
        self._number += 1
        self._settling.append((self._clock(), self._number))
        self.mark()
        for topic in topics:
            self._last[topic] = self._number
            self._last.move_to_end(topic)
            for stream in self._streams.get(topic, ()):
                stream.tell(topic)
        while len(self._last) > REMEMBERED:
            self._forgotten = self._last.popitem(last=False)[1]

    def open(
        self,
        listener: Listener,
        about: Mapping[str, frozenset[str]],
        since: str | None,
        is_left: Callable[[], bool] = lambda: False,
    ) -> Stream:
        """A stream that is first told what changed after the mark ``since``. Raises Problem: 429 for one listener with too
        many, 503 where there is no room.
        """
        self._check(listener)
        stream = Stream(listener, about, is_left)
        self._all.add(stream)
        self._of.setdefault(listener, set()).add(stream)
        OPEN.set(len(self._all))
        for topic in about:
            self._streams.setdefault(topic, set()).add(stream)
            if since is not None and self._is_news(topic, since):
                stream.tell(topic)
        return stream

    def close(self, stream: Stream) -> None:
        """Forget the stream; nothing happens where it is forgotten already."""
        if stream not in self._all:
            return
        self._all.remove(stream)
        self._of[stream.listener].remove(stream)
        if not self._of[stream.listener]:
            del self._of[stream.listener]
        for topic in stream.about:
            self._streams[topic].remove(stream)
            if not self._streams[topic]:
                del self._streams[topic]
        OPEN.set(len(self._all))

    def renew(self) -> None:
        """Something may have been missed: every stream ends, and whoever comes back is told that all may have changed."""
        self._life = new_id()
        for stream in self._all:
            stream.end()

    def end_all(self) -> None:
        """The process stops: every stream ends at once, and no other is opened."""
        self._closed = True
        self.renew()

    def _is_news(self, topic: str, since: str) -> bool:
        life, _dot, number = since.rpartition(".")
        if life != self._life or not (number.isascii() and number.isdigit()):
            return True
        known = int(number[:18])
        return known < self._forgotten or self._last.get(topic, 0) > known

    def _check(self, listener: Listener) -> None:
        room = self._most if listener.account else int(self._most * (1 - KEPT_FOR_ACCOUNTS))
        if len(self._all) >= room and self._clock() >= self._swept + SWEEP:
            self._swept = self._clock()
            self._sweep(self._all)
        if self._closed or len(self._all) >= room:
            TURNED_AWAY.inc()
            raise unavailable(LATER)
        most = OF_AN_ACCOUNT if listener.account else OF_AN_ADDRESS
        if len(self._of.get(listener, ())) >= most:
            self._sweep(self._of[listener])
        if len(self._of.get(listener, ())) >= most:
            TURNED_AWAY.inc()
            raise Problem(
                "too-many-tries",
                429,
                _("同时打开的页面太多，请关掉一些"),
                headers={"Retry-After": str(LATER)},
            )

    def _sweep(self, streams: Iterable[Stream]) -> None:
        """Whoever goes from page to page leaves streams behind, which end at their next heartbeat, or here."""
        for stream in [each for each in streams if each.is_left()]:
            self.close(stream)
            stream.end()


def _room() -> int:
    """Each stream holds a socket; half of the files that the process may open are left for everything else."""
    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST if soft == resource.RLIM_INFINITY else min(MOST, soft // 2)
