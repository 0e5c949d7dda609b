"""Jurisdictions are the districts that have joined; which one is meant has to be said where there are several."""

from __future__ import annotations

from gateway.call import Call
from gateway.problems import Problem
from gateway.words import _
from services.members.contracts import Level, ListNodes

MOST = 200


def jurisdiction_of(call: Call, given: str | None) -> str:
    """The code of the district that a request is for. Raises Problem: 400 if it has to be said, 404 if there is none such."""
    districts = call.desk.known("districts", lambda: _districts(call))
    if given:
        if given in districts:
            return given
        raise Problem(
            "not-found", 404, _("没有这个区县，请填写六位区划代码 (jurisdiction_id provided was not found)")
        )
    if len(districts) == 1:
        return districts[0]
    raise Problem(
        "bad-request",
        400,
        _("请填写区县的六位区划代码 (jurisdiction_id was not provided): ") + ", ".join(districts[:20]),
    )


def _districts(call: Call) -> tuple[str, ...]:
    found: list[str] = []
    cursor: str | None = None
    while True:
        page = call.ask(ListNodes(level=Level.DISTRICT, cursor=cursor, limit=MOST))
        found += [node.code for node in page.items]
        cursor = page.next
        if cursor is None:
            return tuple(found)
