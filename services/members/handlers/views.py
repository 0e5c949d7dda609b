"""The domain's values as others see them."""

from __future__ import annotations

from services.kit.actor import Actor
from services.kit.sealing import Sealer
from services.members.contracts import AccountView, AvailabilityView, MemberView, UnitView
from services.members.domain.accounts import Account, SealedPhone
from services.members.domain.availability import Availability
from services.members.domain.files import Person, Unit, mask_phone


def sealed_phone(sealer: Sealer, phone: str) -> SealedPhone:
    """The phone (11 digits) as it is stored."""
    return SealedPhone(sealer.blind(f"phone:{phone}"), sealer.seal(phone))


def account_view(account: Account) -> AccountView:
    return AccountView(
        account_id=account.id,
        name=account.name,
        login=account.login,
        grants=account.grants,
        unit_id=account.unit,
    )


def availability_view(stated: Availability) -> AvailabilityView:
    return AvailabilityView(
        free=stated.free,
        leave=stated.leave,
        capacity=stated.capacity,
        wishes=stated.wishes,
        point=stated.point,
        in_service=stated.in_service,
    )


def unit_view(unit: Unit, stated: Availability) -> UnitView:
    return UnitView(
        unit_id=unit.id,
        code=unit.code,
        name=unit.name,
        district_code=unit.district_code,
        community_code=unit.community_code,
        members=unit.members,
        trade=unit.trade,
        first_secretary=unit.first_secretary,
        reported_at=unit.reported_at,
        availability=availability_view(stated),
    )


def member_view(person: Person, stated: Availability, reader: Actor, sealer: Sealer) -> MemberView:
    """The file for one reader: only the member sees the whole phone."""
    file = person.file
    phone = sealer.open(person.phone_sealed) if person.phone_sealed else None
    if phone is not None and reader.id != file.id:
        phone = mask_phone(phone)
    return MemberView(
        member_id=file.id,
        name=person.name,
        phone=phone,
        unit_id=file.unit_id,
        unit_name=person.unit_name,
        community_code=file.community_code,
        grid_code=file.grid_code,
        skills=file.skills,
        checked_in_at=file.checked_in_at,
        checked_out_at=file.checked_out_at,
        trade=file.trade,
        kind=file.kind,
        availability=availability_view(stated),
    )
