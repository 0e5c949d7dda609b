"""Registers of units and of members."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from services.kit.outcomes import Refused
from services.kit.registers import Columns, Line, within
from services.members.contracts import PERSON_KINDS, Level, PersonKind
from services.members.domain.accounts import check_password, clean_login, clean_name, clean_phone
from services.members.domain.availability import Stated, restate
from services.members.domain.files import Dossier, MemberFile, clean_skills, clean_unit_code
from services.members.domain.importing.statements import MEMBER_STATES, UNIT_STATES, stated_in, trade_in
from services.members.domain.tree import ancestor, is_code

UNIT_COLUMNS = Columns(("code", "name", "district_code"), ("community_code", "first_secretary", *UNIT_STATES))
MEMBER_COLUMNS = Columns(
    ("name", "community_code"),
    ("member_id", "login", "phone", "unit_code", "grid_code", "skills", "kind", "password", *MEMBER_STATES),
)
MASKED = re.compile(r"\d{3}\*{4}\d{4}")
"""A phone as registers that are given out show it: known by the member's id, and left as it is."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit as the register states it. ``first_secretary`` is a login or an account's id; None: not stated."""

    line: Line
    code: str
    name: str
    district_code: str
    community_code: str | None
    first_secretary: str | None
    trade: str | None
    stated: Stated

    @property
    def key(self) -> tuple[str, str]:
        return self.district_code, self.code


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member as the register states it. ``phone``, ``kind`` and ``password`` left empty keep what is there, as does a
    ``trade`` of None.
    """

    line: Line
    member_id: str | None
    login: str | None
    phone: str | None
    name: str
    unit_id: str | None
    community_code: str
    grid_code: str | None
    skills: tuple[str, ...]
    kind: PersonKind | None
    password: str | None
    trade: str | None
    stated: Stated


@dataclass(frozen=True, slots=True)
class Directory:
    """What the rows of a member register may name: codes of communities and grids, and units by their own code."""

    nodes: frozenset[str]
    units: dict[str, tuple[tuple[str, str], ...]]

    def unit(self, code: str, community_code: str) -> str | None:
        """The id of the unit of that code: in the community's district, or else the only one in its city.

        A code may name its district before a stroke: ``520425/U1``.
        """
        named, stroke, own = code.rpartition("/")
        found = tuple(
            (district, unit_id)
            for district, unit_id in self.units.get(own, ())
            if not stroke or district == named
        )
        for level in (Level.DISTRICT, Level.CITY):
            near = [
                unit_id for district, unit_id in found if district.startswith(ancestor(community_code, level))
            ]
            if len(near) == 1:
                return near[0]
        return None


def read_units(lines: Iterator[Line], scope: tuple[str, ...], nodes: frozenset[str]) -> tuple[UnitRow, ...]:
    """The units of the lines; ``nodes`` are the codes of all districts and communities that are entered."""
    told: dict[tuple[str, str], int] = {}
    rows = []
    for line in lines:
        row = _unit_row(line)
        if not is_code(row.district_code, Level.DISTRICT) or row.district_code not in nodes:
            line.wrong("district_code", "没有这个区县，请先导入区划")
        elif not within(row.district_code, scope):
            line.wrong("district_code", "不在您的管辖范围内")
        if row.community_code is not None and not (
            is_code(row.community_code, Level.COMMUNITY) and row.community_code in nodes
        ):
            line.wrong("community_code", "没有这个社区，请先导入区划")
        if row.key in told:
            line.wrong("code", f"与第 {told[row.key]} 行重复")
        told.setdefault(row.key, line.number)
        rows.append(row)
    return tuple(rows)


def _unit_row(line: Line) -> UnitRow:
    return UnitRow(
        line=line,
        code=line.cleaned("code", clean_unit_code),
        name=line.cleaned("name", clean_name),
        district_code=line["district_code"],
        community_code=line.optional("community_code"),
        first_secretary=line["first_secretary"] if "first_secretary" in line.cells else None,
        trade=trade_in(line),
        stated=stated_in(line),
    )


def read_members(
    lines: Iterator[Line], scope: tuple[str, ...], directory: Directory
) -> tuple[MemberRow, ...]:
    """The members of the lines; an id, a login or a phone stands on one line only."""
    told: dict[tuple[str, str], int] = {}
    rows = []
    for line in lines:
        row = _member(line, directory)
        _check_place(row, scope, directory)
        if row.member_id is None and row.login is None and row.phone is None:
            line.wrong("login", "login 和 phone 至少填一个")
        for column, value in (("member_id", row.member_id), ("login", row.login), ("phone", row.phone)):
            if value is None:
                continue
            if (column, value) in told:
                line.wrong(column, f"与第 {told[column, value]} 行重复")
            told.setdefault((column, value), line.number)
        rows.append(row)
    return tuple(rows)


def _member(line: Line, directory: Directory) -> MemberRow:
    password = line.optional("password")
    if password is not None:
        line.cleaned("password", _accepted_password)
    return MemberRow(
        line=line,
        member_id=line.optional("member_id"),
        login=line.cleaned("login", clean_login) if line["login"] else None,
        phone=_phone(line),
        name=line.cleaned("name", clean_name),
        unit_id=_unit(line, directory),
        community_code=line["community_code"],
        grid_code=_grid(line),
        skills=_skills(line),
        kind=_kind(line),
        password=password,
        trade=trade_in(line),
        stated=stated_in(line),
    )


