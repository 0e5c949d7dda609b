"""The three lists of a place and a period (问题清单、任务清单、成果清单), each line leading to the other two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from gateway.call import Call
from gateway.fields import Paged
from gateway.orders_behind import orders_behind
from gateway.policies import READERS
from gateway.routes.figures import FigureQuery
from gateway.routing import route
from gateway.words import _
from services.evaluation.contracts import (
    ProblemEntry,
    ProblemList,
    ResultEntry,
    ResultList,
    TaskEntry,
    TaskList,
)
from services.kit.asking import Page

Acted = TypeVar("Acted", TaskEntry, ResultEntry)


class ListQuery(Paged, FigureQuery):
    """The orders of a place and a period, as the figures count them."""


@dataclass(frozen=True, kw_only=True)
class ListedProblem(ProblemEntry):
    """``category`` and ``words`` are null where the caller may not read the order (it is private), or intake is away."""

    place_name: str | None
    category: str | None
    words: str | None


@dataclass(frozen=True, kw_only=True)
class ListedTask(TaskEntry):
    place_name: str | None
    member_name: str | None
    unit_name: str | None


@dataclass(frozen=True, kw_only=True)
class ListedResult(ResultEntry):
    place_name: str | None
    member_name: str | None
    unit_name: str | None


@route(
    "GET",
    "/lists/problems",
    policy=READERS,
    summary=_("问题清单：点单，及其任务和成果"),
    tag="lists",
    query=ListQuery,
    answer=Page[ListedProblem],
)
def problem_list(call: Call) -> Page[ListedProblem]:
    page = call.ask(ProblemList(**call.query))
    places = call.desk.names.of_places(entry.place for entry in page.items)
    orders = orders_behind(call, (entry.order_id for entry in page.items))
    return Page(
        items=tuple(
            ListedProblem(
                **vars(entry),
                place_name=places.get(entry.place),
                category=order.category if (order := orders.get(entry.order_id)) else None,
                words=order.words if order else None,
            )
            for entry in page.items
        ),
        next=page.next,
    )


@route(
    "GET",
    "/lists/tasks",
    policy=READERS,
    summary=_("任务清单：已立项的任务，及其点单和成果"),
    tag="lists",
    query=ListQuery,
    answer=Page[ListedTask],
)
def task_list(call: Call) -> Page[ListedTask]:
    page = call.ask(TaskList(**call.query))
    places, hands = _names(call, page.items)
    return Page(
        items=tuple(
            ListedTask(
                **vars(entry),
                place_name=places.get(entry.place),
                member_name=hands.get(entry.member_id or ""),
                unit_name=hands.get(entry.unit_id or ""),
            )
            for entry in page.items
        ),
        next=page.next,
    )


@route(
    "GET",
    "/lists/results",
    policy=READERS,
    summary=_("成果清单：已核查的办理结果，及其点单和任务"),
    tag="lists",
    query=ListQuery,
    answer=Page[ListedResult],
)
def result_list(call: Call) -> Page[ListedResult]:
    page = call.ask(ResultList(**call.query))
    places, hands = _names(call, page.items)
    return Page(
        items=tuple(
            ListedResult(
                **vars(entry),
                place_name=places.get(entry.place),
                member_name=hands.get(entry.member_id or ""),
                unit_name=hands.get(entry.unit_id or ""),
            )
            for entry in page.items
        ),
        next=page.next,
    )


def _names(call: Call, entries: Iterable[Acted]) -> tuple[dict[str, str], dict[str, str]]:
    """Of the places, and of those who acted."""
    told = tuple(entries)
    hands = (hand for entry in told for hand in (entry.member_id, entry.unit_id))
    return (
        call.desk.names.of_places(entry.place for entry in told),
        call.desk.names.of_hands(hands, call.actor),
    )
