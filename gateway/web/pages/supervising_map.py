"""A map of places: their outlines where they are known, else tiles in the order of their codes; darker where more is open, or overdue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup
from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import option
from gateway.policies import READERS
from gateway.routing import page
from gateway.web import labels
from gateway.web.charts import Place, outlines, shade
from gateway.web.pages.supervising_comparison import DIGITS, all_of
from gateway.web.places import children
from gateway.web.render import show
from gateway.web.survey import Survey, SurveyQuery, survey_of
from gateway.words import _
from services.dispatch.contracts import CountOverdue
from services.evaluation.contracts import CompareFigures, Figure
from services.members.contracts import ListShapes, NodeView

HERE = "/supervising/map"


class Shown(StrEnum):
    """What the colour says."""

    OPEN = "open"
    OVERDUE = "overdue"
    ORDERS = "orders"


NAMES = {Shown.OPEN: _("还在办的"), Shown.OVERDUE: _("超时的"), Shown.ORDERS: _("全部点单")}
FIGURES = {Shown.OPEN: Figure.IN_PROGRESS, Shown.ORDERS: Figure.ORDERS}


class MapQuery(SurveyQuery):
    show = option(Shown, _("颜色表示什么"))


@dataclass(frozen=True, kw_only=True)
class Tile:
    """``shade`` from 0 (none) to 4 (most of these places); ``href`` leads further down, or to the place's figures, ``orders`` to
    what each of the counts counts.
    """

    code: str
    name: str
    counts: Mapping[Shown, int]
    shade: int
    href: str
    orders: Mapping[Shown, str]


@page("GET", HERE, policy=READERS, summary=_("地图：哪里的点单多，哪里超时多"), query=MapQuery)
def places_map(call: Call) -> Response:
    survey = survey_of(call)
    shown = call.query.get("show") or Shown.OPEN
    tiles = _tiles(call, survey, shown)
    return show(
        call,
        "supervising_map.html",
        survey=survey,
        path=HERE,
        shown=shown,
        names=NAMES,
        tiles=tiles,
        drawing=_drawing(call, survey, shown, tiles),
        up=survey.at(parent).link(HERE, show=shown) if (parent := _above(survey)) else None,
    )


def _tiles(call: Call, survey: Survey, shown: Shown) -> list[Tile]:
    """One for each place below, with or without orders."""
    nodes = children(call, survey.node or None)
    if not nodes:
        return []
    digits = len(nodes[0].code)
    by = next((each for each, length in DIGITS.items() if length == digits), survey.below)
    late = call.ask(CountOverdue(node=survey.node, digits=digits))
    counts = {each.code: {Shown.OVERDUE: each.tasks} for each in late}
    for each in all_of(call, CompareFigures(by=by, sort=Figure.ORDERS, **survey.scope)):
        known = {view.figure: view.numerator for view in each.figures}
        counts.setdefault(each.key, {}).update({kind: known[figure] for kind, figure in FIGURES.items()})
    most = max((counts.get(node.code, {}).get(shown, 0) for node in nodes), default=0)
    return [_tile(survey, node, shown, counts.get(node.code, {}), most) for node in nodes]


def _drawing(call: Call, survey: Survey, shown: Shown, tiles: list[Tile]) -> Markup | None:
    """The outlines of the places, as far as they have been taken in; None while none has."""
    known = {each.code: each.rings for each in call.ask(ListShapes(parent=survey.node or None))}
    places = [
        Place(
            name=tile.name,
            said=f"{tile.name} {NAMES[shown]} {tile.counts[shown]}",
            shade=tile.shade,
            href=tile.href,
            rings=known[tile.code],
        )
        for tile in tiles
        if tile.code in known
    ]
    return outlines("places", _("{}的地图").format(labels.place(survey.name)), places) if places else None


def _tile(survey: Survey, node: NodeView, shown: Shown, counts: Mapping[Shown, int], most: int) -> Tile:
    there = survey.at(node.code)
    return Tile(
        code=node.code,
        name=labels.place(node.name),
        counts={kind: counts.get(kind, 0) for kind in Shown},
        shade=shade(counts.get(shown, 0), most),
        href=there.link(HERE, show=shown) if node.children else there.link("/supervising"),
        orders={
            Shown.OVERDUE: there.link("/supervising/urging", which="overdue"),
            **{kind: there.link("/supervising/orders", figure=figure) for kind, figure in FIGURES.items()},
        },
    )


def _above(survey: Survey) -> str | None:
    """The place above, where the caller may look at it."""
    codes = [code for code, _name in survey.places if survey.node.startswith(code) and code != survey.node]
    return max(codes, key=len, default=None)
