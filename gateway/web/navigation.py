"""Where a caller can go: one table of entries; the head of every page shows those that the caller's roles admit.

A new page that people go to by themselves is one line here. Within a group the order is the one on the screen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from gateway.policies import (
    ACCOUNTS,
    ANYONE,
    CASE_READERS,
    CITY_OPERATORS,
    HANDS,
    IMPORTERS,
    LOOK_READERS,
    MEMBERS,
    OPERATORS,
    READERS,
    RULE_SETTERS,
    SURVEYORS,
    TRIAGE,
    VISIT_READERS,
    WORDS_READERS,
    Policy,
    only,
)
from gateway.words import _
from services.kit.actor import Actor
from services.members.contracts import Role


class Group(StrEnum):
    """Kinds of work, in the order in which the menu lists them."""

    RESIDENT = "resident"
    MEMBER = "member"
    DESK = "desk"
    UNIT = "unit"
    SUPERVISING = "supervising"
    OPERATING = "operating"
    OWN = "own"


NAMES = {
    Group.RESIDENT: _("群众"),
    Group.MEMBER: _("党员"),
    Group.DESK: _("社区"),
    Group.UNIT: _("单位"),
    Group.SUPERVISING: _("督办"),
    Group.OPERATING: _("管理"),
    Group.OWN: _("我的"),
}


@dataclass(frozen=True)
class Entry:
    """``policy``: who is shown it; the page behind has the same or a wider one."""

    path: str
    name: str
    policy: Policy
    group: Group

    def holds(self, path: str) -> bool:
        """Whether ``path`` is this entry's page or one below it."""
        return path == self.path or path.startswith(f"{self.path}/")


ENTRIES: tuple[Entry, ...] = (
    Entry("/duties", _("我的任务"), HANDS, Group.MEMBER),
    Entry("/duties/me", _("我的档案"), MEMBERS, Group.MEMBER),
    Entry("/duties/points", _("我的积分"), MEMBERS, Group.MEMBER),
    Entry("/help", _("抢单"), MEMBERS, Group.MEMBER),
    Entry("/new", _("我要点单"), ANYONE, Group.RESIDENT),
    Entry("/follow", _("查点单"), ANYONE, Group.RESIDENT),
    Entry("/mine", _("我的点单"), ACCOUNTS, Group.RESIDENT),
    Entry("/notices", _("公示"), ANYONE, Group.RESIDENT),
    Entry("/wishes", _("心愿墙"), ANYONE, Group.RESIDENT),
    Entry("/desk", _("待受理"), TRIAGE, Group.DESK),
    Entry("/desk/board", _("看板"), WORDS_READERS, Group.DESK),
    Entry("/desk/new", _("代报"), TRIAGE, Group.DESK),
    Entry("/visits", _("走访"), VISIT_READERS, Group.DESK),
    Entry("/desk/wishes", _("微心愿"), READERS, Group.DESK),
    Entry("/desk/cases", _("共性诉求"), CASE_READERS, Group.DESK),
    Entry("/supervising", _("督办"), READERS, Group.SUPERVISING),
    Entry("/help", _("求助抢单"), ANYONE, Group.RESIDENT),
    Entry("/looks", _("查看留痕"), LOOK_READERS, Group.SUPERVISING),
    Entry("/posters", _("海报"), SURVEYORS, Group.SUPERVISING),
    Entry("/tasks", _("清单"), WORDS_READERS, Group.DESK),
    Entry("/unit", _("我的单位"), only(Role.UNIT_LEADER), Group.UNIT),
    Entry("/operations", _("运行"), OPERATORS, Group.OPERATING),
    Entry("/operations/registers", _("名册"), IMPORTERS, Group.OPERATING),
    Entry("/operations/rules", _("派单规则"), RULE_SETTERS, Group.OPERATING),
    Entry("/operations/terms", _("当地规则"), IMPORTERS, Group.OPERATING),
    Entry("/operations/categories", _("类别"), CITY_OPERATORS, Group.OPERATING),
    Entry("/operations/channels", _("消息渠道"), OPERATORS, Group.OPERATING),
    Entry("/operations/templates", _("消息文案"), OPERATORS, Group.OPERATING),
    Entry("/messages", _("消息"), ACCOUNTS, Group.OWN),
    Entry("/messages/settings", _("消息设置"), ACCOUNTS, Group.OWN),
)

FEW = 3
"""So many entries stand side by side; more of them go into a menu."""


@dataclass(frozen=True)
class Head:
    """``bar`` stands in the head; ``menu`` has all that is open to the caller, by group, and is empty where the bar is all."""

    bar: tuple[Entry, ...]
    menu: tuple[tuple[str, tuple[Entry, ...]], ...]
    current: Entry | None


def head_of(actor: Actor, path: str) -> Head:
    """The head for ``actor`` at ``path``: the bar shows the group one is in, else the one that one works in most."""
    # One page may stand in two groups, for two kinds of people; whoever is both sees it in the first.
    admitted = (entry for entry in reversed(ENTRIES) if entry.policy.admits(actor))
    entries = [*{entry.path: entry for entry in admitted}.values()][::-1]
    current = max(
        (entry for entry in entries if entry.holds(path)), key=lambda entry: len(entry.path), default=None
    )
    if len(entries) <= FEW:
        return Head(bar=tuple(entries), menu=(), current=current)
    group = current.group if current else _usual(entries)
    menu = tuple((NAMES[each], found) for each in Group if (found := _of(entries, each)))
    return Head(bar=_of(entries, group), menu=menu if len(menu) > 1 else (), current=current)


def _usual(entries: Iterable[Entry]) -> Group:
    """The group of work that the roles open, before what is open to everybody."""
    found = {entry.group for entry in entries} - {Group.RESIDENT, Group.OWN}
    return next((group for group in Group if group in found), Group.RESIDENT)


def _of(entries: Iterable[Entry], group: Group) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.group is group)
