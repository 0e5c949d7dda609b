"""Units and members' files: what is known of those who lend a hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from services.kit.outcomes import Refused, invalid
from services.members.contracts import PersonKind, Slug
from services.members.domain.availability import Availability
from services.members.domain.cells import words_of

MOST_SKILLS = 20
LONGEST_SKILL = 32
UNIT_CODE = re.compile(r"[A-Za-z0-9._-]{1,32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A work unit; ``code`` is its own and unique in its district, ``revision`` counts its changes."""

    id: str
    code: str
    name: str
    district_code: str
    community_code: str | None
    registered_at: datetime
    revision: int = 1
    members: int = 0
    trade: str | None = None
    first_secretary: str | None = None
    reported_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFile:
    """A member's file; ``id`` is the account's, ``revision`` counts the file's changes."""

    id: str
    unit_id: str | None
    community_code: str
    grid_code: str | None
    skills: tuple[str, ...]
    checked_in_at: datetime
    revision: int = 1
    trade: str | None = None
    checked_out_at: datetime | None = None
    kind: PersonKind = PersonKind.MEMBER

    @property
    def place(self) -> str:
        """The lowest node that the member is assigned to."""
        return self.grid_code or self.community_code


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All of a member that may change, taken together."""

    name: str
    file: MemberFile
    availability: Availability


def told_of(file: MemberFile) -> tuple[object, ...]:
    """What others are told of a file; the revision counts its changes."""
    return file.unit_id, file.community_code, file.grid_code, file.skills, file.checked_out_at, file.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A file together with the account's name and the unit's; the phone is still sealed."""

    file: MemberFile
    name: str
    unit_name: str | None
    phone_sealed: bytes | None


def clean_unit_code(code: str) -> str:
    """A unit's own short code without outer blanks."""
    cleaned = code.strip()
    if not UNIT_CODE.fullmatch(cleaned):
        raise invalid("code", "单位代码须为 1 至 32 个字母、数字或 . _ -")
    return cleaned


def mask_phone(phone: str) -> str:
    """138****0001: enough to recognise one's own, too little to call."""
    return f"{phone[:3]}****{phone[-4:]}"


def clean_skills(skills: tuple[str, ...]) -> tuple[str, ...]:
    """Without blanks and repetitions, in the order given."""
    kept = tuple(dict.fromkeys(skill for told in skills for skill in words_of(told)))
    if len(kept) > MOST_SKILLS or any(len(skill) > LONGEST_SKILL for skill in kept):
        message = f"特长最多 {MOST_SKILLS} 项，每项不超过 {LONGEST_SKILL} 个字"
        raise invalid("skills", message)
    return kept


def check_grid(community_code: str, grid_code: str | None) -> None:
    """A member's grid is one of the member's community."""
    if grid_code is not None and not grid_code.startswith(community_code):
        raise Refused(Slug.NO_SUCH_NODE, "该网格不在所选社区内", status=422, field="grid_code")
