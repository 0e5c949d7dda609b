"""The table of a case's steps, and what each makes of the case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.dispatch.contracts import CaseLeft, CaseOpened, CaseProposed, CaseState, HandKind, PlanStep
from services.dispatch.domain.cases import deciding
from services.dispatch.domain.cases.case import TABLE, Case, CaseStep, Side, allowed, sides
from services.dispatch.domain.cases.deciding import ENOUGH, MOST_ORDERS, CaseChange, Doer
from services.kit.actor import Actor, Grant
from services.kit.outcomes import Refused
from services.members.contracts import Level

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
COMMUNITY = "520425001001"
ROLES = {
    Side.LIAISON: "liaison",
    Side.SUPERVISOR: "supervisor",
    Side.OWNER: "unit_leader",
    Side.LOOKER_ON: "auditor",
    Side.RESIDENT: "resident",
}
PROPOSED = Case(
    case_id="case-1",
    community_code=COMMUNITY,
    title="3号楼 电梯",
    order_ids=("a", "b", "c"),
    begun_at=AT,
    changed_at=AT,
    sure=0.9,
)
OPEN = replace(
    PROPOSED, state=CaseState.OPEN, sequence=2, owner_kind=HandKind.UNIT, owner_id="unit-1", opened_at=AT
)
STATES = {
    CaseState.PROPOSED: PROPOSED,
    CaseState.OPEN: OPEN,
    CaseState.SOLVED: replace(OPEN, state=CaseState.SOLVED),
    CaseState.DISMISSED: replace(PROPOSED, state=CaseState.DISMISSED),
}


def doer(*taken: Side) -> Doer:
    return Doer("somebody", {side: ROLES[side] for side in taken}, AT + timedelta(hours=1))


def opening(case: Case, by: Doer, **more: Any) -> CaseChange:
    wanted: dict[str, Any] = {
        "order_ids": case.order_ids,
        "title": "电梯更新",
        "category": "facilities",
        "owner_kind": HandKind.UNIT,
        "owner_id": "unit-1",
        "plan": (),
        "by_hand": False,
    }
    return deciding.open_case(case, by, **wanted | more)


DECISIONS: dict[CaseStep, Callable[[Case, Doer], CaseChange]] = {
    CaseStep.OPEN: opening,
    CaseStep.DISMISS: lambda case, by: deciding.dismiss(case, by, reason="不是一回事"),
    CaseStep.CHANGE: lambda case, by: deciding.change(case, by, add=("d",), remove=("a",)),
    CaseStep.PLAN: lambda case, by: deciding.plan_anew(case, by, plan=()),
    CaseStep.PROGRESS: lambda case, by: deciding.progress(case, by, words="配件到货"),
    CaseStep.ESCALATE: lambda case, by: deciding.escalate(case, by, level=Level.STREET, words="要钱"),
    CaseStep.SOLVE: lambda case, by: deciding.solve(case, by, words="换好了"),
    CaseStep.VERIFY: lambda case, by: deciding.verify(case, by, words=None),
}


@pytest.mark.parametrize("state", CaseState)
@pytest.mark.parametrize("step", TABLE)
@pytest.mark.parametrize("side", Side)
def test_what_the_table_allows_can_be_done_and_nothing_else(
    step: CaseStep, state: CaseState, side: Side
) -> None:
    case, by, row = STATES[state], doer(side), TABLE[step]
    offered = step.value in allowed(case, by.standing)
    assert offered is (state in row.sources and side in row.who)
    if offered:
        change = DECISIONS[step](case, by)
        assert (change.step, change.role, change.by) == (step, ROLES[side], "somebody")
        assert change.after.state is (row.target or state)
        assert (change.after.sequence, change.after.changed_at) == (case.sequence + 1, by.at)
    else:
        with pytest.raises(Refused) as refused:
            DECISIONS[step](case, by)
        assert refused.value.slug == ("not-allowed" if state in row.sources else "wrong-state")


def test_nobody_checks_their_own_work() -> None:
    case = STATES[CaseState.SOLVED]
    assert allowed(case, doer(Side.LIAISON, Side.OWNER).standing) == ()
    assert allowed(case, doer(Side.LIAISON).standing) == ("verify",)


@pytest.mark.parametrize(
    ("actor", "resident", "found"),
    [
        (Actor(id="a", grants=(Grant("liaison", COMMUNITY),)), False, {Side.LIAISON}),
        (Actor(id="a", grants=(Grant("supervisor", COMMUNITY[:6]),)), False, {Side.SUPERVISOR}),
        (Actor(id="a", grants=(Grant("unit_leader", "unit:unit-1"),)), False, {Side.OWNER}),
        (Actor(id="a", grants=(Grant("unit_leader", "unit:unit-2"),)), False, set()),
        (Actor(id="a", grants=(Grant("grid_head", COMMUNITY),)), False, {Side.LOOKER_ON}),
        (Actor(id="a", grants=(Grant("grid_head", COMMUNITY + "001"),)), False, set()),
        (Actor(id="a", grants=(Grant("liaison", "520425001002"),)), False, set()),
        (Actor(id="a"), True, {Side.RESIDENT}),
        (Actor(), False, set()),
    ],
)
def test_who_stands_how(actor: Actor, resident: bool, found: set[Side]) -> None:
    assert set(sides(OPEN, actor, resident=resident)) == found


def test_a_member_who_owns_acts_in_person() -> None:
    case = replace(OPEN, owner_kind=HandKind.MEMBER, owner_id="member-1")
    assert set(sides(case, Actor(id="member-1"), resident=False)) == {Side.OWNER}
    assert not sides(case, Actor(id="member-2"), resident=False)


def test_residents_hear_of_a_case_only_once_it_is_open() -> None:
    for state, case in STATES.items():
        seen = Side.RESIDENT in sides(case, Actor(id="a"), resident=True)
        assert seen is (state in {CaseState.OPEN, CaseState.SOLVED})


def test_opening_tells_all_and_a_change_tells_those_who_come_and_go() -> None:
    (told,) = opening(PROPOSED, doer(Side.LIAISON)).events
    assert isinstance(told, CaseOpened)
    assert (told.order_ids, told.owner_id, told.title) == (("a", "b", "c"), "unit-1", "电梯更新")
    change = deciding.change(OPEN, doer(Side.LIAISON), add=("b", "d"), remove=("a",))
    assert change.after.order_ids == ("b", "c", "d")
    assert [(type(event), event.order_ids) for event in change.events] == [
        (CaseOpened, ("d",)),
        (CaseLeft, ("a",)),
    ]
    assert deciding.change(PROPOSED, doer(Side.LIAISON), add=("d",), remove=("a",)).events == ()


STEP = PlanStep(what="更换", due=date(2026, 3, 9))
WRONG: dict[str, tuple[str, Callable[[Doer], CaseChange]]] = {
    "no title": ("title", lambda by: opening(PROPOSED, by, title=" ")),
    "too long a title": ("title", lambda by: opening(PROPOSED, by, title="长" * 101)),
    "no orders": ("order_ids", lambda by: opening(PROPOSED, by, order_ids=())),
    "too many steps": ("plan", lambda by: opening(PROPOSED, by, plan=(STEP,) * 51)),
    "a step of nothing": ("plan", lambda by: opening(PROPOSED, by, plan=(replace(STEP, what=" "),))),
    "a strange order": ("remove", lambda by: deciding.change(OPEN, by, add=(), remove=("z",))),
    "all orders": ("order_ids", lambda by: deciding.change(OPEN, by, add=(), remove=("a", "b", "c"))),
    "no such way up": ("level", lambda by: deciding.escalate(OPEN, by, level=Level.GRID, words="x")),
    "no progress": ("words", lambda by: deciding.progress(OPEN, by, words="")),
    "no reason": ("reason", lambda by: deciding.dismiss(PROPOSED, by, reason="")),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_named(wrong: str) -> None:
    field, decide = WRONG[wrong]
    with pytest.raises(Refused) as refused:
        decide(doer(Side.LIAISON))
    assert (refused.value.status, refused.value.field) == (422, field)


def test_it_is_carried_up_and_never_down() -> None:
    street = deciding.escalate(OPEN, doer(Side.LIAISON), level=Level.STREET, words="要钱").after
    city = deciding.escalate(street, doer(Side.LIAISON), level=Level.CITY, words="要钱").after
    for level in (Level.CITY, Level.DISTRICT, Level.STREET):
        with pytest.raises(Refused, match="上报"):
            deciding.escalate(city, doer(Side.LIAISON), level=level, words="再要")


def grown(case: Case, *found: str) -> CaseChange | None:
    return deciding.grow(case, found, 0.6, AT)


def test_a_proposal_takes_in_what_is_found_and_an_open_case_only_suggests_it() -> None:
    change = grown(PROPOSED, "d")
    assert change is not None
    assert (change.after.order_ids, change.after.sure) == (("a", "b", "c", "d"), 0.6)
    change = grown(OPEN, "d")
    assert change is not None
    assert (change.after.order_ids, change.after.suggested) == (OPEN.order_ids, ("d",))
    assert grown(change.after, "d") is None
    assert grown(PROPOSED, "a") is None
    assert grown(STATES[CaseState.SOLVED], "d") is None


def test_a_case_grows_no_larger_than_one_can_be_opened() -> None:
    change = grown(PROPOSED, *(f"new-{n}" for n in range(600)))
    assert change is not None
    assert len(change.after.order_ids) == MOST_ORDERS
    assert grown(change.after, "another") is None


@pytest.mark.parametrize("new", range(1, ENOUGH + 1))
def test_what_was_dismissed_comes_up_again_only_with_enough_more(new: int) -> None:
    dismissed = STATES[CaseState.DISMISSED]
    change = grown(dismissed, *dismissed.order_ids, *(f"new-{n}" for n in range(new)))
    if new < ENOUGH:
        assert change is None
    else:
        assert change is not None
        assert change.after.state is CaseState.PROPOSED
        assert [type(event) for event in change.events] == [CaseProposed]
