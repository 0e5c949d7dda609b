"""The figures reckoned a second time, one order after another, as a clerk with a pile of papers would."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

from services.evaluation.contracts import Figure, RateOrder
from services.intake.contracts import OrderCollected
from services.members.contracts import MemberCheckedIn, UnitRegistered
from tests.integration.evaluation.histories import History, Word
from tests.integration.evaluation.telling import Told

CITY = timezone(timedelta(hours=8))
BEST_THREE = {"very_satisfied", "satisfied", "basically_satisfied"}
Parts = dict[Figure, tuple[list[str], list[str] | None]]


class Paper:
    """One order as it looked at the end of a day."""

    def __init__(self, collected: OrderCollected, history: History, until: date) -> None:
        self.id = collected.order_id
        self.collected_at = collected.collected_at
        task = f"task:task-of-{self.id}"
        steps = [told for told in history.told if told.aggregate == task and _day(told.body.at) <= until]
        self.steps = sorted(steps, key=lambda told: told.sequence)
        said = [word for word in history.words if word.request.order_id == self.id and _day(word.at) <= until]
        said.sort(key=lambda word: word.at)
        self.ratings = [word for word in said if isinstance(word.request, RateOrder)]
        self.calls = [word for word in said if not isinstance(word.request, RateOrder)]

    @property
    def state(self) -> str:
        return str(self.steps[-1].body.state) if self.steps else "collected"

    def did(self, *names: str) -> list[Told]:
        return [told for told in self.steps if told.type.removeprefix("dispatch.") in names]

    def responded(self) -> bool:
        told = self.did("task_registered", "order_refused", "order_merged")
        return any(one.body.at - self.collected_at <= timedelta(hours=24) for one in told)

    def solved(self) -> bool | None:
        words: list[tuple[datetime, bool]] = [(told.body.at, False) for told in self.did("task_reopened")]
        words += [
            (told.body.at, True)
            for told in self.did("task_published")
            if told.body.confirmed_by == "resident"
        ]
        for call in self.calls:
            solved: bool | None = getattr(call.request, "solved", None)
            if solved is not None:
                words.append((call.at, solved))
        if not words:
            return None
        newest = max(at for at, _ in words)
        return all(solved for at, solved in words if at == newest)

    def grade(self) -> str | None:
        graded: list[Word] = self.ratings or [call for call in self.calls if call.request.grade is not None]
        return graded[-1].request.grade if graded else None


def reckon(history: History, *, node: str, since: date | None, until: date) -> Parts:
    """For each figure the ids behind numerator and denominator (None: a count)."""
    collected = [told.body for told in history.told if isinstance(told.body, OrderCollected)]
    papers = [
        Paper(order, history, until)
        for order in collected
        if (order.grid_code or order.community_code).startswith(node)
        and (since or date.min) <= _day(order.collected_at) <= until
    ]
    everything = [paper.id for paper in papers]
    closed = [paper.id for paper in papers if paper.state == "closed"]
    wanted = [paper.id for paper in papers if paper.state not in {"refused", "merged"}]
    asked = [paper for paper in papers if paper.ratings or paper.solved() is not None]
    graded = [paper for paper in papers if paper.grade() is not None]
    answered = [paper for paper in papers if paper.did("task_answered")]
    accepted = [paper for paper in papers if paper.did("task_accepted")]
    on_time = [paper for paper in answered if paper.did("task_answered")[0].body.on_time]
    units, members = _hands(history, node, until)
    return {
        Figure.UNITS: (units, None),
        Figure.MEMBERS: (members, None),
        Figure.ORDERS: (everything, None),
        Figure.CLOSED: (closed, None),
        Figure.CLOSED_RATE: (closed, wanted),
        Figure.IN_PROGRESS: ([order for order in wanted if order not in closed], None),
        Figure.FOLLOW_UPS: ([paper.id for paper in papers for _ in paper.calls], None),
        Figure.RESPONSE_RATE: ([paper.id for paper in papers if paper.responded()], everything),
        Figure.SOLVED_RATE: ([paper.id for paper in asked if paper.solved()], _ids(asked)),
        Figure.SATISFIED_RATE: ([paper.id for paper in graded if paper.grade() in BEST_THREE], _ids(graded)),
        Figure.ON_TIME_RATE: (_ids(on_time), _ids(answered)),
        Figure.RETURN_RATE: ([paper.id for paper in accepted if paper.did("task_returned")], _ids(accepted)),
        Figure.REDO_RATE: (
            [paper.id for paper in answered if paper.did("task_sent_back", "task_reopened")],
            _ids(answered),
        ),
    }


def _hands(history: History, node: str, until: date) -> tuple[list[str], list[str]]:
    checked_in: dict[str, MemberCheckedIn] = {}
    for told in sorted(history.told, key=lambda one: one.sequence):
        if isinstance(told.body, MemberCheckedIn) and _day(told.occurred_at) <= until:
            checked_in[told.body.member_id] = told.body
    here = [member for member in checked_in.values() if member.community_code.startswith(node)]
    taking_part: set[Any] = {member.unit_id for member in here}
    places = {
        told.body.order_id: told.body.grid_code or told.body.community_code
        for told in history.told
        if isinstance(told.body, OrderCollected)
    }
    for told in history.told:
        accepted = told.type == "dispatch.task_accepted" and _day(told.body.at) <= until
        if accepted and places[told.body.order_ids[0]].startswith(node):
            taking_part.add(told.body.unit_id)
    reported = {
        told.body.unit_id
        for told in history.told
        if isinstance(told.body, UnitRegistered) and _day(told.occurred_at) <= until
    }
    return sorted(taking_part & reported), [member.member_id for member in here]


def _day(moment: datetime) -> date:
    return moment.astimezone(CITY).date()


def _ids(papers: list[Paper]) -> list[str]:
    return [paper.id for paper in papers]
