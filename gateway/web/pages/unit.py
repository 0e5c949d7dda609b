"""A unit as its leader sees it: who has how much in hand, what the unit is asked for, what it has promised its community."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.duties import duties_of, led
from gateway.fields import Request, choice, day, text
from gateway.parsing import number_of
from gateway.policies import only
from gateway.problems import Problem, kind_of, problem_of
from gateway.routes.pairings import JointDone
from gateway.routing import page
from gateway.unit_load import colleagues_of
from gateway.web.duty_clock import clock_of
from gateway.web.forms import check, errors_of, onward, typed
from gateway.web.labels import CITY
from gateway.web.render import show
from gateway.words import _
from services.dispatch.contracts import (
    Answerable,
    HandKind,
    LapseView,
    ListLapses,
    ListTasks,
    State,
    TaskView,
)
from services.evaluation.contracts import Ledger
from services.kit.asking import Ask, Page
from services.kit.outcomes import Refused
from services.kit.rpc import Unavailable
from services.members.contracts import (
    JOINT_FIELDS,
    AddCommitments,
    Commitment,
    GetUnit,
    JointField,
    KeepCommitment,
    ListPairings,
    Role,
    UnitView,
)

LEADERS = only(Role.UNIT_LEADER)
NOW = (State.REGISTERED, State.ASSIGNED, State.ACTING)
SHOWN = 20
QUARTER = timedelta(days=90)
DONE = {"kept": _("完成情况登记好了"), "added": _("共建事项加好了")}


class UnitQuery(Request):
    unit = text(_("哪个单位"), most=40, required=False)
    cursor = text(_("翻页标记"), most=500, required=False)
    done = text(_("刚做完的一步"), most=20, required=False)


class NewJoint(Request):
    field = choice(JointField, _("六联的哪一项"))
    words = text(_("共建事项"), most=200)
    due = day(_("哪天以前完成"), required=True)


@page("GET", "/unit", policy=LEADERS, summary=_("我的单位：人手、派单、结对共建"), query=UnitQuery)
def unit_page(call: Call) -> Response:
    return _show(call, done=DONE.get(call.query.get("done") or "", ""))


@page(
    "POST",
    "/unit/pairings/{pairing_id}/items/{number}",
    policy=LEADERS,
    summary=_("登记一项共建事项的完成情况"),
)
def keep_joint(call: Call) -> Response:
    def ask() -> Ask[Any]:
        number = number_of(call.path["number"], "number")
        told = check(JointDone, typed(call))
        return KeepCommitment(pairing_id=call.path["pairing_id"], number=number, **told)

    return _take(call, "kept", ask)


@page("POST", "/unit/pairings/{pairing_id}/items", policy=LEADERS, summary=_("增加一项共建事项"))
def add_joint(call: Call) -> Response:
    def ask() -> Ask[Any]:
        more = Commitment(**check(NewJoint, typed(call)))
        return AddCommitments(pairing_id=call.path["pairing_id"], commitments=(more,))

    return _take(call, "added", ask)


def _take(call: Call, name: str, ask: Callable[[], Ask[Any]]) -> Response:
    try:
        call.ask(ask())
    except (Refused, Problem) as wrong:
        problem = problem_of(wrong)
        return _show(call, status=problem.status, failed=name, problem=problem)
    kept = urlencode({"done": name, **({"unit": unit} if (unit := typed(call).get("unit")) else {})})
    return onward(f"/unit?{kept}#pairings")


def _show(
    call: Call, *, status: int = 200, done: str = "", failed: str = "", problem: Problem | None = None
) -> Response:
    led_units = led(call.actor, HandKind.UNIT)
    unit = _unit(call, led_units)
    today = call.now.astimezone(CITY).date()
    tasks = call.ask(ListTasks(mine=True, states=NOW, limit=SHOWN))
    others = set(led_units) - {unit.unit_id}
    duties = duties_of(call, tuple(task for task in tasks.items if not _of(task) or _of(task) - others))
    return show(
        call,
        "unit.html",
        live="duties",
        status=status,
        unit=unit,
        units=call.desk.names.of_hands(led_units, call.actor) if len(led_units) > 1 else {},
        people=colleagues_of(call, unit.unit_id, today, cursor=call.query.get("cursor")),
        offers=[duty for duty in duties if duty.asked],
        duties=[duty for duty in duties if not duty.asked],
        clocks={duty.task.task_id: clock_of(duty, call.now) for duty in duties},
        names=call.desk.names.of_hands((task.member_id for task in tasks.items), call.actor),
        pairings=call.ask(ListPairings(unit_id=unit.unit_id)).items,
        fields=JOINT_FIELDS,
        lapses=_lapses(call, unit, today),
        points=_points(call, unit),
        done=done,
        failed=failed,
        at=(call.path.get("pairing_id"), call.path.get("number")),
        given=typed(call) if failed else {},
        errors=errors_of(problem) if problem else {},
        problem=problem.detail if problem else "",
    )


def _unit(call: Call, led_units: tuple[str, ...]) -> UnitView:
    """The unit that was chosen of those that the caller leads, or the first. Raises Problem (403)."""
    wanted = call.query.get("unit") or typed(call).get("unit") or next(iter(led_units), "")
    if wanted not in led_units:
        raise Problem("not-allowed", 403, kind_of("not-allowed").meaning)
    return call.ask(GetUnit(unit_id=wanted))


def _of(task: TaskView) -> set[str]:
    """The units that were asked or answer for the task."""
    asked = task.hand_id if task.hand_kind is HandKind.UNIT else None
    return {unit for unit in (asked, task.unit_id, task.duty_unit_id) if unit}


def _lapses(call: Call, unit: UnitView, today: date) -> Page[LapseView] | None:
    """What is held against the unit in the last quarter, newest first; None while those who know are away."""
    asked = ListLapses(
        node=unit.district_code,
        of=Answerable.UNIT,
        id=unit.unit_id,
        since=today - QUARTER,
        until=today,
        limit=SHOWN,
    )
    try:
        return call.ask(asked)
    except (Refused, Unavailable):
        return None


def _points(call: Call, unit: UnitView) -> int | None:
    try:
        return call.ask(Ledger(holder_id=unit.unit_id, limit=1)).total
    except (Refused, Unavailable):
        return None
