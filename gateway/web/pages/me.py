"""A member's own file: when they are free and when away, how much they take on and like to do, and the calendar of duties."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

import segno
from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, text
from gateway.policies import MEMBERS
from gateway.problems import Problem, problem_of
from gateway.routes.feeds import FeedAddress, address_of
from gateway.routes.files import LeaveDays, MemberRevision
from gateway.routing import page
from gateway.web.duty_words import WEEKDAYS
from gateway.web.forms import check, errors_of, onward, typed
from gateway.web.free_times import PARTS, grid_of, said, times_of, value, values_of
from gateway.web.labels import CITY
from gateway.web.render import show
from gateway.words import _
from services.evaluation.contracts import CertificateView, ListCertificates
from services.kit.outcomes import Refused
from services.kit.rpc import Unavailable
from services.members.contracts import (
    CardView,
    GetCard,
    GetFeed,
    GetMember,
    Leave,
    MakeFeed,
    MemberView,
    ReviseFile,
    RevokeFeed,
)
from services.members.contracts.availability import SERVICE_KINDS

HERE = "/duties/me"
MOST_UNDONE = 60
CERTIFICATES = 20
DONE = {
    "free": _("空闲时间存好了"),
    "leave": _("请假登记好了，这几天不会派单给您"),
    "cancellation": _("这段请假取消了"),
    "service": _("存好了"),
    "calendar": _("日历地址生成好了"),
    "revocation": _("日历地址停用了，谁也看不到了"),
}
UNDONE_BY = {
    "free": f"{HERE}/free",
    "leave": f"{HERE}/leave/cancellations",
    "cancellation": f"{HERE}/leave",
    "service": f"{HERE}/service",
}
"""The form that takes a step back, with what was there before."""


class MeQuery(Request):
    done = text(_("刚做完的一步"), most=20, required=False)
    undo = text(_("撤销时要交回的内容"), most=4000, required=False)


@page("GET", "/duties/me", policy=MEMBERS, summary=_("我的档案"), query=MeQuery)
def me_page(call: Call) -> Response:
    return _show(call)


@page("POST", "/duties/me/free", policy=MEMBERS, summary=_("登记每周空闲时间"))
def set_free(call: Call) -> Response:
    boxes = call.request.form.getlist("free")

    def change(before: MemberView) -> str:
        _revise(call, free=times_of(boxes))
        return urlencode([("free", box) for box in values_of(before.availability.free)])

    return _change(call, "free", change)


@page("POST", "/duties/me/leave", policy=MEMBERS, summary=_("请假"))
def add_leave(call: Call) -> Response:
    def change(before: MemberView) -> str:
        _revise(call, leave=(*before.availability.leave, _leave(typed(call))))
        return _dated(call)

    return _change(call, "leave", change)


@page("POST", "/duties/me/leave/cancellations", policy=MEMBERS, summary=_("取消请假"))
def cancel_leave(call: Call) -> Response:
    def change(before: MemberView) -> str:
        away = _leave(typed(call))
        kept = [
            each for each in before.availability.leave if (each.first, each.last) != (away.first, away.last)
        ]
        _revise(call, leave=tuple(kept))
        return _dated(call)

    return _change(call, "cancellation", change)


@page("POST", "/duties/me/service", policy=MEMBERS, summary=_("一次接几件，愿意做什么"))
def set_service(call: Call) -> Response:
    def change(before: MemberView) -> str:
        wishes = [each for each in call.request.form.getlist("wishes") if each.strip()]
        told = check(MemberRevision, {"capacity": typed(call).get("capacity", ""), "wishes": wishes})
        _revise(call, **told)
        was = before.availability
        return urlencode([("capacity", was.capacity), *(("wishes", wish) for wish in was.wishes)])

    return _change(call, "service", change)


@page("POST", "/duties/me/calendar", policy=MEMBERS, summary=_("生成任务日历的地址"))
def make_calendar(call: Call) -> Response:
    call.ask(MakeFeed())
    return onward(f"{HERE}?done=calendar#calendar")


@page("POST", "/duties/me/calendar/revocation", policy=MEMBERS, summary=_("停用任务日历的地址"))
def revoke_calendar(call: Call) -> Response:
    call.ask(RevokeFeed())
    return onward(f"{HERE}?done=revocation#calendar")


def _change(call: Call, name: str, change: Callable[[MemberView], str]) -> Response:
    """Make the change and go on, with what undoes it in hand; or show the form again with what is wrong."""
    try:
        undo = change(_me(call))
    except (Refused, Problem) as wrong:
        problem = problem_of(wrong)
        return _show(call, status=problem.status, failed=name, problem=problem)
    return onward(f"{HERE}?{urlencode({'done': name, 'undo': undo})}")


def _show(call: Call, *, status: int = 200, failed: str = "", problem: Problem | None = None) -> Response:
    me = _me(call)
    stated = me.availability
    done = call.query.get("done") or ""
    return show(
        call,
        "me.html",
        status=status,
        me=me,
        card=_card(call),
        certificates=_certificates(call),
        parts=PARTS,
        weekdays=WEEKDAYS,
        grid=grid_of(stated.free),
        box=value,
        said=said,
        leave=sorted(stated.leave, key=lambda away: away.first),
        today=call.now.astimezone(CITY).date(),
        kinds=[*SERVICE_KINDS, *(wish for wish in stated.wishes if wish not in SERVICE_KINDS)],
        feed=(feed := _feed(call)),
        qr=segno.make(feed.address, error="m").svg_data_uri(border=3, scale=4) if feed else "",
        done=DONE.get(done, ""),
        undo_at=UNDONE_BY.get(done, ""),
        undo=parse_qsl(call.query.get("undo") or "", max_num_fields=MOST_UNDONE),
        failed=failed,
        given=typed(call) if failed else {},
        errors=errors_of(problem) if problem else {},
        problem=problem.detail if problem else "",
    )


def _certificates(call: Call) -> tuple[CertificateView, ...]:
    """The newest of one's own; none while evaluation is away."""
    try:
        return call.ask(ListCertificates(member_id=call.actor.id, limit=CERTIFICATES)).items
    except Unavailable:
        return ()


def _me(call: Call) -> MemberView:
    return call.ask(GetMember(member_id=call.actor.id))


def _revise(call: Call, **stated: Any) -> None:
    call.ask(ReviseFile(member_id=call.actor.id, **stated))


def _leave(given: dict[str, str]) -> Leave:
    # The schema builds the value itself.
    found: Any = check(LeaveDays, given)
    away: Leave = found
    return away


def _dated(call: Call) -> str:
    given = typed(call)
    return urlencode([(name, given[name]) for name in ("first", "last", "reason") if given.get(name)])


def _card(call: Call) -> CardView | None:
    try:
        return call.ask(GetCard(member_id=call.actor.id))
    except (Refused, Unavailable):
        return None


def _feed(call: Call) -> FeedAddress | None:
    """None while there is no address."""
    try:
        return address_of(call, call.ask(GetFeed()))
    except Refused:
        return None
