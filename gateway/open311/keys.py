"""Whose key a POST shows, and how often that software may come."""

from __future__ import annotations

from gateway.call import Call
from gateway.open311.jurisdictions import jurisdiction_of
from gateway.problems import Problem
from gateway.words import _
from services.kit.outcomes import Refused
from services.members.contracts import ClientView, WhichClient


def client_of(call: Call) -> tuple[ClientView, str]:
    """The software and the jurisdiction. Raises Problem: 403 without a valid key, 429 if it came too often, 400, 404."""
    key = call.request.form.get("api_key", "").strip()
    if not key:
        raise Problem("no-such-client", 403, _("请填写接口密钥 (api_key was not provided)"))
    jurisdiction = jurisdiction_of(call, call.request.values.get("jurisdiction_id"))
    try:
        with call.desk.callers.guessing(call.client):
            client = call.ask(WhichClient(key=key, district_code=jurisdiction))
    except Refused as refused:
        raise Problem(
            refused.slug, 403, _("接口密钥无效，或不能用于这个区县 (invalid api_key received)")
        ) from refused
    limit = call.desk.clients.of(client.per_minute)
    limit.check(client.client_id)
    limit.charge(client.client_id)
    return client, jurisdiction
