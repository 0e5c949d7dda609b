"""上报 by hand: to the level above whoever does it, back to where it came from, and the clock going on from there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.dispatch.contracts import Slug, TaskHandedDown, TaskRaised
from services.dispatch.domain.escalating import escalate
from services.dispatch.domain.raising import hand_down, raise_up
from services.dispatch.domain.standing import By
from services.dispatch.domain.task import Task
from services.dispatch.domain.transitions import Relation
from services.kit.outcomes import Refused
from services.members.contracts import Level
from tests.unit.dispatch.samples import ACTING, NOW, REGISTERED, by

LIAISON, STREET, GRID = by(Relation.LIAISON), by(Relation.SUPERVISOR), by(Relation.GRID)


def at(level: Level | None) -> Task:
    return replace(REGISTERED, grid_code=f"{REGISTERED.community_code}001", escalated_to=level)


@pytest.mark.parametrize(
    ("who", "before", "after"),
    [
        (GRID, None, Level.COMMUNITY),
        (LIAISON, None, Level.STREET),
        (LIAISON, Level.COMMUNITY, Level.STREET),
        (STREET, None, Level.STREET),
        (STREET, Level.STREET, Level.DISTRICT),
        (STREET, Level.DISTRICT, Level.CITY),
        (by(Relation.GRID, Relation.LIAISON), None, Level.STREET),
    ],
)
def test_it_goes_to_the_level_above_whoever_passes_it_up(who: By, before: Level | None, after: Level) -> None:
    change = raise_up(at(before), who, NOW, reason=" 管线归市政 ")
    assert (change.after.level, change.after.raised_from) == (after, at(before).level)
    assert isinstance(change.event, TaskRaised)
    assert (change.event.level, change.event.words) == (after, "管线归市政")
    assert change.event.node == at(before).community_code[: len(change.event.node)]


def test_promises_and_clocks_stay_and_the_next_rung_goes_on_from_there() -> None:
    task = replace(ACTING, promised_at=NOW, escalate_at=NOW)
    raised = raise_up(task, LIAISON, NOW, reason="需几个部门").after
    assert (raised.promised_at, raised.escalate_at) == (task.promised_at, task.escalate_at)
    later = escalate(raised, NOW).after
    assert (later.level, later.raised_from) == (Level.DISTRICT, None)
    with pytest.raises(Refused) as refused:
        hand_down(later, STREET, NOW, reason="街道能办")
    assert refused.value.slug is Slug.WRONG_STATE, "what a clock raised is not given back"


def test_it_comes_back_to_the_level_that_passed_it_up_once() -> None:
    raised = raise_up(at(Level.COMMUNITY), LIAISON, NOW, reason="报街道").after
    change = hand_down(raised, STREET, NOW, reason="社区能办")
    assert (change.after.level, change.after.raised_from) == (Level.COMMUNITY, None)
    assert isinstance(change.event, TaskHandedDown)
    assert (change.event.level, change.event.node) == (Level.COMMUNITY, raised.community_code)
    of_grid = raise_up(at(None), GRID, NOW, reason="网格办不了").after
    back = hand_down(of_grid, LIAISON, NOW, reason="网格能办")
    assert (back.after.escalated_to, back.after.level) == (None, Level.GRID)
    assert isinstance(back.event, TaskHandedDown)
    assert back.event.node == of_grid.grid_code


def test_whoever_no_longer_has_it_is_told_so() -> None:
    raised = raise_up(at(None), LIAISON, NOW, reason="报街道").after
    for step in (raise_up, hand_down):
        with pytest.raises(Refused) as refused:
            step(raised, LIAISON, NOW, reason="再报")
        assert (refused.value.status, "负责它的一级" in refused.value.message) == (403, True)
    with pytest.raises(Refused) as refused:
        raise_up(at(None), LIAISON, NOW, reason=" ")
    assert refused.value.field == "reason"
