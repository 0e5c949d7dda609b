"""Plays orders to a stage, week by week: orders go side by side, and between the weeks the clocks run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from deploy.embedded.ziyun.courses import DAY, RESIDENT, WEEK, Beat
from deploy.embedded.ziyun.person import Person, RefusedError
from deploy.embedded.ziyun.story import Order, Story
from tests.scenarios.stage import LONGEST, Stage
from tests.waiting import until

CITY = ZoneInfo("Asia/Shanghai")
CLOCKS = timedelta(days=6, hours=23)
"""Sunday night: when the clocks run, counted from the week's Monday."""
ON_BEHALF = {"grid", "hotline"}
"""A grid worker files what was asked for on a visit, from the visit log."""
HANDS = {"hand_id", "member_id", "leading"}
"""Fields that name a hand: a member's login or a unit's own code in the story, an id when asked."""


@dataclass
class Thread:
    """One order on its way: ``beats`` are what happens to it, ``grid`` its grid's code. ``others`` are placed with it and
    merged into its task; their ids are ``other_ids``.
    """

    order: Order
    beats: Sequence[Beat]
    grid: str | None = None
    others: Sequence[Order] = ()
    other_ids: list[str] = field(default_factory=list)
    order_id: str = ""
    code: str = ""
    task_id: str = ""
    done: int = 0

    @property
    def logins(self) -> set[str]:
        """Who has a part in it: logins, and the codes of units that are asked."""
        asked = {str(value) for beat in self.beats for name, value in beat.body.items() if name in HANDS}
        return asked | {beat.who for beat in self.beats}


@dataclass
class Telling:
    """``begins`` is a Monday."""

    stage: Stage
    story: Story
    begins: date
    threads: Sequence[Thread]
    clocks: dict[str, int] = field(default_factory=dict)
    """How many tasks each clock has moved so far."""

    def moment(self, at: timedelta) -> str:
        """A time of the story as RFC 3339."""
        return (datetime.combine(self.begins, time(), CITY) + at).isoformat()

    def day(self, at: timedelta) -> str:
        return (self.begins + at).isoformat()

    def tell(self, weeks: int, meanwhile: Callable[[int], None] = lambda _week: None) -> None:
        """``meanwhile`` is called with each week's number before its clocks run."""
        for week in range(weeks):
            start = week * WEEK
            self.stage.side_by_side(lambda thread: self._go_on(thread, start + WEEK), self.threads)  # noqa: B023 - ends before the next week
            meanwhile(week)
            self._run_clocks(start + CLOCKS)

    def holder(self, thread: Thread) -> Person:
        """The resident: signed in, or with the order's follow code."""
        if thread.order.by == "account":
            return self.stage.resident(thread.order.phone, thread.order.name)
        return self.stage.somebody(code=thread.code)

    def _run_clocks(self, at: timedelta) -> None:
        ran = self.stage.somebody().ask("POST", "/clocks/run", at=self.moment(at))
        for clock, moved in ran.items():
            self.clocks[clock] = self.clocks.get(clock, 0) + moved

    def _go_on(self, thread: Thread, end: timedelta) -> None:
        """Take all steps before ``end``."""
        if not thread.order_id and timedelta(days=thread.order.day) < end:
            self._place(thread)
        while thread.done < len(thread.beats) and thread.beats[thread.done].at < end:
            self._take(thread, thread.beats[thread.done])
            thread.done += 1

    def _place(self, thread: Thread) -> None:
        placed = self._placed(thread, thread.order)
        thread.other_ids = [self._placed(thread, other)["order_id"] for other in thread.others]
        thread.order_id, thread.code = placed["order_id"], placed["code"]

    def _placed(self, thread: Thread, order: Order) -> Any:
        at = self.moment(order.day * DAY + timedelta(hours=order.hour))
        key, placer = f"order-{order.number}", self._placer(thread)
        said = {
            "words": order.words,
            "address": order.address,
            "contact": {"name": order.name, "phone": order.phone},
        }
        if order.by == "grid":
            visit = {
                "place": thread.grid,
                "kind": "routine",
                "found": order.words,
                "household": order.address,
            }
            return placer.ask("POST", "/visits", at=at, key=key, body={**visit, "order": said})["placed"]
        place = {"community_code": order.community_code, "grid_code": thread.grid}
        body = {**place, **said, "channel": order.channel, "on_behalf": order.by in ON_BEHALF}
        return placer.ask("POST", "/orders", at=at, key=key, body=body)

    def _take(self, thread: Thread, beat: Beat) -> None:
        body = {name: self._told(thread, name, value) for name, value in beat.body.items()}
        who = self.holder(thread) if beat.who == RESIDENT else self.stage.person(beat.who)
        path = beat.path.format(
            order=thread.order_id, others=thread.other_ids, task=thread.task_id, units=self.stage.ids
        )
        key = f"order-{thread.order.number}-{thread.done}"
        try:
            answer = who.ask(beat.method, path, at=self.moment(beat.at), key=key, body=body)
        except RefusedError as refused:
            # Asked twice, because the first answer did not come in time.
            if refused.slug not in {"wrong-state", "already-taken", "not-open", "already-appealed"}:
                raise
            self._wait(thread, refused)
            return
        if thread.order_id in answer.get("order_ids", ()):
            thread.task_id = answer["task_id"]
        if len(beat.steps) > 1:
            self._wait(thread, None)

    def _wait(self, thread: Thread, refused: RefusedError | None) -> None:
        """Until the history has what has been done so far, and what follows from it."""
        due = Counter(step for beat in thread.beats[: thread.done + 1] for step in beat.steps)
        liaison = self.stage.person(self.story.official("liaison", thread.order.community_code))

        def happened() -> bool:
            file = liaison.get(f"/orders/{thread.order_id}")
            thread.task_id = (file["task"] or {}).get("task_id", thread.task_id)
            return due <= Counter(entry["step"] for entry in file["history"])

        try:
            until(happened, f"order {thread.order.number} to have {due}", seconds=LONGEST)
        except TimeoutError as late:
            raise refused or late from late

    def _told(self, thread: Thread, name: str, value: object) -> Any:
        if name == "into_order_id":
            return thread.order_id
        if name == "unit_ids" and isinstance(value, Sequence):
            return [self.stage.hand(str(unit)) for unit in value]
        return self.stage.hand(str(value)) if name in HANDS else value

    def _placer(self, thread: Thread) -> Person:
        order = thread.order
        match order.by:
            case "account":
                return self.stage.resident(order.phone, order.name)
            case "grid":
                return self.stage.person(self.story.official("grid_worker", str(thread.grid)))
            case "hotline":
                return self.stage.person(self.story.official("grid_worker", self.story.district))
            case _:
                return self.stage.somebody()
