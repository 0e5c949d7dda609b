"""Units: registered and listed."""

from __future__ import annotations

from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.work import Work
from services.members.contracts import (
    FileKind,
    Level,
    ListUnits,
    RegisterUnit,
    Slug,
    UnitRegistered,
    UnitView,
)
from services.members.domain.accounts import clean_name
from services.members.domain.authority import check_registering
from services.members.domain.files import Unit, clean_unit_code
from services.members.handlers.tree import check_node
from services.members.handlers.views import unit_view
from services.members.store import availability, units


def register_unit(work: Work, ask: RegisterUnit) -> UnitView:
    """Enter a unit of a district."""
    check_registering(work.actor, ask.district_code)
    unit = Unit(
        id=work.new_id(),
        code=clean_unit_code(ask.code),
        name=clean_name(ask.name),
        district_code=ask.district_code,
        community_code=ask.community_code or None,
        registered_at=work.now,
    )
    check_node(work, unit.district_code, Level.DISTRICT, "district_code")
    if unit.community_code is not None:
        check_node(work, unit.community_code, Level.COMMUNITY, "community_code")
    if not units.enter(work.db, unit):
        raise Refused(Slug.NAME_TAKEN, "本区已有这个代码的单位", status=409, field="code")
    tell(work, unit)
    return unit_view(unit, availability.of(work.db, FileKind.UNIT, unit.id))


def list_units(work: Work, ask: ListUnits) -> Page[UnitView]:
    limit = bounded(ask.limit)
    found = units.page(
        work.db, node=ask.node, words=ask.search, last=decode_moment_cursor(ask.cursor), limit=limit + 1
    )
    stated = availability.of_all(work.db, FileKind.UNIT, (unit.id for unit in found))
    return page_of(
        found,
        limit,
        key=lambda unit: (unit.registered_at, unit.id),
        view=lambda unit: unit_view(unit, stated[unit.id]),
    )


def tell(work: Work, unit: Unit) -> None:
    """Tell of a unit that was entered or changed."""
    told = UnitRegistered(
        unit_id=unit.id,
        name=unit.name,
        district_code=unit.district_code,
        community_code=unit.community_code,
    )
    work.outbox.append(told, aggregate=f"unit:{unit.id}", sequence=unit.revision)
