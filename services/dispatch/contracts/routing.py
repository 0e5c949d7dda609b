"""Routing rules: what is always decided the same way, told as data, tried on one task and on the past before it decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.dispatch.contracts.words import HandKind, Urgency
from services.kit.asking import Ask
from services.members.contracts import Level


class RouteTo(StrEnum):
    """What a rule does with a task: asks a unit, opens it for grabbing, leaves it to the liaison, or hands it to the matcher,
    which asks the best candidates in turn (in an emergency the nearest, at once), or units and teams (``groups``), the best
    first; where there is none the liaison has it.
    """

    UNIT = "unit"
    OPEN = "open"
    LIAISON = "liaison"
    MATCHER = "matcher"
    GROUPS = "groups"


@dataclass(frozen=True, kw_only=True)
class RoutingRule:
    """Where all conditions hold, the task goes ``to``. A condition that is empty or None always holds.

    ``categories`` mean these and the narrower ones below them; ``places`` are codes of nodes or grids, and mean all below
    them; ``channels`` are those of intake; ``working_hours``: registered in working time, or outside of it.

    ``unit_id`` and ``hold_minutes`` are for UNIT. For OPEN ``scope`` is the level within which members may grab (None: the
    community) and ``skill`` what they need (None: what the category usually takes).
    """

    name: str
    to: RouteTo
    categories: tuple[str, ...] = ()
    urgencies: tuple[Urgency, ...] = ()
    channels: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    private: bool | None = None
    working_hours: bool | None = None
    unit_id: str | None = None
    hold_minutes: int = 24 * 60
    scope: Level | None = None
    skill: str | None = None


@dataclass(frozen=True, kw_only=True)
class RuleListView:
    """One version of a node's rules, in their order; ``version`` 0 with no rules is what a node has at first.

    ``in_force`` is the version that decides now, ``newest`` the last one that was put (it may begin later).
    """

    node: str
    version: int
    rules: tuple[RoutingRule, ...]
    active_from: datetime | None
    put_by: str | None
    put_at: datetime | None
    in_force: int
    newest: int


@dataclass(frozen=True, kw_only=True)
class GetRules(Ask[RuleListView], service="dispatch"):
    """A node's own rules: the version in force, or another. For supervisors, operators, liaisons, evaluators and auditors whose
    place is the node, above it, or below it (where its rules decide too).

    Refused: not-allowed (403), no-such-rule (404: no such version), invalid (422, field node).
    """

    node: str
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class PutRules(Ask[RuleListView], service="dispatch"):
    """Replace a node's rules, all of them at once, from ``active_from`` on (None: now). Supervisors and operators of the place.

    ``seen`` is the newest version that the asker knows. Refused: not-allowed (403), rules-changed (409: somebody was
    faster), invalid (422, field ``rules.<number>.<name>``), no-such-hand (422).
    """

    node: str
    rules: tuple[RoutingRule, ...]
    seen: int
    active_from: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Unmet:
    """A condition that does not hold: what the rule wants, and what the task is (in words of the contract)."""

    condition: str
    wanted: str
    found: str


@dataclass(frozen=True, kw_only=True)
class RuleTried:
    """One rule on one task: ``taken`` by the first whose conditions all hold (``unmet`` is empty)."""

    node: str
    version: int
    name: str
    to: RouteTo
    unmet: tuple[Unmet, ...]
    taken: bool


@dataclass(frozen=True, kw_only=True)
class TryRules(Ask[tuple[RuleTried, ...]], service="dispatch"):
    """All rules that concern a task, in the order in which they are asked, each with what keeps it from being taken.

    ``rules`` stand in for those in force at ``node`` (None: those in force). ``category`` and ``urgency`` stand in for the task's,
    where it has none yet. For the same roles at the node or above, who may see the task. Refused: not-allowed (403), no-such-task (404),
    invalid (422).
    """

    node: str
    task_id: str
    rules: tuple[RoutingRule, ...] | None = None
    category: str | None = None
    urgency: Urgency | None = None


@dataclass(frozen=True, kw_only=True)
class RuleOutcome:
    """How many tasks a rule (None: no rule) would have had. ``as_happened`` counts those that really went there: the unit was the
    first that was asked, or a member grabbed it; None where the rule leaves it to somebody.
    """

    node: str | None
    rule: str | None
    to: RouteTo | None
    unit_id: str | None
    tasks: int
    as_happened: int | None


@dataclass(frozen=True, kw_only=True)
class TaskReplayed:
    """A task of the past: who would have got it by which rule, and who was really the first to be asked (or grabbed it)."""

    task_id: str
    registered_at: datetime
    community_code: str
    category: str
    node: str | None
    rule: str | None
    to: RouteTo | None
    unit_id: str | None
    really_kind: HandKind | None
    really_id: str | None
    really_grabbed: bool
    as_happened: bool | None


@dataclass(frozen=True, kw_only=True)
class RulesReplayed:
    """``registered`` is how many tasks were registered there in the period, ``counted`` how many of them, the newest first,
    ``outcomes`` speak of (at most 50,000; empty after the first page). ``next`` leads to the following page of ``tasks``.
    """

    registered: int
    counted: int
    outcomes: tuple[RuleOutcome, ...]
    tasks: tuple[TaskReplayed, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class ReplayRules(Ask[RulesReplayed], service="dispatch"):
    """What these rules at ``node`` would have done with the tasks registered from ``since`` until ``until``, newest first. Changes
    nothing. The other nodes' rules are taken as they are in force now.

    ``differing``: only tasks that a rule would have given to somebody else than who had them. For
    the same roles at the node or above. Refused: not-allowed (403), invalid (422).
    """

    node: str
    rules: tuple[RoutingRule, ...]
    since: datetime
    until: datetime
    differing: bool = False
    cursor: str | None = None
    limit: int = 50
