"""Points: every entry of a member's or a unit's ledger, and their sum."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Paged
from gateway.policies import ACCOUNTS
from gateway.routing import route
from gateway.words import _
from services.evaluation.contracts import Ledger, LedgerView


@route(
    "GET",
    "/members/{member_id}/points",
    policy=ACCOUNTS,
    summary=_("党员积分明细"),
    tag="points",
    query=Paged,
    answer=LedgerView,
)
def member_points(call: Call) -> LedgerView:
    return call.ask(Ledger(holder_id=call.path["member_id"], **call.query))


@route(
    "GET",
    "/units/{unit_id}/points",
    policy=ACCOUNTS,
    summary=_("单位积分明细"),
    tag="points",
    query=Paged,
    answer=LedgerView,
)
def unit_points(call: Call) -> LedgerView:
    return call.ask(Ledger(holder_id=call.path["unit_id"], **call.query))
