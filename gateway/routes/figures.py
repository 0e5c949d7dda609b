"""Figures at any date, and the orders behind each of them."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Paged, Request, choice, day, text
from gateway.parsing import one_of
from gateway.policies import ANYONE, READERS
from gateway.routing import route
from gateway.words import _
from services.evaluation.contracts import Figure, Figures, FiguresView, OrdersBehind, Part
from services.kit.asking import Page


class FigureQuery(Request):
    node = text(_("哪个地方（区划代码）"), most=20, required=False)
    since = day(_("点单日期从（含）"))
    until = day(_("点单日期到（含），也是统计的截止日"))


class BehindQuery(Paged, FigureQuery):
    part = choice(Part, _("分子还是分母"), required=False)
    unit_id = text(_("只看这个单位办理或最后办理的"), most=40, required=False)


@route(
    "GET",
    "/figures",
    policy=ANYONE,
    summary=_("统计数字"),
    tag="figures",
    query=FigureQuery,
    answer=FiguresView,
)
def get_figures(call: Call) -> FiguresView:
    return call.ask(Figures(**call.query))


@route(
    "GET",
    "/figures/{figure}/orders",
    policy=READERS,
    summary=_("数字背后的点单编号"),
    tag="figures",
    query=BehindQuery,
    answer=Page[str],
)
def orders_behind(call: Call) -> Page[str]:
    return call.ask(OrdersBehind(figure=one_of(Figure, call.path["figure"], "figure"), **call.query))
