"""The people of a unit as their leader sees them: the file, what each has in hand, and their points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gateway.call import Call
from services.dispatch.contracts import MemberLoad, UnitLoad
from services.evaluation.contracts import Ledger
from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.rpc import Unavailable
from services.members.contracts import ListMembers, MemberView


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """``load`` and ``points`` are None while those who know them are away; ``away``: on leave today."""

    member: MemberView
    load: MemberLoad | None
    points: int | None
    away: bool

    @property
    def room(self) -> int | None:
        """How many more tasks they would take on; None where the load is not known."""
        if self.load is None:
            return None
        taken = self.load.asked + self.load.acting
        return 0 if self.away else max(0, self.member.availability.capacity - taken)


def colleagues_of(
    call: Call, unit_id: str, today: date, *, cursor: str | None = None, limit: int = 20
) -> Page[Colleague]:
    found = call.ask(ListMembers(unit_id=unit_id, cursor=cursor, limit=limit))
    loads = _loads(call, unit_id)
    return Page(
        items=tuple(
            Colleague(
                member=member,
                load=loads.get(member.member_id),
                points=_points(call, member.member_id),
                away=any(leave.first <= today <= leave.last for leave in member.availability.leave),
            )
            for member in found.items
        ),
        next=found.next,
    )


def _loads(call: Call, unit_id: str) -> dict[str, MemberLoad]:
    try:
        return {load.member_id: load for load in call.ask(UnitLoad(unit_id=unit_id))}
    except (Refused, Unavailable):
        return {}


def _points(call: Call, member_id: str) -> int | None:
    try:
        return call.ask(Ledger(holder_id=member_id, limit=1)).total
    except (Refused, Unavailable):
        return None
