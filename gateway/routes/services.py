"""For operators: how the services are, which messages are set aside, and trying those again."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Paged, Request, text
from gateway.operations import SERVICES, ServiceStates, states
from gateway.policies import CITY_OPERATORS, OPERATORS
from gateway.problems import Problem, kind_of
from gateway.routing import route
from gateway.words import _
from services.kit.asking import Page
from services.kit.status import ListParked, ParkedMessage, Replayed, ReplayParked


class ParkedQuery(Paged):
    consumer = text(_("只看这个消费者"), most=200, required=False)


class Replay(Request):
    consumer = text(_("消费者"), most=200)
    message_id = text(_("消息编号；不填为这个消费者的全部"), most=100, required=False)


@route("GET", "/services", policy=OPERATORS, summary=_("各服务的状态"), tag="services", answer=ServiceStates)
def list_services(call: Call) -> ServiceStates:
    return states(call)


@route(
    "GET",
    "/services/{service}/parked",
    policy=OPERATORS,
    summary=_("搁置的消息"),
    tag="services",
    query=ParkedQuery,
    answer=Page[ParkedMessage],
)
def list_parked(call: Call) -> Page[ParkedMessage]:
    return call.ask(ListParked(of=known(call.path["service"]), **call.query))


@route(
    "POST",
    "/services/{service}/replays",
    policy=CITY_OPERATORS,
    summary=_("重新处理搁置的消息"),
    tag="services",
    body=Replay,
    answer=Replayed,
)
def replay_parked(call: Call) -> Replayed:
    return call.ask(ReplayParked(of=known(call.path["service"]), **call.body))


def known(service: str) -> str:
    """Raises Problem (404)."""
    if service not in SERVICES:
        raise Problem("not-found", 404, kind_of("not-found").meaning)
    return service
