"""Service request updates, the extension that FixMyStreet reads and writes: what happened to orders, and additions to them."""

from __future__ import annotations

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.open311.answers import Record, format_of, listing, w3c
from gateway.open311.jurisdictions import jurisdiction_of
from gateway.open311.keys import client_of
from gateway.open311.requests import status_of
from gateway.open311.times import MOST_LISTED, span_of
from gateway.policies import ANYONE
from gateway.problems import Problem
from gateway.routing import open311
from gateway.web.labels import STEPS
from gateway.words import _
from services.intake.contracts import AmendOrder, PublicStep, PublicSteps
from services.kit.outcomes import Refused

ROOT = "service_request_updates"


@open311("GET", "/servicerequestupdates", policy=ANYONE, summary=_("一段时间里请求的进展"))
def open311_updates(call: Call) -> Response:
    """Oldest first and at most 1,000, so that a reader goes on from the last one's time."""
    format_of(call)
    jurisdiction = jurisdiction_of(call, call.request.args.get("jurisdiction_id"))
    since, until = span_of(call)
    found = call.ask(PublicSteps(node=jurisdiction, since=since, until=until, limit=MOST_LISTED))
    return listing(call, ROOT, map(_update, found))


@open311("POST", "/servicerequestupdates", policy=ANYONE, summary=_("补充自己提交的请求（凭接口密钥）"))
def open311_post_update(call: Call) -> Response:
    """Only the words count: how an order stands is settled here, by those who work on it."""
    format_of(call)
    client, _jurisdiction = client_of(call)
    form = call.request.form
    order_id, words = (form.get(name, "").strip() for name in ("service_request_id", "description"))
    if not order_id:
        raise Problem("bad-request", 400, _("请填写请求编号 (service_request_id was not provided)"))
    if not words:
        raise Problem("bad-request", 400, _("请填写补充的内容 (description was not provided)"))
    try:
        call.ask(AmendOrder(order_id=order_id, words=words, client_id=client.client_id))
    except Refused as refused:
        raise _renamed(refused) from refused
    return listing(call, ROOT, [{"update_id": form.get("update_id") or call.correlation}], 201)


def _update(step: PublicStep) -> Record:
    return {
        "update_id": step.step_id,
        "service_request_id": step.order_id,
        "status": status_of(step.state),
        "updated_datetime": w3c(step.at),
        "description": STEPS.get(step.step, step.step),
        "media_url": None,
    }


def _renamed(refused: Refused) -> Problem:
    if refused.slug == "no-such-order":
        return Problem(refused.slug, 404, _("没有这项请求 (service_request_id provided was not found)"))
    wrong = (("description", refused.message),) if refused.field == "words" else ()
    return Problem(refused.slug, refused.status, refused.message, errors=wrong)
