"""What a step makes of a case: decisions of people, and of what was found alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from services.dispatch.contracts import (
    CaseEscalated,
    CaseEvent,
    CaseLeft,
    CaseOpened,
    CaseProgressed,
    CaseProposed,
    CaseSolved,
    CaseState,
    HandKind,
    PlanStep,
    Slug,
)
from services.dispatch.domain.cases.case import TABLE, Case, CaseStep, Side, role_for
from services.dispatch.domain.wording import LONGEST_ANSWER, invalid, said
from services.kit.outcomes import Refused
from services.members.contracts import Level

ENOUGH = 3
"""So many orders alike make a proposal; so many more propose a dismissed one again."""
MOST_ORDERS = 500
MOST_STEPS = 50
LONGEST_TITLE = 100
LEVELS = {Level.STREET: 9, Level.DISTRICT: 6, Level.CITY: 4}
"""To whom a case may be carried up, with the length of the node's code."""

STATE_WORDS = {
    CaseState.PROPOSED: "待确认",
    CaseState.OPEN: "攻坚中",
    CaseState.SOLVED: "已解决",
    CaseState.DISMISSED: "已撤销",
}


@dataclass(frozen=True, slots=True)
class CaseChange:
    """``before`` is None for a case that begins with this step. ``words`` stand in its history; ``events`` tell of it."""

    step: CaseStep
    before: Case | None
    after: Case
    at: datetime
    by: str | None
    role: str | None
    words: str | None
    events: tuple[CaseEvent, ...]


@dataclass(frozen=True, slots=True)
class Doer:
    """Who takes a step, in which of several ways they stand to the case, and when."""

    id: str | None
    standing: Mapping[Side, str]
    at: datetime


E = TypeVar("E", bound=CaseEvent)


def propose(
    case_id: str, community: str, title: str, order_ids: tuple[str, ...], sure: float, at: datetime
) -> CaseChange:
    case = Case(
        case_id=case_id,
        community_code=community,
        title=title,
        order_ids=order_ids,
        sure=sure,
        begun_at=at,
        changed_at=at,
    )
    event = _told(CaseProposed, case, order_ids, None, None, at, None)
    return CaseChange(CaseStep.PROPOSE, None, case, at, None, None, None, (event,))


def grow(case: Case, found: Sequence[str], sure: float, at: datetime) -> CaseChange | None:
    """More orders are like those of the case: a proposed one takes them in, an open one suggests them, a dismissed one comes up
    again if there are enough. None where nothing is new.
    """
    room = MOST_ORDERS - len(case.order_ids) - len(case.suggested)
    new = tuple(order for order in found if order not in {*case.order_ids, *case.suggested})[:room]
    if room <= 0 or not new or case.state is CaseState.SOLVED:
        return None
    if case.state is CaseState.OPEN:
        after = _after(case, at, suggested=case.suggested + new)
        return CaseChange(CaseStep.GROW, case, after, at, None, None, None, ())
    if case.state is CaseState.PROPOSED:
        after = _after(case, at, order_ids=case.order_ids + new, sure=min(case.sure or sure, sure))
        return CaseChange(CaseStep.GROW, case, after, at, None, None, None, ())
    if len(new) < ENOUGH:
        return None
    after = _after(case, at, state=CaseState.PROPOSED, order_ids=tuple(found), sure=sure)
    event = _told(CaseProposed, after, after.order_ids, None, None, at, None)
    return CaseChange(CaseStep.PROPOSE, case, after, at, None, None, None, (event,))


def open_case(
    case: Case,
    doer: Doer,
    *,
    order_ids: tuple[str, ...],
    title: str,
    category: str,
    owner_kind: HandKind,
    owner_id: str,
    plan: tuple[PlanStep, ...],
    by_hand: bool,
) -> CaseChange:
    """A proposal confirmed, or a case that a liaison begins (``by_hand``: nothing was there before)."""
    role = _permit(case, CaseStep.OPEN, doer)
    after = _after(
        case,
        doer.at,
        state=CaseState.OPEN,
        title=said(title, "title", most=LONGEST_TITLE),
        order_ids=_orders(order_ids),
        category=category,
        owner_kind=owner_kind,
        owner_id=owner_id,
        plan=_plan(plan),
        opened_at=doer.at,
        sequence=1 if by_hand else case.sequence + 1,
    )
    event = _opened(after, after.order_ids, doer, role)
    return CaseChange(CaseStep.OPEN, None if by_hand else case, after, doer.at, doer.id, role, None, (event,))


def dismiss(case: Case, doer: Doer, *, reason: str) -> CaseChange:
    role = _permit(case, CaseStep.DISMISS, doer)
    after = _after(case, doer.at, state=CaseState.DISMISSED)
    return CaseChange(CaseStep.DISMISS, case, after, doer.at, doer.id, role, said(reason, "reason"), ())


