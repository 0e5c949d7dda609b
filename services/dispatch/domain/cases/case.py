"""A case as a value, who stands how to it, and the one table of its steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.dispatch.contracts import CaseState, HandKind, PlanStep
from services.dispatch.domain.standing import leads
from services.kit.actor import Actor
from services.members.contracts import Level

LOOKERS_ON = ("grid_worker", "grid_head", "evaluator", "auditor")


class CaseStep(StrEnum):
    PROPOSE = "propose"
    GROW = "grow"
    OPEN = "open"
    DISMISS = "dismiss"
    CHANGE = "change"
    PLAN = "plan"
    PROGRESS = "progress"
    ESCALATE = "escalate"
    SOLVE = "solve"
    VERIFY = "verify"


class Side(StrEnum):
    """How somebody stands to a case."""

    LIAISON = "liaison"
    SUPERVISOR = "supervisor"
    OWNER = "owner"
    LOOKER_ON = "looker_on"
    RESIDENT = "resident"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All times are UTC. ``sequence`` counts its changes from 1. A dismissed case keeps its orders, to know whether it grows."""

    case_id: str
    community_code: str
    title: str
    order_ids: tuple[str, ...]
    begun_at: datetime
    changed_at: datetime
    state: CaseState = CaseState.PROPOSED
    sequence: int = 1
    sure: float | None = None
    category: str | None = None
    suggested: tuple[str, ...] = ()
    owner_kind: HandKind | None = None
    owner_id: str | None = None
    plan: tuple[PlanStep, ...] = ()
    escalated_to: Level | None = None
    opened_at: datetime | None = None
    solved_at: datetime | None = None
    verified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """``never`` overrules ``who``."""

    sources: tuple[CaseState, ...]
    target: CaseState | None
    who: tuple[Side, ...]
    never: tuple[Side, ...] = ()


COMMUNITY = (Side.LIAISON, Side.SUPERVISOR)
BOTH = (Side.OWNER, *COMMUNITY)

TABLE: Mapping[CaseStep, Row] = {
    CaseStep.OPEN: Row((CaseState.PROPOSED,), CaseState.OPEN, COMMUNITY),
    CaseStep.DISMISS: Row((CaseState.PROPOSED,), CaseState.DISMISSED, COMMUNITY),
    CaseStep.CHANGE: Row((CaseState.PROPOSED, CaseState.OPEN), None, COMMUNITY),
    CaseStep.PLAN: Row((CaseState.OPEN,), None, BOTH),
    CaseStep.PROGRESS: Row((CaseState.OPEN,), None, BOTH),
    CaseStep.ESCALATE: Row((CaseState.OPEN,), None, COMMUNITY),
    CaseStep.SOLVE: Row((CaseState.OPEN,), CaseState.SOLVED, (Side.OWNER,)),
    # Nobody checks their own work.
    CaseStep.VERIFY: Row((CaseState.SOLVED,), None, COMMUNITY, never=(Side.OWNER,)),
}


def sides(case: Case, actor: Actor, *, resident: bool) -> Mapping[Side, str]:
    """How ``actor`` stands to ``case``, with the role word that it is told under; empty: not at all."""
    place = case.community_code
    found: dict[Side, str] = {}
    for side in COMMUNITY:
        if actor.holds(side.value, place):
            found[side] = side.value
    if actor.id and case.owner_id is not None:
        if case.owner_kind is HandKind.MEMBER and case.owner_id == actor.id:
            found[Side.OWNER] = "member"
        elif case.owner_kind is HandKind.UNIT and leads(actor, case.owner_id):
            found[Side.OWNER] = "unit_leader"
    if actor.holds_any(LOOKERS_ON, place):
        found[Side.LOOKER_ON] = next(role for role in LOOKERS_ON if actor.holds(role, place))
    if resident and case.state in {CaseState.OPEN, CaseState.SOLVED}:
        found[Side.RESIDENT] = "resident"
    return found


def allowed(case: Case, standing: Mapping[Side, str]) -> tuple[str, ...]:
    """The steps that somebody may take now: the buttons of a page."""
    return tuple(
        step.value for step, row in TABLE.items() if case.state in row.sources and role_for(row, standing)
    )


def role_for(row: Row, standing: Mapping[Side, str]) -> str | None:
    """The role in which the row's step may be taken, None if in none."""
    if any(side in standing for side in row.never):
        return None
    return next((standing[side] for side in row.who if side in standing), None)
