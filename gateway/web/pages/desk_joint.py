"""Several hands on one order, at the desk: the street's whistle, doing without a part, units and teams ranked."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.policies import SUPERVISORS, TRIAGE
from gateway.problems import Problem, from_refused
from gateway.routes.matching import Search
from gateway.routes.parts import Whistle
from gateway.routes.tasks import Reason
from gateway.routing import page
from gateway.web.forms import check, errors_of, typed
from gateway.web.pages.desk_order import show_desk_order
from gateway.web.pages.desk_steps import taken, task_of
from gateway.words import _
from services.dispatch.contracts import CallUnits, MatchGroups, WaivePart
from services.kit.asking import Ask
from services.kit.outcomes import Refused


@page("POST", "/desk/orders/{order_id}/whistle", policy=SUPERVISORS, summary=_("吹哨：请几个单位一起办"))
def whistle_at_desk(call: Call) -> Response:
    """One box for each unit; the one that leads is chosen apart."""
    units = call.request.form.getlist("unit_ids")

    def request(given: dict[str, str]) -> Ask[Any]:
        others = [unit for unit in units if unit != given.get("leading")]
        told = check(Whistle, {**given, "unit_ids": others})
        return CallUnits(task_id=task_of(call).task_id, **{"unit_ids": (), **told})

    return taken(call, "whistle", request)


@page(
    "POST",
    "/desk/orders/{order_id}/parts/{hand_id}/waiver",
    policy=SUPERVISORS,
    summary=_("免除一方的协办"),
)
def waive_at_desk(call: Call) -> Response:
    def request(given: dict[str, str]) -> Ask[Any]:
        return WaivePart(task_id=task_of(call).task_id, hand_id=call.path["hand_id"], **check(Reason, given))

    return taken(call, "waiver", request)


@page(
    "POST",
    "/desk/orders/{order_id}/group-matching",
    policy=TRIAGE,
    summary=_("单位和团组的排名，各有分项得分"),
)
def rank_groups_at_desk(call: Call) -> Response:
    """Shown on the answer to this form, as they stand at the moment."""
    given = typed(call)
    try:
        found = call.ask(MatchGroups(task_id=task_of(call).task_id, **check(Search, given)))
    except Problem as problem:
        return show_desk_order(call, failed="group-matching", given=given, errors=errors_of(problem))
    except Refused as refused:
        return show_desk_order(call, problem=refused.message, errors=errors_of(from_refused(refused)))
    return show_desk_order(call, ranked=found, given=given)
