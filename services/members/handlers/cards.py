"""The check-in card."""

from __future__ import annotations

from services.kit.outcomes import Refused
from services.kit.work import Work
from services.members.contracts import CardPlace, CardView, FileKind, GetCard, Level, Role, Slug
from services.members.domain.authority import may_read, refused
from services.members.domain.files import Person
from services.members.domain.tree import LENGTHS
from services.members.store import accounts, availability, members, posts, reports, tree, units
from services.members.store.names import names_of


def get_card(work: Work, ask: GetCard) -> CardView:
    person = members.get(work.db, ask.member_id)
    if person is None:
        raise Refused(Slug.NO_SUCH_MEMBER, "没有这名党员", status=404)
    if not may_read(work.actor, person.file):
        raise refused("您没有查看这张报到卡的权限")
    file = person.file
    stated = availability.of(work.db, FileKind.MEMBER, file.id)
    return CardView(
        member_id=file.id,
        name=person.name,
        unit_name=person.unit_name,
        first_secretary=_first_secretary(work, person),
        places=_places(work, file.place),
        liaisons=accounts.nearest(work.db, Role.LIAISON, file.community_code),
        grid_heads=accounts.nearest(work.db, Role.GRID_HEAD, file.grid_code) if file.grid_code else (),
        checked_in_at=file.checked_in_at,
        checked_out_at=file.checked_out_at,
        trade=file.trade,
        skills=file.skills,
        wishes=stated.wishes,
        free=stated.free,
        posts=tuple(post.title for post in posts.held(work.db, file.id)),
        reports=reports.count(work.db, FileKind.MEMBER, file.id),
    )


def _first_secretary(work: Work, person: Person) -> str | None:
    unit = units.load(work.db, person.file.unit_id) if person.file.unit_id else None
    if unit is None or unit.first_secretary is None:
        return None
    return names_of(work.db, (unit.first_secretary,)).get(unit.first_secretary)


def _places(work: Work, place: str) -> tuple[CardPlace, ...]:
    """Those that exist, from the district down."""
    lengths = range(LENGTHS[Level.DISTRICT], len(place) + 1)
    return tuple(
        CardPlace(code=found.code, name=found.name, level=found.level)
        for found in tree.found_among(work.db, [place[:length] for length in lengths])
    )
