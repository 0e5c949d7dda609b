"""Registers of three-level responsibility."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from services.kit.registers import Columns, Line, within
from services.members.contracts import Level
from services.members.domain.accounts import clean_login, clean_name, clean_phone
from services.members.domain.importing.hands import Directory
from services.members.domain.responsibility import LEVELS_ANSWERED_FOR
from services.members.domain.tree import parent_of

RESPONSIBILITY_COLUMNS = Columns(("node_code", "title"), ("login", "phone", "unit_code", "since"))


@dataclass(frozen=True, slots=True)
class ResponsibilityRow:
    """One place with who answers for it, known by login or by phone."""

    line: Line
    node: str
    level: Level
    login: str | None
    phone: str | None
    title: str
    unit_id: str | None
    since: date | None


def read_responsibilities(
    lines: Iterator[Line], scope: tuple[str, ...], levels: Mapping[str, Level], directory: Directory
) -> tuple[ResponsibilityRow, ...]:
    """The lines; ``levels`` are those of all places that can be answered for. A place stands on one line only."""
    told: dict[str, int] = {}
    rows = []
    for line in lines:
        row = _read(line, levels, directory)
        if row.node not in levels:
            line.wrong("node_code", "没有这个街道、社区、小区或网格，请先导入区划")
        elif not within(parent_of(row.node) or "", scope):
            line.wrong("node_code", "包联责任由上一级指定，这里不在您的管辖范围内")
        if row.node in told:
            line.wrong("node_code", f"与第 {told[row.node]} 行重复")
        told.setdefault(row.node, line.number)
        if row.login is None and row.phone is None:
            line.wrong("login", "login 和 phone 至少填一个")
        if row.level is Level.COMMUNITY and not line["unit_code"]:
            line.wrong("unit_code", "社区第一书记由单位负责人担任，请写明单位")
        rows.append(row)
    return tuple(rows)


def _read(line: Line, levels: Mapping[str, Level], directory: Directory) -> ResponsibilityRow:
    node = line["node_code"]
    unit_id = directory.unit(line["unit_code"], node) if line["unit_code"] else None
    if line["unit_code"] and unit_id is None:
        line.wrong("unit_code", "本区县没有这个单位，请先导入单位")
    return ResponsibilityRow(
        line=line,
        node=node,
        level=levels.get(node, LEVELS_ANSWERED_FOR[-1]),
        login=line.cleaned("login", clean_login) if line["login"] else None,
        phone=line.cleaned("phone", clean_phone) if line["phone"] else None,
        title=line.cleaned("title", lambda text: clean_name(text, "title")),
        unit_id=unit_id,
        since=_day(line),
    )


def _day(line: Line) -> date | None:
    if not line["since"]:
        return None
    try:
        return date.fromisoformat(line["since"])
    except ValueError:
        line.wrong("since", "日期格式应如 2026-03-01")
        return None
