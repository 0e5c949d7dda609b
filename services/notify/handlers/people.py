"""Keeping up with who can be told."""

from __future__ import annotations

from services.kit.envelope import Envelope
from services.kit.work import Work
from services.members.contracts import MemberCheckedIn, MemberCheckedOut, Role, RoleGranted, RoleRevoked
from services.notify.store.people import save_holder, save_member

AUDIENCE_ROLES = frozenset(
    {Role.LIAISON, Role.SUPERVISOR, Role.UNIT_LEADER, Role.TEAM_LEADER, Role.GRID_HEAD}
)


def role_granted(work: Work, told: Envelope[RoleGranted]) -> None:
    _save(work, told.body, held=True, sequence=told.sequence)


def role_revoked(work: Work, told: Envelope[RoleRevoked]) -> None:
    _save(work, told.body, held=False, sequence=told.sequence)


def member_checked_in(work: Work, told: Envelope[MemberCheckedIn]) -> None:
    body = told.body
    save_member(
        work.db,
        member_id=body.member_id,
        place=body.grid_code or body.community_code,
        skills=body.skills,
        serving=True,
        sequence=told.sequence,
    )


def member_checked_out(work: Work, told: Envelope[MemberCheckedOut]) -> None:
    body = told.body
    save_member(
        work.db,
        member_id=body.member_id,
        place=body.grid_code or body.community_code,
        skills=(),
        serving=False,
        sequence=told.sequence,
    )


def _save(work: Work, body: RoleGranted | RoleRevoked, *, held: bool, sequence: int) -> None:
    if body.role in AUDIENCE_ROLES:
        save_holder(
            work.db, account_id=body.account_id, role=body.role, node=body.node, held=held, sequence=sequence
        )
