"""What a supervisor looks at: a place and a period, kept in the address of every page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from gateway.call import Call
from gateway.fields import Request, day, text
from gateway.order_file import ListedOrder, listed
from gateway.policies import READERS
from gateway.web import labels
from gateway.web.places import choices_at, top
from gateway.words import _
from services.evaluation.contracts import By, Per
from services.intake.contracts import ListOrders

USUAL = timedelta(days=89)
"""Before the last day, so that both ends included a period is 90 days long."""
LEVELS = {2: By.CITY, 4: By.DISTRICT, 6: By.STREET, 9: By.COMMUNITY}
FEW_DAYS, MANY_DAYS = 31, 200


class SurveyQuery(Request):
    node = text(_("地方（区划代码）"), most=20, required=False)
    since = day(_("点单日期从（含）"))
    until = day(_("点单日期到（含）"))


@dataclass(frozen=True, kw_only=True)
class Survey:
    """``places`` are those that can be chosen instead; ``error`` says what was wrong with the days asked for."""

    node: str
    name: str
    since: date
    until: date
    places: tuple[tuple[str, str], ...]
    error: str = ""

    @property
    def scope(self) -> dict[str, Any]:
        """The fields of the asks that are about a place and a period."""
        return {"node": self.node, "since": self.since, "until": self.until}

    @property
    def below(self) -> By:
        """The level that is compared at this place: the next one down."""
        return LEVELS.get(len(self.node), By.GRID if self.node else By.CITY)

    @property
    def per(self) -> Per:
        """Periods of a length that gives a line of some ten to thirty points."""
        days = (self.until - self.since).days
        return Per.DAY if days < FEW_DAYS else Per.WEEK if days < MANY_DAYS else Per.MONTH

    @property
    def words(self) -> str:
        return _("{} 至 {}").format(labels.date_words(self.since), labels.date_words(self.until))

    def link(self, path: str, **more: object) -> str:
        """Another page about the same place and period."""
        asked = {"node": self.node, "since": self.since, "until": self.until, **more}
        return f"{path}?{urlencode({name: value for name, value in asked.items() if value not in (None, '', False)})}"

    def at(self, node: str) -> Survey:
        return replace(self, node=node)


def survey_of(call: Call) -> Survey:
    """From the address; by itself the caller's own place and the last 90 days."""
    today = call.now.astimezone(labels.CITY).date()
    until = call.query.get("until") or today
    since = call.query.get("since") or until - USUAL
    error = ""
    if since > until:
        since, error = until - USUAL, _("起始日期不能晚于截止日期，已改为最近 90 天")
    node = call.query.get("node") or own_node(call)
    places = tuple(
        (code, name)
        for code, name in choices_at(call, node)
        if any(grant.covers(code) for grant in call.actor.grants if grant.role in READERS.roles)
    )
    name = call.desk.names.of_places([node]).get(node, node)
    return Survey(node=node, name=name, since=since, until=until, places=places, error=error)


def own_node(call: Call) -> str:
    """The widest place that the caller answers for; whoever answers for everything begins at the lowest whole."""
    nodes = call.actor.nodes_of(*READERS.roles)
    widest = min(nodes, key=len, default="")
    whole = top(call)
    return whole if whole.startswith(widest) else widest


def orders_of(call: Call, ids: tuple[str, ...]) -> list[tuple[str, ListedOrder | None]]:
    """The orders in the order of their ids; None for those whose words the caller may not read."""
    if not ids:
        return []
    found = listed(call, call.ask(ListOrders(ids=tuple(dict.fromkeys(ids)), limit=len(ids))))
    known = {order.order_id: order for order in found.items}
    return [(each, known.get(each)) for each in ids]
