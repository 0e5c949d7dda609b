"""What members tells of units and check-ins."""

from __future__ import annotations

from services.evaluation import store
from services.kit.envelope import Envelope
from services.kit.work import Work
from services.members.contracts import MemberCheckedIn, MemberCheckedOut, PersonKind, UnitRegistered


def unit_registered(work: Work, told: Envelope[UnitRegistered]) -> None:
    unit = told.body
    store.report_unit(
        work.db,
        unit.unit_id,
        place=unit.community_code or unit.district_code,
        at=told.occurred_at,
        sequence=told.sequence,
    )


def member_checked_in(work: Work, told: Envelope[MemberCheckedIn]) -> None:
    _keep(work, told, serving=True)


def member_checked_out(work: Work, told: Envelope[MemberCheckedOut]) -> None:
    """What the member did stays counted; only from now on there is one hand less."""
    _keep(work, told, serving=False)


def _keep(work: Work, told: Envelope[MemberCheckedIn] | Envelope[MemberCheckedOut], *, serving: bool) -> None:
    member = told.body
    kind = member.kind if isinstance(member, MemberCheckedIn) else PersonKind.MEMBER
    store.check_in(
        work.db,
        store.CheckIn(
            member_id=member.member_id,
            sequence=told.sequence,
            unit_id=member.unit_id,
            place=member.grid_code or member.community_code,
            at=told.occurred_at,
            serving=serving,
            kind=kind,
        ),
    )
