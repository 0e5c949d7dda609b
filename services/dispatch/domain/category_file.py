"""The table of categories as a file: reading it, and what replacing the table by it would change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from services.dispatch.contracts import Reply
from services.dispatch.domain.categories import Category, Kinds
from services.kit.registers import Columns, Line

COLUMNS = Columns(
    ("code", "label", "days"), ("parent", "gb_39666", "gb_30428", "skill", "reply", "keywords", "note")
)
LONGEST_LABEL = 20
LONGEST_SKILL = 50
LONGEST_NOTE = 200
MOST_DAYS = 250

_CODE = re.compile(r"[a-z][a-z0-9_]{0,49}")
_STANDARD_CODE = re.compile(r"[0-9A-Za-z.-]{1,20}")


@dataclass(frozen=True, slots=True)
class Plan:
    """The table as it will be (in its order), and how many categories that touches."""

    kinds: tuple[Category, ...]
    created: int
    changed: int
    unchanged: int
    retired: int


def read_categories(lines: Iterable[Line]) -> Iterator[Category]:
    """The categories of the lines, in their order. What is wrong goes to the lines' problems."""
    told = list(lines)
    first: dict[str, int] = {}
    tops = {line["code"] for line in told if not line["parent"]}
    for line in told:
        code = line["code"]
        if not _CODE.fullmatch(code):
            line.wrong("code", "代码须以小写字母开头，只含小写字母、数字和下划线，最多 50 个")
        elif code in first:
            line.wrong("code", f"与第 {first[code]} 行重复")
        first.setdefault(code, line.number)
        if line["parent"] and line["parent"] not in tops:
            line.wrong("parent", "上级须是本表中的一个大类（自己没有上级）")
        yield Category(
            code=code,
            label=_short(line, "label", LONGEST_LABEL, required=True),
            days=_days(line),
            parent=line.optional("parent"),
            gb_39666=_standard(line, "gb_39666"),
            gb_30428=_standard(line, "gb_30428"),
            skill=_short(line, "skill", LONGEST_SKILL) or None,
            reply=_reply(line),
            keywords=tuple(filter(None, _short(line, "keywords", LONGEST_NOTE).split("、"))),
            note=_short(line, "note", LONGEST_NOTE) or None,
        )


def plan(before: Kinds, told: Iterable[Category]) -> Plan:
    """What the file makes of the table. A category that it leaves out is retired and keeps its last place: tasks of the
    past still bear it. One that it tells again comes back.
    """
    new = {category.code: category for category in told}
    kept = [replace(category, retired=True) for code, category in before.items() if code not in new]
    return Plan(
        kinds=(*new.values(), *kept),
        created=sum(code not in before for code in new),
        changed=sum(code in before and before[code] != category for code, category in new.items()),
        unchanged=sum(before.get(code) == category for code, category in new.items()),
        retired=sum(not before[category.code].retired for category in kept),
    )


def _short(line: Line, column: str, most: int, *, required: bool = False) -> str:
    text = line[column]
    if required and not text:
        line.wrong(column, "必须填写")
    elif len(text) > most:
        line.wrong(column, f"最多 {most} 个字")
    return text


def _days(line: Line) -> int:
    text = line["days"]
    if text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_DAYS:
        return int(text)
    line.wrong("days", f"办理时限须为 1 至 {MOST_DAYS} 个工作日的整数")
    return 1


def _reply(line: Line) -> Reply:
    text = line["reply"] or Reply.REALTIME
    if text in tuple(Reply):
        return Reply(text)
    line.wrong("reply", f"只能是：{'、'.join(Reply)}")
    return Reply.REALTIME


def _standard(line: Line, column: str) -> str | None:
    text = line[column]
    if text and not _STANDARD_CODE.fullmatch(text):
        line.wrong(column, "标准代码只含数字、字母、点和连字符，最多 20 个")
    return text or None
