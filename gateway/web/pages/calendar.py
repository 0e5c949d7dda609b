"""The calendar of somebody's duties, for the calendar programs of whoever has its secret address."""

from __future__ import annotations

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.duties import duties_of
from gateway.duty_calendar import CONTENT_TYPE, READ_EVERY, calendar_of
from gateway.policies import ANYONE
from gateway.routes.feeds import site_of
from gateway.routing import page
from gateway.words import _
from services.dispatch.contracts import ListTasks, State, TaskView
from services.kit.actor import VISITOR, Actor
from services.members.contracts import WhoseFeed

STATES = (State.REGISTERED, State.ASSIGNED, State.ACTING)
AT_ONCE = 200


@page("GET", "/calendar/{secret}.ics", policy=ANYONE, summary=_("我的任务日历（地址保密）"))
def duty_calendar(call: Call) -> Response:
    with call.desk.callers.guessing(call.client):
        owner = call.ask(WhoseFeed(token=call.path["secret"]), actor=VISITOR)
    account = owner.account
    call.actor = Actor(id=account.account_id, grants=account.grants, unit_id=account.unit_id)
    duties = duties_of(call, _tasks(call))
    told = calendar_of(account.account_id, duties, owner.leave, site=site_of(call))
    response = Response(told, content_type=CONTENT_TYPE)
    response.headers["Cache-Control"] = f"private, max-age={READ_EVERY.seconds // 4}"
    response.add_etag()
    return response.make_conditional(call.request)


def _tasks(call: Call) -> tuple[TaskView, ...]:
    """All of them: a calendar that leaves a duty out is worse than none."""
    found: list[TaskView] = []
    cursor: str | None = None
    while True:
        some = call.ask(ListTasks(mine=True, states=STATES, cursor=cursor, limit=AT_ONCE))
        found += some.items
        cursor = some.next
        if cursor is None:
            return tuple(found)
