"""Members: checked in, looked up, listed."""

from __future__ import annotations

from dataclasses import replace

from services.kit.actor import Actor
from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.sealing import Sealer
from services.kit.work import Work
from services.members.contracts import (
    CheckInMember,
    FileKind,
    GetMember,
    Level,
    ListMembers,
    MemberView,
    Role,
    Slug,
)
from services.members.domain.accounts import (
    Account,
    NewAccount,
    check_password,
    clean_login,
    clean_name,
    clean_phone,
)
from services.members.domain.authority import FILE_READERS, check_checking_in, is_system, may_read, refused
from services.members.domain.availability import at_service
from services.members.domain.files import Dossier, MemberFile, Person, check_grid, clean_skills
from services.members.domain.tree import ancestor, unit_of_node
from services.members.handlers.accounts import give
from services.members.handlers.changing import change_member, tell_assigned, tell_checked_in
from services.members.handlers.passwords import Hash
from services.members.handlers.tree import check_node
from services.members.handlers.views import member_view, sealed_phone
from services.members.store import accounts, availability, members, units
from services.members.store.members import Readable


def check_in_member(work: Work, ask: CheckInMember, sealer: Sealer, hash_password: Hash) -> MemberView:
    """Open the account and the file, and grant the member's role at the community.

    Somebody whose phone has an account already (as a resident) keeps that account and its way of signing in.
    """
    check_checking_in(work.actor, ask.grid_code or ask.community_code, ask.unit_id)
    skills = clean_skills(ask.skills)
    check_placing(work, ask.community_code, ask.grid_code, ask.unit_id)
    file = MemberFile(
        id=_account_for(work, ask, sealer, hash_password),
        unit_id=ask.unit_id,
        community_code=ask.community_code,
        grid_code=ask.grid_code,
        skills=skills,
        checked_in_at=work.now,
        kind=ask.kind,
    )
    if members.enter(work.db, file):
        tell_checked_in(work, file)
        give(work, file.id, Role.MEMBER, file.community_code)
    else:
        _return(work, file)
    if file.grid_code is not None:
        tell_assigned(work, {file.grid_code: [file.id]})
    return shown(work, file.id, sealer)


def _return(work: Work, file: MemberFile) -> None:
    """Somebody who had left comes back to the same file, perhaps elsewhere."""
    before = locked(work, file.id)
    if before.file.checked_out_at is None:
        raise Refused(Slug.ALREADY_CHECKED_IN, "该党员已经报到", status=409)
    after = replace(
        before,
        file=replace(file, trade=before.file.trade, revision=before.file.revision),
        availability=at_service(before.availability, serving=True),
    )
    change_member(work, before, after)


def check_placing(work: Work, community_code: str, grid_code: str | None, unit_id: str | None) -> None:
    """Places that exist, one within the other, and a unit of their city."""
    check_grid(community_code, grid_code)
    check_node(work, community_code, Level.COMMUNITY, "community_code")
    if grid_code is not None:
        check_node(work, grid_code, Level.GRID, "grid_code")
    if unit_id is not None:
        _check_unit(work, unit_id, community_code)


def _check_unit(work: Work, unit_id: str, community_code: str) -> None:
    """A unit of the community's own city, as in a register: its leader has no say about other cities."""
    unit = units.load(work.db, unit_id)
    if unit is None or ancestor(unit.district_code, Level.CITY) != ancestor(community_code, Level.CITY):
        raise Refused(Slug.NO_SUCH_UNIT, "本市没有这个单位", status=422, field="unit_id")


def _account_for(work: Work, ask: CheckInMember, sealer: Sealer, hash_password: Hash) -> str:
    login, name = clean_login(ask.login), clean_name(ask.name)
    check_password(ask.password)
    phone = sealed_phone(sealer, clean_phone(ask.phone)) if ask.phone else None
    known = (accounts.by_phone(work.db, phone.index) if phone else None) or _left(work, login)
    if known is not None:
        return known.id
    new = NewAccount(
        id=work.new_id(), name=name, login=login, phone=phone, password_hash=hash_password(ask.password)
    )
    if not accounts.enter(work.db, new, work.now):
        raise Refused(Slug.NAME_TAKEN, "这个登录名已被使用", status=409, field="login")
    return new.id


def _left(work: Work, login: str) -> Account | None:
    """The account of that login, if it is of somebody who has checked out."""
    account = accounts.by_login(work.db, login)
    person = members.get(work.db, account.id) if account else None
    return account if person and person.file.checked_out_at else None


def get_member(work: Work, ask: GetMember, sealer: Sealer) -> MemberView:
    person = _get(work, ask.member_id)
    if not may_read(work.actor, person.file):
        raise refused("您没有查看这份党员档案的权限")
    return _view(work, person, sealer)


def list_members(work: Work, ask: ListMembers, sealer: Sealer) -> Page[MemberView]:
    """The files that the asker may read; for most people that is their own alone."""
    limit = bounded(ask.limit)
    found = members.page(
        work.db,
        readable_by(work.actor),
        node=ask.node,
        unit_id=ask.unit_id,
        skill=ask.skill,
        kind=ask.kind,
        words=ask.search,
        checked_out=ask.checked_out,
        last=decode_moment_cursor(ask.cursor),
        limit=limit + 1,
    )
    stated = availability.of_all(work.db, FileKind.MEMBER, (person.file.id for person in found))
    return page_of(
        found,
        limit,
        key=lambda person: (person.file.checked_in_at, person.file.id),
        view=lambda person: member_view(person, stated[person.file.id], work.actor, sealer),
    )


def readable_by(actor: Actor) -> Readable:
    """Whose files the actor may see, for a query; the same rule as ``may_read``."""
    led = (unit_of_node(node) for node in actor.nodes_of(Role.UNIT_LEADER))
    return Readable(
        places=("",) if is_system(actor) else actor.nodes_of(*FILE_READERS),
        units=tuple(unit for unit in led if unit is not None),
        own=actor.id,
    )


def locked(work: Work, member_id: str) -> Dossier:
    """All of the member that may change, the file's row locked."""
    file = members.lock(work.db, member_id)
    if file is None:
        raise _no_such_member()
    return Dossier(
        name=_get(work, member_id).name,
        file=file,
        availability=availability.of(work.db, FileKind.MEMBER, member_id),
    )


def shown(work: Work, member_id: str, sealer: Sealer) -> MemberView:
    """The file as it stands now, for the one who asked for its change."""
    return _view(work, _get(work, member_id), sealer)


def _view(work: Work, person: Person, sealer: Sealer) -> MemberView:
    stated = availability.of(work.db, FileKind.MEMBER, person.file.id)
    return member_view(person, stated, work.actor, sealer)


def _get(work: Work, member_id: str) -> Person:
    person = members.get(work.db, member_id)
    if person is None:
        raise _no_such_member()
    return person


def _no_such_member() -> Refused:
    return Refused(Slug.NO_SUCH_MEMBER, "没有这名党员", status=404)