def _phone(line: Line) -> str | None:
    if not line["phone"] or MASKED.fullmatch(line["phone"]):
        return None
    return line.cleaned("phone", clean_phone)


def _grid(line: Line) -> str | None:
    """Grids are told by their 3 digits, as in their own register, or by the full 15."""
    text = line["grid_code"]
    if not text or is_code(text, Level.GRID):
        return text or None
    return line["community_code"] + text


def _check_place(row: MemberRow, scope: tuple[str, ...], directory: Directory) -> None:
    if not is_code(row.community_code, Level.COMMUNITY) or row.community_code not in directory.nodes:
        row.line.wrong("community_code", "没有这个社区，请先导入区划")
    elif not within(row.grid_code or row.community_code, scope):
        row.line.wrong("community_code", "不在您的管辖范围内")
    elif row.grid_code is not None and row.grid_code not in directory.nodes:
        row.line.wrong("grid_code", "该社区没有这个网格（填 3 位网格代码）")


def _unit(line: Line, directory: Directory) -> str | None:
    if not line["unit_code"]:
        return None
    found = directory.unit(line["unit_code"], line["community_code"])
    if found is None:
        line.wrong("unit_code", "本区县没有这个单位，请先导入单位")
    return found


def _skills(line: Line) -> tuple[str, ...]:
    try:
        return clean_skills(tuple(line["skills"].replace("；", ";").split(";")))
    except Refused as refused:
        line.wrong("skills", refused.message)
        return ()


def _kind(line: Line) -> PersonKind | None:
    """By its code or by what people call it; left empty, a new file is a party member's and a known one stays."""
    text = line["kind"]
    found = next((kind for kind, word in PERSON_KINDS.items() if text in {kind, word}), None)
    if text and found is None:
        line.wrong("kind", f"应为：{'、'.join(PERSON_KINDS.values())}")
    return found


def _accepted_password(password: str) -> str:
    check_password(password)
    return password


@dataclass(frozen=True, slots=True)
class Entry:
    """An account as a register meets it: with its file, if it has one."""

    account_id: str
    name: str
    login: str | None
    phone_index: bytes | None
    file: MemberFile | None


@dataclass(frozen=True, slots=True)
class Known:
    """The accounts that a register's rows name, by all that they may be known by."""

    by_id: dict[str, Entry]
    by_login: dict[str, Entry]
    by_phone: dict[bytes, Entry]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Known:
        found = tuple(entries)
        return cls(
            {entry.account_id: entry for entry in found if entry.file is not None},
            {entry.login: entry for entry in found if entry.login is not None},
            {entry.phone_index: entry for entry in found if entry.phone_index is not None},
        )


def find_entry(row: MemberRow, known: Known, phone_index: bytes | None) -> Entry | None:
    """The account that the row means, None if it has to be opened.

    A register does not touch how an existing account signs in: whoever could change another's phone could sign in as
    that person.
    """
    numbered = known.by_id.get(row.member_id or "")
    entry = numbered or known.by_login.get(row.login or "") or known.by_phone.get(phone_index or b"")
    if row.member_id is not None and numbered is None:
        row.line.wrong("member_id", "没有这份党员档案；新党员请留空这一格")
    elif entry is None:
        if row.phone is None and row.password is None:
            row.line.wrong("password", "没有手机号的新账号须给出初始密码")
    elif row.login not in {None, entry.login}:
        row.line.wrong("login", "该手机号的账号用的是另一个登录名")
    elif phone_index not in {None, entry.phone_index}:
        row.line.wrong("phone", "与该登录名账号的手机号不一致；更换手机号须由本人办理")
    return entry


def check_once(found: Iterable[tuple[MemberRow, Entry]]) -> None:
    """Nobody stands on two lines, on one by the login and on the other by the phone."""
    lines: dict[str, int] = {}
    for row, entry in found:
        first = lines.setdefault(entry.account_id, row.line.number)
        if first != row.line.number:
            row.line.wrong("name", f"与第 {first} 行是同一名党员")


def check_move(row: MemberRow, file: MemberFile, scope: tuple[str, ...]) -> None:
    """Who takes a member in from elsewhere has to answer for both places; who has left comes back in person."""
    if file.checked_out_at is not None:
        row.line.wrong("name", "该党员已注销报到；如需恢复，请先重新办理报到")
    elif not within(file.place, scope):
        row.line.wrong("community_code", "该党员已在您管辖范围外的社区报到，须由上级办理")


def revised(row: MemberRow, before: Dossier) -> Dossier:
    """All of the member as the row states it."""
    file = replace(
        before.file,
        unit_id=row.unit_id,
        community_code=row.community_code,
        grid_code=row.grid_code,
        skills=row.skills,
        trade=before.file.trade if row.trade is None else row.trade or None,
        kind=row.kind or before.file.kind,
    )
    return replace(before, name=row.name, file=file, availability=restate(before.availability, row.stated))
