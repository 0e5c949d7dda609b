"""The visit log on a phone: what was visited, what is due, one visit, and recording the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from typing import Any
from urllib.parse import urlencode

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, flag, text
from gateway.orders_behind import orders_behind
from gateway.policies import VISIT_READERS, VISITORS
from gateway.problems import Problem, from_refused
from gateway.routes.orders import Purpose
from gateway.routes.visits import DoorFiling, NewVisit, VisitCorrection, VisitQuery, named, present
from gateway.routing import page
from gateway.web import labels
from gateway.web.desk_places import LOOKERS, own_nodes, visiting_places
from gateway.web.forms import check, errors_of, onward, typed
from gateway.web.render import show
from gateway.web.uploads import MOST_BYTES, received
from gateway.words import _
from services.intake.contracts import (
    CorrectVisit,
    FileFromVisit,
    GetVisit,
    ListVisits,
    OrderPlaced,
    RecordVisit,
    RevealHousehold,
    VisitDetail,
    VisitFigures,
    VisitKind,
)
from services.kit.ids import new_id
from services.kit.outcomes import Refused
from services.kit.rpc import Unavailable

PER_PAGE = 20
DUE_WITHIN = timedelta(days=7)
MORNING = time(9)
ASKED = ("words", "phone", "name", "address", "emergency", "private")
"""The fields of a form that belong to the order asked for at the door."""

DONE = {"recorded": _("走访记下了"), "corrected": _("改好了，原来的内容留存着")}


class LogQuery(VisitQuery):
    due = flag(_("看该去走访的"))


class VisitFormQuery(Request):
    again = text(_("再次走访：上一次的编号"), most=40, required=False)
    about = text(_("回访的点单"), most=40, required=False)
    place = text(_("走访地点"), most=21, required=False)


class DoneQuery(Request):
    done = text(_("刚做完的一步"), most=20, required=False)


@page("GET", "/visits", policy=VISIT_READERS, summary=_("走访日志：我的、全部、该去的"), query=LogQuery)
def visit_log(call: Call) -> Response:
    asked = present(call.query)
    due, cursor = bool(asked.pop("due", False)), asked.pop("cursor", None)
    until = (call.now + DUE_WITHIN).astimezone(labels.CITY).date()
    wanted = {**asked, "due_by": until} if due else asked
    found = named(call, call.ask(ListVisits(**{**wanted, "cursor": cursor, "limit": PER_PAGE})))
    kept = {name: "true" if value is True else str(value) for name, value in asked.items()}
    kept |= {"due": "true"} if due else {}
    return show(
        call,
        "visits.html",
        visits=found.items,
        due=due,
        mine=bool(asked.get("mine")),
        today=call.now.astimezone(labels.CITY).date(),
        records=VISITORS.admits(call.actor),
        figures=None if due or asked.get("mine") else _figures(call),
        paged=cursor is not None,
        export="/api/v1/exports/visits?"
        + urlencode({**kept, "format": "xlsx"} if not due else {"format": "xlsx"}),
        more=f"/visits?{urlencode({**kept, 'cursor': found.next})}" if found.next else "",
    )


@page("GET", "/visits/new", policy=VISITORS, summary=_("登记走访：一页填完"), query=VisitFormQuery)
def new_visit(call: Call) -> Response:
    kept = {name: value for name, value in call.query.items() if value}
    if "about" in kept:
        kept["kind"] = VisitKind.FOLLOW_UP.value
    return _form(call, kept, {}, new_id())


@page("POST", "/visits/new", policy=VISITORS, summary=_("提交走访记录"), most=MOST_BYTES)
def record_visit_page(call: Call) -> Response:
    given = typed(call)
    key = given.get("key") or new_id()
    photos, wrong = received(call)
    if photos and not given.get("words"):
        wrong = {"words": _("有照片，请写一下要办什么事")} | wrong
    if wrong:
        return _form(call, given, wrong, key, photos=photos)
    try:
        body = present(check(NewVisit, _visit_of(given, photos)))
        recorded = replace(call, key=key).ask(RecordVisit(**{"place": "", **body}))
    except Problem as problem:
        return _form(call, given, errors_of(problem), key, photos=photos)
    except Refused as refused:
        errors = errors_of(from_refused(refused))
        return _form(call, given, errors, key, "" if errors else refused.message, photos=photos)
    if recorded.placed:
        return _one(call, recorded.visit.visit_id, done=DONE["recorded"], placed=recorded.placed, status=201)
    return onward(f"/visits/{recorded.visit.visit_id}?done=recorded")


@page("GET", "/visits/{visit_id}", policy=VISIT_READERS, summary=_("一次走访"), query=DoneQuery)
def visit_page(call: Call) -> Response:
    return _one(call, call.path["visit_id"], done=DONE.get(call.query.get("done") or "", ""))


@page("POST", "/visits/{visit_id}/correction", policy=VISITORS, summary=_("更正走访记录"))
def correct_visit_page(call: Call) -> Response:
    given = typed(call)

    def correct() -> Response:
        body = present(check(VisitCorrection, _timed(given)))
        call.ask(CorrectVisit(visit_id=call.path["visit_id"], **body))
        return onward(f"/visits/{call.path['visit_id']}?done=corrected")

    return _or_told(call, given, correct)


@page("POST", "/visits/{visit_id}/orders", policy=VISITORS, summary=_("从走访中报单"), most=MOST_BYTES)
def file_from_visit_page(call: Call) -> Response:
    given = typed(call)
    photos, wrong = received(call)
    if wrong:
        problem = "；".join(str(each) for each in wrong.values())
        return _one(call, call.path["visit_id"], problem=problem, given=given, photos=photos, status=422)

    def file() -> Response:
        body = check(DoorFiling, {"order": _order_of(given, photos)})
        keyed = replace(call, key=given.get("key"))
        placed = keyed.ask(FileFromVisit(visit_id=call.path["visit_id"], **body)).placed
        return _one(call, call.path["visit_id"], placed=placed, status=201)

    return _or_told(call, given, file)


@page("POST", "/visits/{visit_id}/household", policy=VISITORS, summary=_("查看是哪一户，留痕"))
def household_page(call: Call) -> Response:
    given = typed(call)

    def reveal() -> Response:
        told = call.ask(RevealHousehold(visit_id=call.path["visit_id"], **check(Purpose, given)))
        return _one(call, call.path["visit_id"], household=told.household or _("没有记下"))

    return _or_told(call, given, reveal)


def _or_told(call: Call, given: dict[str, str], act: Callable[[], Response]) -> Response:
    """What ``act`` answers, or the page of the visit with what was wrong and what was typed."""
    try:
        return act()
    except Problem as problem:
        errors = errors_of(problem)
        return _one(call, call.path["visit_id"], problem="；".join(errors.values()), given=given, status=422)
    except Refused as refused:
        return _one(call, call.path["visit_id"], problem=refused.message, given=given, status=refused.status)


def _visit_of(given: dict[str, str], photos: tuple[str, ...]) -> dict[str, Any]:
    order = _order_of(given, photos) if given.get("words") else None
    return {**_timed(given), **({"order": order} if order else {})}


def _timed(given: dict[str, str]) -> dict[str, str]:
    """The form says a day of the city where the request takes a moment; today is now."""
    told = {name: value for name, value in given.items() if name != "day" and value}
    if given.get("day"):
        told["visited_at"] = f"{given['day']}T{MORNING:%H:%M}:00+08:00"
    return told


def _order_of(given: dict[str, str], photos: tuple[str, ...]) -> dict[str, Any]:
    order: dict[str, Any] = {name: given[name] for name in ASKED if given.get(name)}
    contact = {name: order.pop(name) for name in ("name", "phone") if name in order}
    return {
        **order,
        **({"contact": contact} if contact else {}),
        **({"photos": list(photos)} if photos else {}),
    }


def _form(
    call: Call,
    given: dict[str, str],
    errors: dict[str, str],
    key: str,
    problem: str = "",
    *,
    photos: tuple[str, ...] = (),
) -> Response:
    before = _detail(call, given["again"]) if given.get("again") else None
    return show(
        call,
        "visit_new.html",
        status=422 if errors or problem else 200,
        places=visiting_places(call),
        kinds=[kind for kind in VisitKind if (kind is VisitKind.FOLLOW_UP) == bool(given.get("about"))],
        before=before.visit if before else None,
        before_place=call.desk.names.of_places([before.visit.place]).get(before.visit.place, "")
        if before
        else "",
        given=given,
        errors=errors,
        photos=photos,
        problem=problem or (_("有几处要改，见红字") if errors else ""),
        key=key,
    )


def _one(
    call: Call,
    visit_id: str,
    *,
    done: str = "",
    problem: str = "",
    given: dict[str, str] | None = None,
    placed: OrderPlaced | None = None,
    household: str | None = None,
    photos: tuple[str, ...] = (),
    status: int = 200,
) -> Response:
    detail = _detail(call, visit_id)
    visit = detail.visit
    names = call.desk.names.of_hands([visit.recorded_by], call.actor)
    return show(
        call,
        "visit.html",
        status=status,
        detail=detail,
        visit=visit,
        place_name=call.desk.names.of_places([visit.place]).get(visit.place, visit.place),
        recorder=names.get(visit.recorded_by, ""),
        orders=orders_behind(call, (*visit.order_ids, *([visit.about] if visit.about else []))).values(),
        kinds=[kind for kind in VisitKind if (kind is VisitKind.FOLLOW_UP) == (visit.about is not None)],
        household=visit.household or household,
        placed=placed,
        photos=photos,
        done=done,
        problem=problem,
        given=given or {},
        key=new_id(),
    )


def _detail(call: Call, visit_id: str) -> VisitDetail:
    return call.ask(GetVisit(visit_id=visit_id))


def _figures(call: Call) -> list[dict[str, Any]]:
    """The last 30 days of the caller's own places, grid by grid."""
    shown = []
    for node in own_nodes(call, LOOKERS)[:1]:
        try:
            found = call.ask(VisitFigures(node=node))
        except (Refused, Unavailable):
            continue
        names = call.desk.names.of_places(each.place for each in found.grids)
        shown = [{"name": names.get(each.place, each.place), "figures": each} for each in found.grids]
    return shown
