"""Members who move to another place or unit, and members who leave."""

from __future__ import annotations

from dataclasses import replace

from services.kit.outcomes import Refused
from services.kit.sealing import Sealer
from services.kit.work import Work
from services.members.contracts import CheckOutMember, MemberView, MoveMember, Slug
from services.members.domain.authority import check_checking_in, check_letting_go
from services.members.domain.availability import at_service
from services.members.domain.files import Dossier
from services.members.handlers.changing import change_member, tell_assigned
from services.members.handlers.members import check_placing, locked, shown


def move_member(work: Work, ask: MoveMember, sealer: Sealer) -> MemberView:
    """Who moves a member has to answer for both ends."""
    before = _serving(work, ask.member_id)
    check_letting_go(work.actor, before.file)
    check_checking_in(work.actor, ask.grid_code or ask.community_code, ask.unit_id)
    check_placing(work, ask.community_code, ask.grid_code, ask.unit_id)
    file = replace(
        before.file, unit_id=ask.unit_id, community_code=ask.community_code, grid_code=ask.grid_code
    )
    change_member(work, before, replace(before, file=file))
    if file.grid_code not in {None, before.file.grid_code}:
        tell_assigned(work, {file.grid_code or "": [file.id]})
    return shown(work, file.id, sealer)


def check_out_member(work: Work, ask: CheckOutMember, sealer: Sealer) -> MemberView:
    """The file and all that was done stay; nobody offers the member work any more."""
    before = _serving(work, ask.member_id)
    check_letting_go(work.actor, before.file)
    after = replace(
        before,
        file=replace(before.file, checked_out_at=work.now),
        availability=at_service(before.availability, serving=False),
    )
    change_member(work, before, after)
    return shown(work, after.file.id, sealer)


def _serving(work: Work, member_id: str) -> Dossier:
    dossier = locked(work, member_id)
    if dossier.file.checked_out_at is not None:
        raise Refused(Slug.CHECKED_OUT, "该党员已注销报到，请重新办理报到", status=409)
    return dossier
