"""Letting the clocks do what is due: by an operator, or by whoever plays the city's time."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Request
from gateway.policies import Policy
from gateway.routing import route
from gateway.words import _
from services.dispatch.contracts import ClocksRun, RunClocks
from services.members.contracts import Role


@route(
    "POST",
    "/clocks/run",
    policy=Policy(roles=frozenset({Role.OPERATOR}), citywide=True, simulation=True),
    summary=_("执行到期的时限"),
    tag="simulation",
    body=Request,
    answer=ClocksRun,
)
def run_clocks(call: Call) -> ClocksRun:
    return call.ask(RunClocks())
