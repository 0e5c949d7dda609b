"""An order as the API shows it: intake's order and history, dispatch's task, evaluation's rating, with names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from gateway.call import Call
from services.dispatch.contracts import GetTask, TaskView
from services.evaluation.contracts import GetRating, RatingView
from services.intake.contracts import OrderDetail, OrderView, Step
from services.kit.asking import Ask, Page
from services.kit.outcomes import Refused
from services.kit.rpc import Unavailable

R = TypeVar("R")


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who acted; ``name`` is missing where the asker may not know it."""

    id: str
    name: str | None


@dataclass(frozen=True, kw_only=True)
class HistoryEntry:
    """One step. ``by`` is shown to those with a role at the place; everybody else sees the role alone."""

    step: str
    state: str
    at: datetime
    by: Person | None
    role: str | None
    place: str
    place_name: str | None
    words: str | None
    photos: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TakenStep:
    """One of the eight steps; ``at`` is null while it is not taken. ``by`` as in the history."""

    step: str
    at: datetime | None
    by: Person | None
    role: str | None


@dataclass(frozen=True, kw_only=True)
class ListedOrder(OrderView):
    """An order in a list, with its community's name."""

    community_name: str | None


@dataclass(frozen=True, kw_only=True)
class OrderFile(ListedOrder):
    """Everything about one order. ``eight`` are its eight steps, in their order, taken or not. ``task`` is null until dispatch knows the order and for those whom it does not concern.

    ``visit_id`` is the visit that it was filed from, for its offices and who filed it.
    ``missing`` names the parts (task, rating) that cannot be had just now, because the service that keeps them is away.
    """

    history: tuple[HistoryEntry, ...]
    eight: tuple[TakenStep, ...]
    task: TaskView | None
    rating: RatingView | None
    visit_id: str | None
    missing: tuple[str, ...]


def listed(call: Call, page: Page[OrderView]) -> Page[ListedOrder]:
    places = call.desk.names.of_places(order.community_code for order in page.items)
    return Page(items=tuple(_listed(order, places) for order in page.items), next=page.next)


def file_of(call: Call, detail: OrderDetail) -> OrderFile:
    order = detail.order
    places = call.desk.names.of_places([order.community_code, *(step.place for step in detail.history)])
    shown = _listed(order, places)
    missing: list[str] = []
    # Who took one of the eight steps stands in the history too.
    people = _people(call, detail.history, order.community_code)
    return OrderFile(
        **vars(shown),
        history=_history(detail.history, people, places),
        eight=tuple(TakenStep(**{**vars(step), "by": _person(step.by, people)}) for step in detail.eight),
        task=_part(call, "task", GetTask(order_id=order.order_id), missing),
        rating=_part(call, "rating", GetRating(order_id=order.order_id), missing),
        visit_id=detail.visit_id,
        missing=tuple(missing),
    )


def _listed(order: OrderView, places: dict[str, str]) -> ListedOrder:
    return ListedOrder(**vars(order), community_name=places.get(order.community_code))


def _people(call: Call, steps: Iterable[Step], community: str) -> Mapping[str, str] | None:
    """The names of those who acted, as far as the caller may know them; None where not even who they are."""
    if not any(grant.covers(community) for grant in call.actor.grants):
        return None
    return call.desk.names.of_hands((step.by for step in steps), call.actor)


def _person(by: str | None, people: Mapping[str, str] | None) -> Person | None:
    return None if by is None or people is None else Person(id=by, name=people.get(by))


def _history(
    steps: Iterable[Step], people: Mapping[str, str] | None, places: Mapping[str, str]
) -> tuple[HistoryEntry, ...]:
    return tuple(
        HistoryEntry(
            **{**vars(step), "by": _person(step.by, people)},
            place_name=places.get(step.place),
        )
        for step in steps
    )


def _part(call: Call, name: str, ask: Ask[R], missing: list[str]) -> R | None:
    """What another service knows of the order; None where it knows nothing, does not say, or is away (``missing``)."""
    if call.visiting:
        return None
    try:
        return call.ask(ask)
    except Refused:
        return None
    except Unavailable:
        missing.append(name)
        return None
