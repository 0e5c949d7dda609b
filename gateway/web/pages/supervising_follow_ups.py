"""Whom to call, and what they said: the list of answered orders that nobody followed up, and the form for a call."""

from __future__ import annotations

from dataclasses import replace

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Paged, flag, option, text
from gateway.order_file import file_of
from gateway.policies import CONTACT_VIEWERS, FOLLOWERS_UP, READERS
from gateway.problems import Problem
from gateway.routes.order_steps import FollowUp
from gateway.routes.orders import read_order
from gateway.routing import page
from gateway.tables import Format, as_file
from gateway.web import supervising_files
from gateway.web.forms import check, errors_of, onward, typed
from gateway.web.render import show
from gateway.web.survey import SurveyQuery, orders_of, survey_of
from gateway.words import _
from services.evaluation.contracts import (
    DueFollowUp,
    FollowUpView,
    Grade,
    ListDueFollowUps,
    ListFollowUps,
    RecordFollowUp,
)
from services.intake.contracts import ContactRevealed, RevealContact
from services.kit.asking import Page
from services.kit.ids import new_id
from services.kit.outcomes import Refused

HERE = "/supervising/follow-ups"
SHOWN = 20


class FollowUpsQuery(Paged, SurveyQuery):
    recorded = flag(_("看已经登记的回访"))
    done = text(_("刚做完的一步"), most=20, required=False)
    format = option(Format, _("下载为文件"))


@page("GET", HERE, policy=READERS, summary=_("待回访的和已回访的"), query=FollowUpsQuery)
def follow_ups(call: Call) -> Response:
    survey = survey_of(call)
    may_call = FOLLOWERS_UP.admits(call.actor)
    recorded = bool(call.query.get("recorded")) or not may_call

    def read_recorded(cursor: str | None, limit: int) -> Page[FollowUpView]:
        return call.ask(ListFollowUps(node=survey.node, cursor=cursor, limit=limit))

    def read_due(cursor: str | None, limit: int) -> Page[DueFollowUp]:
        return call.ask(ListDueFollowUps(node=survey.node, cursor=cursor, limit=limit))

    if made := call.query.get("format"):
        lines = (
            supervising_files.follow_ups(call, read_recorded)
            if recorded
            else supervising_files.due_follow_ups(call, read_due)
        )
        return as_file(lines, f"follow-ups-{survey.node}", made)
    found: Page[FollowUpView] | Page[DueFollowUp]
    found = (read_recorded if recorded else read_due)(call.query.get("cursor"), SHOWN)
    orders = dict(orders_of(call, tuple(each.order_id for each in found.items)))
    by = [each.by if isinstance(each, FollowUpView) else each.member_id for each in found.items]
    kept = {"recorded": "true" if recorded else None}
    return show(
        call,
        "supervising_follow_ups.html",
        survey=survey,
        path=HERE,
        recorded=recorded,
        may_call=may_call,
        rows=[(each, orders.get(each.order_id)) for each in found.items],
        hands=call.desk.names.of_hands(by, call.actor),
        done=call.query.get("done"),
        more=survey.link(HERE, **kept, cursor=found.next) if found.next else None,
        link=lambda **changed: survey.link(HERE, **kept, **changed),
    )


@page("GET", f"{HERE}/{{order_id}}", policy=FOLLOWERS_UP, summary=_("登记一次回访"), query=SurveyQuery)
def follow_up_form(call: Call) -> Response:
    return _show(call, given={}, errors={})


@page("POST", f"{HERE}/{{order_id}}/contact", policy=CONTACT_VIEWERS, summary=_("为回访查看联系方式"))
def look_up_contact(call: Call) -> Response:
    """Answered on the spot and not by another address, so that no phone is kept in a browser's history."""
    try:
        contact = call.ask(RevealContact(order_id=call.path["order_id"], purpose=str(_("回访"))))
    except Refused as refused:
        return _show(call, given={}, errors={}, status=refused.status, problem=refused.message)
    return _show(call, given={}, errors={}, contact=contact)


@page("POST", f"{HERE}/{{order_id}}", policy=FOLLOWERS_UP, summary=_("登记一次回访"))
def record(call: Call) -> Response:
    given = typed(call)
    order_id = call.path["order_id"]
    try:
        told = check(FollowUp, given)
        replace(call, key=given.get("key")).ask_about_order(
            RecordFollowUp(order_id=order_id, **told), order_id
        )
    except Problem as problem:
        return _show(call, given=given, errors=errors_of(problem), status=problem.status)
    except Refused as refused:
        errors = {refused.field: refused.message} if refused.field else {}
        return _show(
            call, given=given, errors=errors, status=refused.status, problem="" if errors else refused.message
        )
    return onward(f"{HERE}?done=recorded")


def _show(
    call: Call,
    *,
    given: dict[str, str],
    errors: dict[str, str],
    status: int = 200,
    problem: str = "",
    contact: ContactRevealed | None = None,
) -> Response:
    order = file_of(call, read_order(call, call.path["order_id"]))
    return show(
        call,
        "supervising_follow_up.html",
        status=status,
        path=f"{HERE}/{order.order_id}",
        order=order,
        state=order.task.state if order.task else order.state,
        answers=[step for step in order.history if step.step == "task_answered"],
        calls=[step for step in order.history if step.step == "follow_up_recorded"],
        may_look=CONTACT_VIEWERS.admits(call.actor),
        contact=contact,
        given=given,
        errors=errors,
        problem=problem,
        grades=Grade,
        key=given.get("key") or new_id(),
    )
