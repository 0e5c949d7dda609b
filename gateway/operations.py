"""What operators look after: each service's state, and messages that were set aside."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.call import Call
from services.kit.rpc import Unavailable
from services.kit.status import GetStatus, Status

SERVICES = ("members", "intake", "dispatch", "evaluation", "notify")


@dataclass(frozen=True, kw_only=True)
class ServiceState:
    """``status`` is null, with the reason in ``away``, for a service that does not answer."""

    service: str
    status: Status | None
    away: str | None


@dataclass(frozen=True, kw_only=True)
class ServiceStates:
    services: tuple[ServiceState, ...]


def states(call: Call) -> ServiceStates:
    return ServiceStates(services=tuple(_state(call, service) for service in SERVICES))


def _state(call: Call, service: str) -> ServiceState:
    try:
        return ServiceState(service=service, status=call.ask(GetStatus(of=service)), away=None)
    except Unavailable as away:
        return ServiceState(service=service, status=None, away=away.reason)
