"""GET service_request_id from a token. The token is the order's follow code: a secret that only who filed it was told."""

from __future__ import annotations

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.open311.answers import format_of, listing
from gateway.open311.catalogue import offered
from gateway.open311.jurisdictions import jurisdiction_of
from gateway.policies import ANYONE
from gateway.problems import Problem
from gateway.routing import open311
from gateway.words import _
from services.dispatch.contracts import Reply, State
from services.intake.contracts import OrderView
from services.kit.outcomes import Refused


@open311("GET", "/tokens/{token}", policy=ANYONE, summary=_("凭 token 查询请求编号"))
def open311_token(call: Call) -> Response:
    format_of(call)
    jurisdiction = jurisdiction_of(call, call.request.args.get("jurisdiction_id"))
    token = call.path["token"]
    try:
        order = call.desk.callers.follow(token, call.client).order
    except Refused as refused:
        raise _no_such_token() from refused
    if not order.community_code.startswith(jurisdiction):
        raise _no_such_token()
    record = {"service_request_id": order.order_id if _is_known(call, order) else None, "token": token}
    return listing(call, "service_requests", [record])


def _is_known(call: Call, order: OrderView) -> bool:
    """Whether the number is given out by now: of a private order never, of a batch once the order is registered."""
    if order.private:
        return False
    service = offered(call).get(order.category or "")
    batch = service is not None and service.category.reply is Reply.BATCH
    return not batch or order.state != State.COLLECTED


def _no_such_token() -> Problem:
    return Problem("not-found", 404, _("没有这个 token (token provided was not found)"))