def change(case: Case, doer: Doer, *, add: tuple[str, ...], remove: tuple[str, ...]) -> CaseChange:
    """Orders in and out. An open case tells those who come and those who go."""
    role = _permit(case, CaseStep.CHANGE, doer)
    if strange := [order for order in remove if order not in (*case.order_ids, *case.suggested)]:
        raise invalid("remove", f"点单 {strange[0]} 不在这个共性诉求里")
    new = tuple(dict.fromkeys(order for order in add if order not in case.order_ids))
    gone = tuple(order for order in case.order_ids if order in remove)
    kept = tuple(order for order in case.order_ids if order not in remove)
    after = _after(
        case,
        doer.at,
        order_ids=_orders(kept + new),
        suggested=tuple(order for order in case.suggested if order not in {*add, *remove}),
    )
    events: list[CaseEvent] = []
    if case.state is CaseState.OPEN and new:
        events.append(_opened(after, new, doer, role))
    if case.state is CaseState.OPEN and gone:
        events.append(_told(CaseLeft, after, gone, doer.id, role, doer.at, None))
    return CaseChange(CaseStep.CHANGE, case, after, doer.at, doer.id, role, None, tuple(events))


def plan_anew(case: Case, doer: Doer, *, plan: tuple[PlanStep, ...]) -> CaseChange:
    role = _permit(case, CaseStep.PLAN, doer)
    after = _after(case, doer.at, plan=_plan(plan))
    return CaseChange(CaseStep.PLAN, case, after, doer.at, doer.id, role, None, ())


def progress(case: Case, doer: Doer, *, words: str) -> CaseChange:
    role = _permit(case, CaseStep.PROGRESS, doer)
    told = said(words, "words", most=LONGEST_ANSWER)
    after = _after(case, doer.at)
    event = _told(CaseProgressed, after, after.order_ids, doer.id, role, doer.at, told)
    return CaseChange(CaseStep.PROGRESS, case, after, doer.at, doer.id, role, told, (event,))


def escalate(case: Case, doer: Doer, *, level: Level, words: str) -> CaseChange:
    role = _permit(case, CaseStep.ESCALATE, doer)
    if level not in LEVELS:
        raise invalid("level", "只能上报到街道、区县或城市")
    if case.escalated_to is not None and LEVELS[level] >= LEVELS[case.escalated_to]:
        raise invalid("level", "已经上报到这一级或更高一级")
    told = said(words, "words")
    after = _after(case, doer.at, escalated_to=level)
    node = case.community_code[: LEVELS[level]]
    event = _told(CaseEscalated, after, after.order_ids, doer.id, role, doer.at, told, level=level, node=node)
    return CaseChange(CaseStep.ESCALATE, case, after, doer.at, doer.id, role, told, (event,))


def solve(case: Case, doer: Doer, *, words: str) -> CaseChange:
    role = _permit(case, CaseStep.SOLVE, doer)
    told = said(words, "words", most=LONGEST_ANSWER)
    after = _after(case, doer.at, state=CaseState.SOLVED, solved_at=doer.at, suggested=())
    event = _told(CaseSolved, after, after.order_ids, doer.id, role, doer.at, told)
    return CaseChange(CaseStep.SOLVE, case, after, doer.at, doer.id, role, told, (event,))


def verify(case: Case, doer: Doer, *, words: str | None) -> CaseChange:
    role = _permit(case, CaseStep.VERIFY, doer)
    after = _after(case, doer.at, verified_at=doer.at)
    return CaseChange(CaseStep.VERIFY, case, after, doer.at, doer.id, role, words, ())


def _permit(case: Case, step: CaseStep, doer: Doer) -> str:
    """The role in which the step is taken. Refused: wrong-state (409), not-allowed (403)."""
    row = TABLE[step]
    if case.state not in row.sources:
        message = f"这个共性诉求现在是「{STATE_WORDS[case.state]}」，不能这样办；请刷新后再看"
        raise Refused(Slug.WRONG_STATE, message, status=409, state=case.state)
    role = role_for(row, doer.standing)
    if role is None:
        message = "您不能对这个共性诉求这样办；如属您的职责，请联系社区联络员"
        raise Refused(Slug.NOT_ALLOWED, message, status=403)
    return role


def _after(case: Case, at: datetime, **changes: Any) -> Case:
    return replace(case, **{"sequence": case.sequence + 1, "changed_at": at, **changes})


def _opened(case: Case, order_ids: tuple[str, ...], doer: Doer, role: str) -> CaseOpened:
    if case.owner_kind is None or case.owner_id is None:
        raise ValueError(f"the open case {case.case_id} has no owner")
    return _told(
        CaseOpened,
        case,
        order_ids,
        doer.id,
        role,
        doer.at,
        None,
        owner_kind=case.owner_kind,
        owner_id=case.owner_id,
    )


def _told(
    event: type[E],
    case: Case,
    order_ids: tuple[str, ...],
    by: str | None,
    role: str | None,
    at: datetime,
    words: str | None,
    **more: Any,
) -> E:
    return event(
        case_id=case.case_id,
        order_ids=order_ids,
        community_code=case.community_code,
        title=case.title,
        by=by,
        role=role,
        at=at,
        words=words,
        **more,
    )


def _orders(order_ids: tuple[str, ...]) -> tuple[str, ...]:
    if not 1 <= len(order_ids) <= MOST_ORDERS:
        raise invalid("order_ids", f"一个共性诉求须有 1 到 {MOST_ORDERS} 条点单")
    return tuple(dict.fromkeys(order_ids))


def _plan(plan: tuple[PlanStep, ...]) -> tuple[PlanStep, ...]:
    if len(plan) > MOST_STEPS:
        raise invalid("plan", f"计划最多 {MOST_STEPS} 步")
    return tuple(replace(step, what=said(step.what, "plan")) for step in plan)
