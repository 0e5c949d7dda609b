"""Channels for operators: how they do, what did not arrive and why, sending it again."""

from __future__ import annotations

from itertools import groupby

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, choice, text
from gateway.policies import CITY_OPERATORS, OPERATORS
from gateway.routes import deliveries
from gateway.routing import page
from gateway.web import message_words as words
from gateway.web.forms import onward
from gateway.web.render import show
from gateway.words import _
from services.notify.contracts import DeliveryState, GetChannels, ListDeliveries

HERE = "/operations/channels"
PER_PAGE = 30


class ChannelsQuery(Request):
    state = choice(DeliveryState, _("状态"), required=False)
    cursor = text(_("翻页标记"), most=500, required=False)
    done = text(_("刚做完的事"), most=20, required=False)


@page("GET", HERE, policy=OPERATORS, summary=_("消息渠道"), query=ChannelsQuery)
def channels_page(call: Call) -> Response:
    state = call.query.get("state")
    found = call.ask(ListDeliveries(state=state, cursor=call.query.get("cursor"), limit=PER_PAGE))
    stand = call.ask(GetChannels()) if CITY_OPERATORS.admits(call.actor) else None
    return show(
        call,
        "channels.html",
        stand=stand,
        days=[
            (day, list(of_day))
            for day, of_day in groupby(stand.days if stand else (), key=lambda each: each.day)
        ],
        found=found,
        state=state,
        resent=call.query.get("done") == "resent",
        channels=words.CHANNELS,
        states=words.STATES,
        bad=words.BAD,
        reasons=words.REASONS,
        again=words.AGAIN,
        people=call.desk.names.of_hands([each.recipient for each in found.items], call.actor),
        places=call.desk.names.of_places([each.place for each in found.items]),
    )


@page("POST", HERE + "/{delivery_id}/resending", policy=OPERATORS, summary=_("重发消息"))
def resend(call: Call) -> Response:
    deliveries.resend_delivery(call)
    return onward(f"{HERE}?done=resent")
