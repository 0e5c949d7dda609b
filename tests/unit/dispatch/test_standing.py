"""Who stands how to a task: roles by place, relations by name, units through their leaders, residents by code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.dispatch.contracts import HandKind
from services.dispatch.domain.standing import may_see, stands
from services.dispatch.domain.task import Hand, Task
from services.dispatch.domain.transitions import Relation
from services.kit.actor import VISITOR, Actor, Grant
from tests.unit.dispatch import samples
from tests.unit.dispatch.samples import (
    ACTING,
    ASSIGNED,
    COLLECTED,
    COMMUNITY,
    GRID,
    MEMBER_HAND,
    OPENED,
    UNIT,
)

OF_UNIT = replace(ASSIGNED, hand_kind=HandKind.UNIT, hand_id=UNIT)
UNIT_ACTS = replace(ACTING, hand_kind=HandKind.UNIT, hand_id=UNIT, member_id=None)
UNIT_NAMED = replace(UNIT_ACTS, member_id="member-1")
ELSEWHERE = replace(MEMBER_HAND, place="520425001002")
UNSKILLED = replace(MEMBER_HAND, skills=())
WIRING = replace(OPENED, skill="电工")
STREET_WIDE = replace(OPENED, scope=COMMUNITY[:9])


@pytest.mark.parametrize(
    ("task", "actor", "relations"),
    [
        (COLLECTED, samples.LIAISON, {"liaison": "liaison"}),
        (COLLECTED, Actor(id="x", grants=(Grant("liaison", "520425001002"),)), {}),
        (COLLECTED, samples.SUPERVISOR, {"supervisor": "supervisor"}),
        (COLLECTED, Actor(id="x", grants=(Grant("supervisor", "520425002"),)), {}),
        (COLLECTED, samples.GRID_WORKER, {"grid": "grid_worker"}),
        (COLLECTED, Actor(id="x", grants=(Grant("grid_head", GRID),)), {"grid": "grid_head"}),
        (COLLECTED, Actor(id="x", grants=(Grant("grid_head", COMMUNITY + "004"),)), {}),
        (replace(COLLECTED, grid_code=None), samples.GRID_WORKER, {}),
        (replace(COLLECTED, private=True), samples.GRID_WORKER, {}),
        (replace(COLLECTED, private=True), samples.LIAISON, {"liaison": "liaison"}),
        (COLLECTED, samples.RESIDENT, {"resident": "resident"}),
        (COLLECTED, samples.CODE_HOLDER, {"resident": "resident"}),
        (COLLECTED, Actor(order_id="order-2"), {}),
        (replace(COLLECTED, residents=("",)), VISITOR, {}),
        (ASSIGNED, samples.MEMBER, {"asked": "member"}),
        (ASSIGNED, Actor(id="member-2"), {}),
        (ASSIGNED, samples.UNIT_LEADER, {}),
        (OF_UNIT, samples.UNIT_LEADER, {"asked": "unit_leader"}),
        (OF_UNIT, samples.MEMBER, {}),
        (ACTING, samples.MEMBER, {"acting": "member"}),
        (ACTING, samples.UNIT_LEADER, {}),
        (UNIT_ACTS, samples.UNIT_LEADER, {"acting": "unit_leader"}),
        (UNIT_ACTS, samples.MEMBER, {}),
        (UNIT_NAMED, samples.UNIT_LEADER, {"acting": "unit_leader"}),
        (UNIT_NAMED, samples.MEMBER, {"acting": "member"}),
    ],
)
def test_relations(task: Task, actor: Actor, relations: dict[str, str]) -> None:
    assert stands(task, actor, None).standing == {Relation(name): role for name, role in relations.items()}


@pytest.mark.parametrize(
    ("task", "hand", "is_candidate"),
    [
        (OPENED, MEMBER_HAND, True),
        (OPENED, ELSEWHERE, False),
        (OPENED, None, False),
        (samples.REGISTERED, MEMBER_HAND, False),
        (STREET_WIDE, ELSEWHERE, True),
        (WIRING, MEMBER_HAND, True),
        (WIRING, UNSKILLED, False),
    ],
)
def test_candidates_for_a_grab(task: Task, hand: Hand | None, is_candidate: bool) -> None:
    assert (Relation.CANDIDATE in stands(task, samples.MEMBER, hand).standing) is is_candidate


def test_a_resident_without_account_is_told_of_as_nobody_in_the_role_of_resident() -> None:
    by = stands(COLLECTED, samples.CODE_HOLDER, None)
    assert by.id is None
    assert by.standing[Relation.RESIDENT] == "resident"


def test_evaluators_and_auditors_of_the_place_see_without_any_step() -> None:
    for role in ("evaluator", "auditor"):
        watcher = Actor(id="w", grants=(Grant(role, COMMUNITY[:6]),))
        assert may_see(COLLECTED, watcher, stands(COLLECTED, watcher, None))
    stranger = Actor(id="s", grants=(Grant("auditor", "4205"),))
    assert not may_see(COLLECTED, stranger, stands(COLLECTED, stranger, None))
