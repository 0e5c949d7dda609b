"""The times that a place promises: lines in order, of which the first that fits and says a time counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from services.dispatch.contracts import PromisedTime, Urgency
from services.dispatch.domain.categories import WORKDAY, Kinds
from services.dispatch.domain.levels import WAY_UP
from services.members.contracts import Level

MOST_LINES = 200
LONGEST_MINUTES = 250 * WORKDAY
TIMES = ("respond_minutes", "accept_minutes", "solve_minutes")


@dataclass(frozen=True, slots=True)
class Promises:
    lines: tuple[PromisedTime, ...] = ()

    def respond(self, level: Level, urgency: Urgency) -> timedelta | None:
        """Working time until an order is registered or refused; None: the usual."""
        return self._first("respond_minutes", None, level, urgency)

    def accept(self, category: str | None, level: Level, urgency: Urgency) -> timedelta | None:
        """Working time until the one asked says yes or no; None: the usual."""
        return self._first("accept_minutes", category, level, urgency)

    def solve(self, category: str | None, level: Level, urgency: Urgency) -> timedelta | None:
        """Working time until an answer, from the registration on; None: the usual."""
        return self._first("solve_minutes", category, level, urgency)

    def _first(self, time: str, category: str | None, level: Level, urgency: Urgency) -> timedelta | None:
        for line in self.lines:
            minutes: int | None = getattr(line, time)
            if minutes is not None and _fits(line, category, level, urgency):
                return timedelta(minutes=minutes)
        return None


USUAL = Promises()


def faults(lines: tuple[PromisedTime, ...], kinds: Kinds) -> Iterator[tuple[str, str]]:
    """What is wrong with the lines, as pairs of field and message."""
    if len(lines) > MOST_LINES:
        yield "lines", f"最多 {MOST_LINES} 行"
    for number, line in enumerate(lines):
        here = f"lines.{number}"
        if line.category is not None and (line.category not in kinds or kinds[line.category].retired):
            yield f"{here}.category", "没有这个类别，或已停用，请从类别表中选择"
        if line.level is not None and line.level not in WAY_UP:
            yield f"{here}.level", "层级只能是网格、社区、街道、区县或城市"
        said = [(name, minutes) for name in TIMES if (minutes := getattr(line, name)) is not None]
        if not said:
            yield here, "每行至少填写一个时限"
        for name, minutes in said:
            if not 1 <= minutes <= LONGEST_MINUTES:
                yield f"{here}.{name}", f"应在 1 到 {LONGEST_MINUTES} 个工作分钟之间"
        if line.category is not None and line.respond_minutes is not None:
            yield f"{here}.respond_minutes", "受理之前还没有类别，按类别不能设受理时限"


def _fits(line: PromisedTime, category: str | None, level: Level, urgency: Urgency) -> bool:
    return (
        line.category in {None, category} and line.level in {None, level} and line.urgency in {None, urgency}
    )
