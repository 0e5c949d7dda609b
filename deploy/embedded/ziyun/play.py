"""Tells the story, week by week, to a running Sandan; it can be broken off at any point and told again from the start.

What has happened already is left alone: what is created carries an idempotency key, and a step that the order's history
has is not taken again. Orders go side by side; between the weeks the clocks run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from deploy.embedded.ziyun.cast import Cast, sign_in
from deploy.embedded.ziyun.courses import DAY, RESIDENT, WEEK, Beat, beats_of
from deploy.embedded.ziyun.person import Person, RefusedError, until
from deploy.embedded.ziyun.story import DISTRICT, Order, Story, load

CITY = ZoneInfo("Asia/Shanghai")
WEEKS = 13
MORNING = timedelta(hours=8)
CLOCKS = timedelta(days=6, hours=23)
"""Sunday night: when the clocks run, counted from the week's Monday."""
ON_BEHALF = {"grid", "hotline"}
CLOSED, IN_PROGRESS = 50, 5

T = TypeVar("T")
Figures = dict[str, dict[str, Any]]
Progress = Callable[[int, int], None]
"""Is told how many steps are done, of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An order of the story as it was placed: ``code`` is its follow code."""

    order: Order
    order_id: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the gateway says at the quarter's end (days are the city's). ``figures`` are those of GET /figures, by name."""

    since: date
    until: date
    figures: Figures
    orders: tuple[Told, ...]


def play(
    base_url: str,
    *,
    operator: str,
    operator_password: str,
    password: str,
    begins: date,
    workers: int = 8,
    sessions: MutableMapping[str, str] | None = None,
    progress: Progress = lambda _done, _total: None,
) -> Outcome:
    """Tell the quarter that ``begins`` on a Monday; all accounts get ``password``.

    ``sessions`` keeps the tokens of those who signed in, for telling on after a break.
    Raises RefusedError for what the API refuses, TimeoutError for what never comes about, and requests' own errors.
    """
    if begins.weekday() != 0:
        raise ValueError(f"the quarter begins on a Monday, {begins} is none")
    story = load()
    known = {} if sessions is None else sessions
    operating = Person(base_url, token=sign_in(base_url, operator, operator_password))
    cast = Cast(base_url, story, operating, password, known)
    with ThreadPoolExecutor(workers) as pool:
        return _Play(base_url, story, cast, begins, pool, progress).whole()


@dataclass
class _Play:
    url: str
    story: Story
    cast: Cast
    begins: date
    pool: ThreadPoolExecutor
    progress: Progress
    done: int = 0
    threads: dict[int, _Thread] = field(default_factory=dict)

    def whole(self) -> Outcome:
        self.threads = {
            order.number: _Thread(self, order, beats_of(order, self.story)) for order in self.story.orders
        }
        self.total = (
            1
            + len(self.story.units)
            + len(self.story.officials)
            + len(self.story.members)
            + sum(1 + len(thread.beats) for thread in self.threads.values())
        )
        self.cast.enter_places()
        self.step()
        opening = self.moment(MORNING)
        self.side_by_side(lambda unit: self.cast.register(unit, opening), self.story.units)
        self.side_by_side(self.cast.open_account, self.story.officials)
        for week in range(WEEKS):
            self._week(week * WEEK)
        return self._outcome()

    def moment(self, at: timedelta) -> str:
        """A time of the quarter as RFC 3339."""
        return (datetime.combine(self.begins, time(), CITY) + at).isoformat()

    def step(self) -> None:
        self.done += 1
        self.progress(self.done, self.total)

    def side_by_side(self, act: Callable[[T], object], things: Iterable[T]) -> None:
        """Act on all; the first failure is raised when all have ended."""

        def one(thing: T) -> None:
            act(thing)
            self.step()

        for done in [self.pool.submit(one, thing) for thing in things]:
            done.result()

    def _week(self, start: timedelta) -> None:
        end = start + WEEK
        new = [member for member in self.story.members if start <= member.day * DAY < end]
        self.side_by_side(
            lambda member: self.cast.check_in(member, self.moment(member.day * DAY + MORNING)), new
        )
        waiting = [self.pool.submit(thread.go_on, end) for thread in self.threads.values()]
        for done in waiting:
            done.result()
        Person(self.url).ask("POST", "/clocks/run", at=self.moment(start + CLOCKS))

    def _outcome(self) -> Outcome:
        last = self.begins + timedelta(weeks=WEEKS) - timedelta(days=1)
        follow_ups = sum(thread.follow_ups for thread in self.threads.values())
        expected = {
            "units": len(self.story.units),
            "members": len(self.story.members),
            "orders": len(self.story.orders),
            "closed": CLOSED,
            "in_progress": IN_PROGRESS,
            "follow_ups": follow_ups,
        }

        def settled() -> Figures:
            seen = Person(self.url).get(
                "/figures", node=DISTRICT, since=self.begins.isoformat(), until=last.isoformat()
            )
            figures = {each["figure"]: each for each in seen["figures"]}
            counted = {name: figures[name]["numerator"] for name in expected}
            return figures if counted == expected else {}

        figures = until(settled, f"the figures to be {expected}")
        told = tuple(thread.told() for thread in self.threads.values())
        return Outcome(since=self.begins, until=last, figures=figures, orders=told)


class _Thread:
    """One order on its way through the quarter."""

    def __init__(self, play: _Play, order: Order, beats: Sequence[Beat]) -> None:
        self.play = play
        self.order = order
        self.beats = beats
        self.follow_ups = sum("follow_up_recorded" in beat.steps for beat in beats)
        self._next = 0
        self._due: Counter[str] = Counter()
        self._seen: Counter[str] = Counter()
        self._placed: dict[str, str] = {}
        self._ids: dict[str, str] = {}

    def told(self) -> Told:
        return Told(order=self.order, order_id=self._placed["order_id"], code=self._placed["code"])

    def go_on(self, end: timedelta) -> None:
        """Take all steps before ``end``."""
        if not self._placed and timedelta(days=self.order.day) < end:
            self._place()
        while self._placed and self._next < len(self.beats) and self.beats[self._next].at < end:
            self._take(self.beats[self._next])
            self._next += 1
            self.play.step()

    def _place(self) -> None:
        order = self.order
        at = self.play.moment(timedelta(days=order.day, hours=order.hour))
        body = {
            "community_code": order.community_code,
            "grid_code": f"{order.community_code}001" if order.by == "grid" else None,
            "channel": order.channel,
            "words": order.words,
            "address": order.address,
            "contact": {"name": order.name, "phone": order.phone},
            "on_behalf": order.by in ON_BEHALF,
        }
        key = f"ziyun-order-{order.number}"
        self._placed = self._placer().ask("POST", "/orders", at=at, key=key, body=body)
        self._ids["order"] = self._placed["order_id"]
        self._look()
        self.play.step()

    def _take(self, beat: Beat) -> None:
        self._due.update(beat.steps)
        if self._has_happened():
            return
        body = {
            name: self.play.cast.ids[str(value)] if name in {"hand_id", "member_id"} else value
            for name, value in beat.body.items()
        }
        at = self.play.moment(beat.at)
        key = f"ziyun-order-{self.order.number}-{self._next}"
        try:
            self._who(beat.who).ask(beat.method, self._path(beat.path), at=at, key=key, body=body)
        except RefusedError as refused:
            # Taken before the story was broken off, and not in the history yet when it was looked at.
            if refused.slug not in {"wrong-state", "already-taken", "not-open"}:
                raise
            self._wait(refused)
        else:
            if len(beat.steps) > 1:
                self._wait(None)

    def _wait(self, refused: RefusedError | None) -> None:
        """Until the history has what is due."""
        try:
            until(self._has_happened_by_now, f"order {self.order.number}: {self._due}")
        except TimeoutError:
            raise refused or TimeoutError(f"order {self.order.number}: {self._due - self._seen}") from None

    def _has_happened(self) -> bool:
        return self._due <= self._seen

    def _has_happened_by_now(self) -> bool:
        self._look()
        return self._has_happened()

    def _look(self) -> None:
        file = self._liaison().get(f"/orders/{self._ids['order']}")
        self._seen = Counter(entry["step"] for entry in file["history"])

    def _path(self, path: str) -> str:
        if "{task}" in path and "task" not in self._ids:
            order_id = self._ids["order"]
            seen = until(
                lambda: self._liaison().get(f"/orders/{order_id}")["task"], f"the task of {order_id}"
            )
            self._ids["task"] = seen["task_id"]
        return path.format(**self._ids)

    def _liaison(self) -> Person:
        return self.play.cast.person(self.play.story.official("liaison", self.order.community_code))

    def _placer(self) -> Person:
        cast, order = self.play.cast, self.order
        match order.by:
            case "account":
                return cast.resident(order)
            case "grid":
                return cast.person(self.play.story.official("grid_worker", f"{order.community_code}001"))
            case "hotline":
                return cast.person(self.play.story.official("grid_worker", DISTRICT))
            case _:
                return Person(self.play.url)

    def _who(self, who: str) -> Person:
        if who != RESIDENT:
            return self.play.cast.person(who)
        if self.order.by == "account":
            return self.play.cast.resident(self.order)
        return Person(self.play.url, code=self._placed["code"])
