"""Letting the clocks do what is due: by an operator, or by whoever plays the city's time."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.call import Call
from gateway.fields import Request
from gateway.policies import Policy
from gateway.routing import route
from gateway.words import _
from services.dispatch.contracts import ClocksRun, RunClocks
from services.intake.contracts import EndClaims
from services.members.contracts import Role


@dataclass(frozen=True, kw_only=True)
class AllClocksRun(ClocksRun):
    """What the clocks of tasks have moved, and how many claims of small wishes ran out."""

    claims_ended: int


@route(
    "POST",
    "/clocks/run",
    policy=Policy(roles=frozenset({Role.OPERATOR}), citywide=True, simulation=True),
    summary=_("执行到期的时限"),
    tag="simulation",
    body=Request,
    answer=AllClocksRun,
)
def run_clocks(call: Call) -> AllClocksRun:
    ended = call.ask(EndClaims()).ended
    return AllClocksRun(**vars(call.ask(RunClocks())), claims_ended=ended)
