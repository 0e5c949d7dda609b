"""The services that can be requested: dispatch's innermost categories, with their questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from gateway.call import Call
from gateway.problems import Problem
from gateway.words import _
from services.dispatch.contracts import CategoryView, ListCategories, ListQuestions, Question

SERVICES = "open311 services"
"""Under which name the desk knows them."""


@dataclass(frozen=True, kw_only=True)
class Offered:
    """``group`` is the label of the wider category, or its own."""

    category: CategoryView
    group: str
    questions: tuple[Question, ...]


def offered(call: Call) -> Mapping[str, Offered]:
    """By code, in the order in which lists should show them."""
    return call.desk.known(SERVICES, lambda: _catalogue(call))[0]


def changed_at(call: Call) -> datetime:
    """When the services or their questions were last replaced."""
    return call.desk.known(SERVICES, lambda: _catalogue(call))[1]


def category_codes(call: Call) -> frozenset[str]:
    """All that orders may bear: wider and retired categories too."""
    return call.desk.known(
        "category codes", lambda: frozenset(each.code for each in call.ask(ListCategories(retired=True)))
    )


def offered_as(call: Call, code: str | None) -> Offered:
    """Raises Problem: 400 if no code was given, 404 if no such service is offered."""
    if not code:
        raise Problem("bad-request", 400, _("请填写服务代码 (service_code was not provided)"))
    found = offered(call).get(code)
    if found is None:
        raise Problem(
            "not-found", 404, _("没有这项服务，请从 services 中选择 (service_code provided was not found)")
        )
    return found


def _catalogue(call: Call) -> tuple[dict[str, Offered], datetime]:
    categories = call.ask(ListCategories())
    questions = call.ask(ListQuestions())
    labels = {category.code: category.label for category in categories}
    wider = {category.parent for category in categories}
    found = {
        category.code: Offered(
            category=category,
            group=labels.get(category.parent or "", category.label),
            questions=tuple(each for each in questions.items if each.category == category.code),
        )
        for category in categories
        if category.code not in wider
    }
    return found, questions.changed_at
