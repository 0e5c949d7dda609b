"""Members' files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, not_, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from services.members.contracts import PersonKind
from services.members.domain.files import MemberFile, Person
from services.members.domain.importing.hands import Entry
from services.members.store.searching import behind, below, below_any, named
from services.members.store.tables import AnyRow, AnySelect, accounts, members, units

NAMES = tuple(field.name for field in fields(MemberFile))
PLACE: ColumnElement[str] = func.coalesce(members.c.grid_code, members.c.community_code)


@dataclass(frozen=True, slots=True)
class Readable:
    """Whose files a reader may see: those of the places, those of the units, and the reader's own."""

    places: tuple[str, ...]
    units: tuple[str, ...]
    own: str


def get(db: Connection, member_id: str) -> Person | None:
    row = db.execute(_select().where(members.c.id == member_id)).one_or_none()
    return None if row is None else _person(row)


def lock(db: Connection, member_id: str) -> MemberFile | None:
    row = db.execute(select(members).where(members.c.id == member_id).with_for_update()).one_or_none()
    return None if row is None else _file(row)


def enter(db: Connection, file: MemberFile) -> bool:
    """Whether the file was entered; False if the account has one."""
    entered = db.execute(insert(members).values(**asdict(file)).on_conflict_do_nothing())
    return entered.rowcount == 1


def save(db: Connection, file: MemberFile) -> None:
    db.execute(update(members).where(members.c.id == file.id).values(**asdict(file)))


def enter_all(db: Connection, files: Sequence[MemberFile]) -> None:
    """Enter the files of accounts that have none."""
    if files:
        db.execute(insert(members), [{name: getattr(file, name) for name in NAMES} for file in files])


def page(
    db: Connection,
    readable: Readable,
    *,
    node: str,
    unit_id: str | None,
    skill: str | None,
    kind: PersonKind | None,
    words: str | None,
    checked_out: bool,
    last: tuple[datetime, str] | None,
    limit: int,
) -> tuple[Person, ...]:
    """Files that may be read, of those who serve or of those who left, narrowed by place, unit, skill, kind and words of the name; the newest first."""
    query = (
        _select()
        .where(_may_read(readable), below(PLACE, node), behind(members.c.checked_in_at, members.c.id, last))
        .order_by(members.c.checked_in_at.desc(), members.c.id.desc())
        .limit(limit)
    )
    left = members.c.checked_out_at.is_not(None)
    query = query.where(left if checked_out else not_(left))
    if unit_id is not None:
        query = query.where(members.c.unit_id == unit_id)
    if skill:
        query = query.where(members.c.skills.contains([skill]))
    if kind is not None:
        query = query.where(members.c.kind == kind)
    if words:
        query = query.where(named(accounts.c.name, words))
    return tuple(_person(row) for row in db.execute(query))


def _may_read(readable: Readable) -> ColumnElement[bool]:
    return or_(
        below_any(PLACE, readable.places), members.c.unit_id.in_(readable.units), members.c.id == readable.own
    )


def entries(
    db: Connection, logins: Iterable[str], phones: Iterable[bytes], ids: Iterable[str] = ()
) -> tuple[Entry, ...]:
    """The accounts that have one of the logins, phones or ids."""
    query = (
        select(
            accounts.c.id.label("account_id"),
            accounts.c.name,
            accounts.c.login,
            accounts.c.phone_index,
            members,
        )
        .select_from(accounts.outerjoin(members, members.c.id == accounts.c.id))
        .where(
            or_(
                accounts.c.login.in_(list(logins)),
                accounts.c.phone_index.in_(list(phones)),
                accounts.c.id.in_(list(ids)),
            )
        )
    )
    return tuple(
        Entry(row.account_id, row.name, row.login, row.phone_index, None if row.id is None else _file(row))
        for row in db.execute(query)
    )


def _select() -> AnySelect:
    return select(
        members, accounts.c.name, accounts.c.phone_sealed, units.c.name.label("unit_name")
    ).select_from(
        members.join(accounts, accounts.c.id == members.c.id).outerjoin(
            units, units.c.id == members.c.unit_id
        )
    )


def _person(row: AnyRow) -> Person:
    return Person(file=_file(row), name=row.name, unit_name=row.unit_name, phone_sealed=row.phone_sealed)


def _file(row: AnyRow) -> MemberFile:
    return MemberFile(
        id=row.id,
        unit_id=row.unit_id,
        community_code=row.community_code,
        grid_code=row.grid_code,
        skills=tuple(row.skills),
        checked_in_at=row.checked_in_at,
        revision=row.revision,
        trade=row.trade,
        checked_out_at=row.checked_out_at,
        kind=PersonKind(row.kind),
    )
