"""The visit log (走访日志): recording visits, filing orders from them, correcting, counting, exporting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import fields, post_load
from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Paged, Request, choice, day, flag, moment, photos, text
from gateway.policies import VISIT_READERS, VISITORS
from gateway.routes.orders import ContactIn, Purpose
from gateway.routing import API, route
from gateway.tables import Format, as_file
from gateway.web import labels
from gateway.words import _
from services.intake.contracts import (
    CorrectVisit,
    FileFromVisit,
    GetVisit,
    HouseholdRevealed,
    ListVisits,
    RecordVisit,
    RevealHousehold,
    VisitDetail,
    VisitedOrder,
    VisitFigures,
    VisitFiguresView,
    VisitKind,
    VisitRecorded,
    VisitView,
)
from services.kit.asking import Page


class DoorOrder(Request):
    words = text(_("诉求内容"), least=2, most=2000)
    category = text(_("类别"), most=50, required=False)
    contact = fields.Nested(ContactIn, metadata={"description": _("联系方式，加密保存")})
    address = text(_("地址，加密保存"), most=200, required=False)
    photos = photos()
    emergency = flag(_("紧急"))
    private = flag(_("不公开"))

    @post_load
    def build(self, data: dict[str, Any], **_kwargs: Any) -> VisitedOrder:
        return VisitedOrder(**data)


class NewVisit(Request):
    place = text(
        _("走访地点：社区、网格、楼栋或中心户的代码；再次走访同一户时可不填"), most=21, required=False
    )
    kind = choice(VisitKind, _("走访类别"))
    found = text(_("走访情况"), least=2, most=1000)
    household = text(_("哪一户，加密保存"), most=50, required=False)
    visited_at = moment(_("走访时间，默认现在"))
    next_due = day(_("下次走访不晚于哪一天"))
    about = text(_("回访的点单"), most=40, required=False)
    again = text(_("再次走访：上一次走访的编号，地点和住户与那次相同"), most=40, required=False)
    order = fields.Nested(DoorOrder, allow_none=True, metadata={"description": _("当场代报的点单")})


class DoorFiling(Request):
    order = fields.Nested(DoorOrder, required=True)


class VisitCorrection(Request):
    kind = choice(VisitKind, _("走访类别"), required=False)
    found = text(_("走访情况"), least=2, most=1000, required=False)
    household = text(_("哪一户，加密保存"), most=50, required=False)
    visited_at = moment(_("走访时间"))
    next_due = day(_("下次走访不晚于哪一天"))
    never_due = flag(_("不再安排下次走访"))


class VisitFilter(Request):
    node = text(_("只看这个地方（区划代码）及其下级"), most=21, required=False)
    mine = flag(_("只看自己登记的"))
    recorded_by = text(_("只看这个人登记的"), most=40, required=False)
    kind = choice(VisitKind, _("只看这一类"), required=False)
    since = day(_("从哪一天起（含）"))
    until = day(_("到哪一天止（含）"))
    due_by = day(_("改看到这一天该再走访而还没有去的，最久的在前"))
    order_id = text(_("只看报出或回访了这张点单的"), most=40, required=False)


class VisitQuery(Paged, VisitFilter):
    """A page of the log."""


class VisitExport(VisitFilter):
    format = choice(Format, _("文件格式，默认 csv"), required=False)


class VisitPeriod(Request):
    node = text(_("哪个地方（区划代码）及其下级"), most=21)
    since = day(_("从哪一天起（含）；默认 30 天"))
    until = day(_("到哪一天止（含）；默认今天"))


@dataclass(frozen=True, kw_only=True)
class ListedVisit(VisitView):
    """A visit with names; ``recorder_name`` is null where the caller may not know it."""

    place_name: str | None
    recorder_name: str | None


@route(
    "POST",
    "/visits",
    policy=VISITORS,
    summary=_("登记一次走访，可当场代报点单"),
    tag="visits",
    body=NewVisit,
    answer=VisitRecorded,
    status=201,
    creates=True,
)
def record_visit(call: Call) -> VisitRecorded:
    recorded = call.ask(RecordVisit(**{"place": "", **present(call.body)}))
    call.headers["Location"] = f"{API}/visits/{recorded.visit.visit_id}"
    return recorded


@route(
    "GET",
    "/visits",
    policy=VISIT_READERS,
    summary=_("走访日志，新的在前；或到期该再走访的"),
    tag="visits",
    query=VisitQuery,
    answer=Page[ListedVisit],
)
def list_visits(call: Call) -> Page[ListedVisit]:
    return named(call, call.ask(ListVisits(**present(call.query))))


@route(
    "GET",
    "/visits/figures",
    policy=VISIT_READERS,
    summary=_("走访统计：按网格的次数、户数、报单数和到期数"),
    tag="visits",
    query=VisitPeriod,
    answer=VisitFiguresView,
)
def visit_figures(call: Call) -> VisitFiguresView:
    return call.ask(VisitFigures(**call.query))


@route(
    "GET",
    "/exports/visits",
    policy=VISIT_READERS,
    summary=_("把走访日志导出为文件；不含住户"),
    tag="visits",
    query=VisitExport,
    answer=bytes,
)
def export_visits(call: Call) -> Response:
    wanted = present(call.query)
    made = wanted.pop("format", Format.CSV)
    return as_file(_rows(call, wanted), "visits", made)


@route(
    "GET", "/visits/{visit_id}", policy=VISIT_READERS, summary=_("一次走访"), tag="visits", answer=VisitDetail
)
def get_visit(call: Call) -> VisitDetail:
    return call.ask(GetVisit(visit_id=call.path["visit_id"]))


@route(
    "POST",
    "/visits/{visit_id}/orders",
    policy=VISITORS,
    summary=_("从一次走访代报点单"),
    tag="visits",
    body=DoorFiling,
    answer=VisitRecorded,
    status=201,
    creates=True,
)
def file_from_visit(call: Call) -> VisitRecorded:
    return call.ask(FileFromVisit(visit_id=call.path["visit_id"], **call.body))


@route(
    "POST",
    "/visits/{visit_id}/correction",
    policy=VISITORS,
    summary=_("一天之内更正自己登记的走访，原来的内容留存"),
    tag="visits",
    body=VisitCorrection,
    answer=VisitView,
)
def correct_visit(call: Call) -> VisitView:
    return call.ask(CorrectVisit(visit_id=call.path["visit_id"], **present(call.body)))


@route(
    "POST",
    "/visits/{visit_id}/household-views",
    policy=VISITORS,
    summary=_("查看走访的是哪一户（每次留痕）"),
    tag="visits",
    body=Purpose,
    answer=HouseholdRevealed,
    status=201,
)
def reveal_household(call: Call) -> HouseholdRevealed:
    return call.ask(RevealHousehold(visit_id=call.path["visit_id"], **call.body))


def present(told: dict[str, Any]) -> dict[str, Any]:
    """Without what is null: that is the same as left out."""
    return {name: value for name, value in told.items() if value is not None}


def named(call: Call, page: Page[VisitView]) -> Page[ListedVisit]:
    places = call.desk.names.of_places(visit.place for visit in page.items)
    people = call.desk.names.of_hands((visit.recorded_by for visit in page.items), call.actor)
    return Page(
        items=tuple(
            ListedVisit(
                **vars(visit),
                place_name=places.get(visit.place),
                recorder_name=people.get(visit.recorded_by),
            )
            for visit in page.items
        ),
        next=page.next,
    )


COLUMNS = (
    _("走访时间"),
    _("地点"),
    _("地点代码"),
    _("走访人"),
    _("类别"),
    _("情况"),
    _("下次走访"),
    _("代报的点单"),
)


def _rows(call: Call, wanted: dict[str, Any]) -> Iterator[Sequence[str]]:
    yield COLUMNS
    cursor: str | None = None
    while True:
        page = named(call, call.ask(ListVisits(**wanted, cursor=cursor, limit=200)))
        for visit in page.items:
            yield (
                labels.moment(visit.visited_at),
                visit.place_name or "",
                visit.place,
                visit.recorder_name or "",
                labels.VISIT_KINDS[visit.kind],
                visit.found,
                visit.next_due.isoformat() if visit.next_due else "",
                " ".join(visit.order_ids),
            )
        cursor = page.next
        if cursor is None:
            return
