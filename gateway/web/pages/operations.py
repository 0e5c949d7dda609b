"""The operators' page: what is well, what waits, what was set aside, and a button to try it again."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, text
from gateway.operations import ServiceState, states
from gateway.policies import CITY_OPERATORS, OPERATORS
from gateway.routes.services import Replay, known
from gateway.routing import page
from gateway.web.forms import check, onward, typed
from gateway.web.labels import CITY
from gateway.web.message_words import CHANNELS
from gateway.web.render import show
from gateway.words import _
from services.kit.rpc import Unavailable
from services.kit.status import ListParked, ParkedMessage, ReplayParked
from services.notify.contracts import GetChannels

SHOWN = 50


class OperationsQuery(Request):
    replayed = text(_("刚重新处理的条数"), most=10, required=False)


@page("GET", "/operations", policy=OPERATORS, summary=_("运行情况"), query=OperationsQuery)
def operations(call: Call) -> Response:
    found = states(call).services
    return show(
        call,
        "operations.html",
        services=found,
        parked=[(state.service, each) for state in found for each in _parked(call, state)],
        replayed=call.query.get("replayed"),
        **_channels(call),
        citywide=CITY_OPERATORS.admits(call.actor),
    )


@page("POST", "/operations/{service}/replays", policy=CITY_OPERATORS, summary=_("重新处理搁置的消息"))
def replay(call: Call) -> Response:
    asked = ReplayParked(of=known(call.path["service"]), **check(Replay, typed(call)))
    return onward(f"/operations?replayed={call.ask(asked).count}")


def _channels(call: Call) -> dict[str, Any]:
    """How the channels stand and did today, for operators of the city; nothing for others, and while notify is away."""
    if not CITY_OPERATORS.admits(call.actor):
        return {"channels": ()}
    try:
        stand = call.ask(GetChannels())
    except Unavailable:
        return {"channels": ()}
    today = call.now.astimezone(CITY).date()
    return {
        "channels": stand.channels,
        "channel_names": CHANNELS,
        "today": {each.channel: each for each in stand.days if each.day == today},
        "now": call.now,
    }


def _parked(call: Call, state: ServiceState) -> tuple[ParkedMessage, ...]:
    if state.status is None or not state.status.inbox_parked:
        return ()
    return call.ask(ListParked(of=state.service, limit=SHOWN)).items
