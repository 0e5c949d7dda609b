"""Who did not act, named, and the evidence of it: each piece with its order and its time."""

from __future__ import annotations

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Paged, choice, option
from gateway.parsing import one_of
from gateway.policies import READERS
from gateway.routing import page
from gateway.tables import Format, as_file
from gateway.web import labels, supervising_files
from gateway.web.render import show
from gateway.web.survey import SurveyQuery, orders_of, survey_of
from gateway.words import _
from services.dispatch.contracts import Answerable, CountLapses, LapseCount, LapseKind, LapseView, ListLapses
from services.kit.asking import Page

HERE = "/supervising/lapses"
SHOWN = 30
NAMES = {
    Answerable.UNIT: _("单位"),
    Answerable.MEMBER: _("党员"),
    Answerable.COMMUNITY: _("社区"),
}


class LapsesQuery(Paged, SurveyQuery):
    kind = choice(LapseKind, _("只看这一种"), required=False)
    format = option(Format, _("下载为文件"))


@page("GET", f"{HERE}/{{of}}", policy=READERS, summary=_("谁没有办，次数多的在前"), query=LapsesQuery)
def lapses(call: Call) -> Response:
    survey = survey_of(call)
    of = one_of(Answerable, call.path["of"], "of")
    here = f"{HERE}/{of}"

    def read(cursor: str | None, limit: int) -> Page[LapseCount]:
        return call.ask(CountLapses(of=of, cursor=cursor, limit=limit, **survey.scope))

    if made := call.query.get("format"):
        return as_file(supervising_files.lapse_counts(call, of, read), f"lapses-{of}-{survey.node}", made)
    found = read(call.query.get("cursor"), SHOWN)
    ids = [each.id for each in found.items]
    names = call.desk.names
    known = names.of_places(ids) if of is Answerable.COMMUNITY else names.of_hands(ids, call.actor)
    return show(
        call,
        "supervising_lapses.html",
        survey=survey,
        path=here,
        of=of,
        names=NAMES,
        rows=[(each, known.get(each.id), survey.link(f"{here}/{each.id}")) for each in found.items],
        kinds=[kind for kind in labels.LAPSES if any(kind in each.kinds for each in found.items)],
        more=survey.link(here, cursor=found.next) if found.next else None,
        link=lambda **changed: survey.link(here, **changed),
    )


@page(
    "GET",
    f"{HERE}/{{of}}/{{id}}",
    policy=READERS,
    summary=_("一个单位、党员或社区的每一次"),
    query=LapsesQuery,
)
def evidence(call: Call) -> Response:
    survey = survey_of(call)
    of = one_of(Answerable, call.path["of"], "of")
    held = call.path["id"]
    kind = call.query.get("kind")

    def read(cursor: str | None, limit: int) -> Page[LapseView]:
        return call.ask(ListLapses(of=of, id=held, kind=kind, cursor=cursor, limit=limit, **survey.scope))

    if made := call.query.get("format"):
        return as_file(supervising_files.evidence(call, read), f"lapses-{of}-{held}", made)
    found = read(call.query.get("cursor"), SHOWN)
    names = call.desk.names
    ids = {held, *(each.by for each in found.items), *(each.member_id for each in found.items)}
    hands = names.of_hands(ids, call.actor)
    known = {**hands, **names.of_places([held, *(each.community_code for each in found.items)])}
    orders = dict(orders_of(call, tuple(each.order_ids[0] for each in found.items)))
    here = f"{HERE}/{of}/{held}"
    return show(
        call,
        "supervising_evidence.html",
        survey=survey,
        path=here,
        above=survey.link(f"{HERE}/{of}"),
        title=known.get(held) or held,
        kind=kind,
        kinds=labels.LAPSES,
        rows=[(each, orders.get(each.order_ids[0])) for each in found.items],
        known=known,
        more=survey.link(here, kind=kind, cursor=found.next) if found.next else None,
        link=lambda **changed: survey.link(here, kind=kind, **changed),
    )
