"""Figures side by side: places, units, one period after another, and the eight steps; and whom to call."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.call import Call
from gateway.fields import Paged, choice, flag, option, text, whole
from gateway.parsing import one_of
from gateway.policies import ANYONE, FOLLOWERS_UP, READERS
from gateway.routes.figures import FigureQuery
from gateway.routing import route
from gateway.words import _
from services.dispatch.contracts import State
from services.evaluation.contracts import (
    By,
    ComparedFigures,
    CompareFigures,
    CountsTable,
    DueFollowUp,
    Figure,
    FiguresOverTime,
    Funnel,
    ListDueFollowUps,
    OrdersAtStep,
    OrdersByPlaceAndTime,
    Per,
    PeriodFigures,
    StepCount,
)
from services.kit.asking import Page


class ComparisonQuery(Paged, FigureQuery):
    sort = option(Figure, _("按哪个数字排；默认按点单数"))
    ascending = flag(_("小的在前"))


class TimeQuery(FigureQuery):
    per = choice(Per, _("每个周期多长"))


class TableQuery(TimeQuery):
    by = choice(By, _("比较哪一级，或单位"))
    limit = whole(_("最多几行"), least=1, most=200)


class StepQuery(Paged, FigureQuery):
    now = flag(_("只看现在正处于这一步的；不填则看到过这一步的"))


class DueQuery(Paged):
    node = text(_("只看这个地方（区划代码）及其下级"), most=20, required=False)


@dataclass(frozen=True, kw_only=True)
class NamedFigures(ComparedFigures):
    """The figures of a place or unit with its name."""

    name: str | None


@dataclass(frozen=True, kw_only=True)
class OverTime:
    items: tuple[PeriodFigures, ...]


@dataclass(frozen=True, kw_only=True)
class Steps:
    """The eight steps in their order."""

    items: tuple[StepCount, ...]


@route(
    "GET",
    "/comparisons/{by}",
    policy=READERS,
    summary=_("各地或各单位的数字，并列比较"),
    tag="figures",
    query=ComparisonQuery,
    answer=Page[NamedFigures],
)
def compare_figures(call: Call) -> Page[NamedFigures]:
    by = one_of(By, call.path["by"], "by")
    return named(call, by, call.ask_patiently(CompareFigures(by=by, **call.query)))


@route(
    "GET",
    "/figures-over-time",
    policy=ANYONE,
    summary=_("逐日、逐周、逐月或逐季的数字；不填起始日期则为最近 12 期"),
    tag="figures",
    query=TimeQuery,
    answer=OverTime,
)
def figures_over_time(call: Call) -> OverTime:
    return OverTime(items=call.ask_patiently(FiguresOverTime(**call.query)))


@route(
    "GET",
    "/orders-by-place-and-time",
    policy=READERS,
    summary=_("何时何地有多少点单"),
    tag="figures",
    query=TableQuery,
    answer=CountsTable,
)
def orders_by_place_and_time(call: Call) -> CountsTable:
    return call.ask_patiently(OrdersByPlaceAndTime(**call.query))


@route(
    "GET",
    "/steps",
    policy=ANYONE,
    summary=_("八步各有多少点单走到"),
    tag="figures",
    query=FigureQuery,
    answer=Steps,
)
def count_steps(call: Call) -> Steps:
    return Steps(items=call.ask_patiently(Funnel(**call.query)))


@route(
    "GET",
    "/steps/{state}/orders",
    policy=READERS,
    summary=_("走到这一步的点单编号"),
    tag="figures",
    query=StepQuery,
    answer=Page[str],
)
def orders_at_step(call: Call) -> Page[str]:
    return call.ask(OrdersAtStep(state=one_of(State, call.path["state"], "state"), **call.query))


@route(
    "GET",
    "/follow-ups/due",
    policy=FOLLOWERS_UP,
    summary=_("待回访：已反馈、还没有联系上居民的点单"),
    tag="follow-ups",
    query=DueQuery,
    answer=Page[DueFollowUp],
)
def list_due_follow_ups(call: Call) -> Page[DueFollowUp]:
    return call.ask(ListDueFollowUps(**call.query))


def named(call: Call, by: By, page: Page[ComparedFigures]) -> Page[NamedFigures]:
    keys = [each.key for each in page.items]
    names = call.desk.names.of_hands(keys, call.actor) if by is By.UNIT else call.desk.names.of_places(keys)
    return Page(
        items=tuple(
            NamedFigures(key=each.key, figures=each.figures, name=names.get(each.key)) for each in page.items
        ),
        next=page.next,
    )
