"""What takes too long: overdue, urged and escalated tasks, with the button to urge; and who gets what nobody takes."""

from __future__ import annotations

from enum import StrEnum

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Paged, Request, option, text, whole
from gateway.policies import READERS, RULE_SETTERS, SUPERVISORS
from gateway.problems import Problem
from gateway.routes.tasks import Remark
from gateway.routing import page
from gateway.tables import Format, as_file
from gateway.web import supervising_files
from gateway.web.forms import check, errors_of, local, onward, typed
from gateway.web.render import show
from gateway.web.survey import Survey, SurveyQuery, orders_of, survey_of
from gateway.words import _
from services.dispatch.contracts import (
    GetLastResort,
    HandKind,
    LastResortView,
    ListTasks,
    SetLastResort,
    TaskView,
    UnsetLastResort,
    UrgeTask,
)
from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.members.contracts import ListUnits, UnitView

HERE = "/supervising/urging"
RESORT = "/supervising/last-resort"
SHOWN = 20
UNITS_SHOWN = 200


class Which(StrEnum):
    OVERDUE = "overdue"
    URGED = "urged"
    ESCALATED = "escalated"


NAMES = {Which.OVERDUE: _("超时的"), Which.URGED: _("督办过的"), Which.ESCALATED: _("已上报的")}


class UrgingQuery(Paged, SurveyQuery):
    which = option(Which, _("看哪些"))
    done = text(_("刚做完的一步"), most=20, required=False)
    format = option(Format, _("下载为文件"))


class Resorting(Request):
    """``unit_id`` left empty: the street decides each time."""

    most_returns = whole(_("第几次退单起由街道兜底"), least=1, most=20, required=True)
    unit_id = text(_("兜底的单位"), most=40, required=False)


@page("GET", HERE, policy=READERS, summary=_("超时、督办和上报的任务"), query=UrgingQuery)
def urging(call: Call) -> Response:
    return _show(call)


@page("POST", f"{HERE}/{{task_id}}", policy=SUPERVISORS, summary=_("督办一个任务"))
def urge(call: Call) -> Response:
    given = typed(call)
    back = local(given.get("back") or HERE)
    try:
        call.ask(UrgeTask(task_id=call.path["task_id"], **check(Remark, given)))
    except Refused as refused:
        return _show(call, status=refused.status, problem=refused.message)
    return onward(f"{back}{'&' if '?' in back else '?'}done=urged")


@page("GET", RESORT, policy=RULE_SETTERS, summary=_("兜底单位"), query=UrgingQuery)
def last_resort(call: Call) -> Response:
    return _show_resort(call, survey_of(call), given=None, errors={})


@page("POST", RESORT, policy=RULE_SETTERS, summary=_("指定兜底单位"))
def name_last_resort(call: Call) -> Response:
    given = typed(call)
    node = given.get("node", "")
    call.query["node"] = node
    try:
        told = check(Resorting, given)
        unit_id = told.pop("unit_id", None)
        hand = {"hand_kind": HandKind.UNIT, "hand_id": unit_id} if unit_id else {}
        call.ask(SetLastResort(node=node, **told, **hand))
    except Problem as problem:
        return _show_resort(
            call, survey_of(call), given=given, errors=errors_of(problem), status=problem.status
        )
    except Refused as refused:
        return _show_resort(
            call,
            survey_of(call),
            given=given,
            errors={refused.field or "unit_id": refused.message},
            status=refused.status,
        )
    return onward(f"{RESORT}?node={node}&done=named")


@page("POST", f"{RESORT}/reset", policy=RULE_SETTERS, summary=_("沿用上级的兜底单位"))
def give_up_last_resort(call: Call) -> Response:
    node = typed(call).get("node", "")
    call.query["node"] = node
    try:
        call.ask(UnsetLastResort(node=node))
    except Refused as refused:
        return _show_resort(
            call,
            survey_of(call),
            given=None,
            errors={"most_returns": refused.message},
            status=refused.status,
        )
    return onward(f"{RESORT}?node={node}&done=reset")


def _show(call: Call, *, status: int = 200, problem: str = "") -> Response:
    survey = survey_of(call)
    which = call.query.get("which") or Which.OVERDUE

    def read(cursor: str | None, limit: int) -> Page[TaskView]:
        return call.ask(
            ListTasks(
                node=survey.node,
                overdue=which is Which.OVERDUE,
                urged=which is Which.URGED,
                escalated=which is Which.ESCALATED,
                cursor=cursor,
                limit=limit,
            )
        )

    if made := call.query.get("format"):
        return as_file(supervising_files.late_tasks(call, read), f"{which}-{survey.node}", made)
    found = read(call.query.get("cursor"), SHOWN)
    orders = dict(orders_of(call, tuple(task.order_ids[0] for task in found.items)))
    hands = (hand for task in found.items for hand in (task.member_id, task.unit_id))
    return show(
        call,
        "supervising_urging.html",
        status=status,
        survey=survey,
        path=HERE,
        which=which,
        names=NAMES,
        tasks=[(task, orders.get(task.order_ids[0])) for task in found.items],
        places=call.desk.names.of_places(task.community_code for task in found.items),
        hands=call.desk.names.of_hands(hands, call.actor),
        now=call.now,
        category=call.desk.names.of_category,
        done=call.query.get("done"),
        problem=problem,
        again=survey.link(HERE, which=which),
        link=lambda **changed: survey.link(HERE, which=which, **changed),
        more=survey.link(HERE, which=which, cursor=found.next) if found.next else None,
        resort=survey.link(RESORT) if RULE_SETTERS.admits(call.actor) else None,
    )


def _show_resort(
    call: Call, survey: Survey, *, given: dict[str, str] | None, errors: dict[str, str], status: int = 200
) -> Response:
    rule: LastResortView = call.ask(GetLastResort(node=survey.node))
    units: tuple[UnitView, ...] = call.ask(ListUnits(node=survey.node[:6], limit=UNITS_SHOWN)).items
    now = {"most_returns": str(rule.most_returns), "unit_id": rule.hand_id or ""}
    return show(
        call,
        "supervising_last_resort.html",
        status=status,
        survey=survey,
        path=RESORT,
        rule=rule,
        set_at=call.desk.names.of_places([rule.set_at_node]).get(rule.set_at_node or ""),
        units=units,
        given=now if given is None else given,
        errors=errors,
        done=None if errors else call.query.get("done"),
    )
