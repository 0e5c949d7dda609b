"""What a member, a team leader or a unit leader has to do: offers first, then the work, by its clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.duties import Duty, duties_of
from gateway.fields import Request, choice, text
from gateway.policies import HANDS
from gateway.routing import page
from gateway.web.duty_clock import clock_of
from gateway.web.pages.duty_steps import DONE
from gateway.web.render import show
from gateway.web.why import brief
from gateway.words import _
from services.dispatch.contracts import HandKind, ListTasks, State, Why, WhyMe
from services.kit.outcomes import Refused
from services.kit.rpc import Unavailable

PER_PAGE = 30
EXPLAINED = 5
"""So many offers say why at once; the others say it on their own page."""
NEVER = datetime.max.replace(tzinfo=UTC)


class Shown(StrEnum):
    NOW = "now"
    ANSWERED = "answered"
    ENDED = "ended"


STATES = {
    Shown.NOW: (State.REGISTERED, State.ASSIGNED, State.ACTING),
    Shown.ANSWERED: (State.ANSWERED, State.VERIFIED),
    Shown.ENDED: (State.PUBLISHED, State.CLOSED),
}
TABS = {Shown.NOW: _("要办的"), Shown.ANSWERED: _("等核查"), Shown.ENDED: _("办完的")}


class WorkQuery(Request):
    show = choice(Shown, _("看哪些"), required=False)
    cursor = text(_("翻页标记"), most=500, required=False)
    done = text(_("刚做完的一步"), most=20, required=False)


@page("GET", "/duties", policy=HANDS, summary=_("我的任务：派给我的，和在办的"), query=WorkQuery)
def work_page(call: Call) -> Response:
    shown = call.query.get("show") or Shown.NOW
    asked = ListTasks(mine=True, states=STATES[shown], cursor=call.query.get("cursor"), limit=PER_PAGE)
    found = call.ask(asked)
    duties = duties_of(call, found.items)
    offers = sorted((duty for duty in duties if duty.asked), key=_answer_by)
    others = [duty for duty in duties if not duty.asked]
    return show(
        call,
        "duties.html",
        live="duties",
        tabs=TABS,
        shown=shown,
        offers=offers,
        duties=sorted(others, key=_promised) if shown is Shown.NOW else others,
        clocks={duty.task.task_id: clock_of(duty, call.now) for duty in duties},
        reasons=_reasons(call, offers),
        next=found.next,
        done=DONE.get(call.query.get("done") or "", ""),
    )


def why(call: Call, task_id: str) -> Why | None:
    """Why the caller is asked; None where nobody reckoned it, or those who know are away."""
    try:
        return call.ask(WhyMe(task_id=task_id))
    except (Refused, Unavailable):
        return None


def _reasons(call: Call, offers: Iterable[Duty]) -> dict[str, str]:
    asked = [duty.task.task_id for duty in offers if duty.task.hand_kind is HandKind.MEMBER][:EXPLAINED]
    return {task_id: brief(found) for task_id in asked if (found := why(call, task_id))}


def _answer_by(duty: Duty) -> datetime:
    return duty.task.hold_until or NEVER


def _promised(duty: Duty) -> datetime:
    return duty.task.promised_at or NEVER
