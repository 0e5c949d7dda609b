"""Candidates of one task, kept with their scores; and why somebody is or is not one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.dispatch.contracts import (
    AcceptTask,
    AnswerTask,
    Aspect,
    AssignTask,
    Bar,
    DeclineTask,
    HandKind,
    ListCandidates,
    Matching,
    MatchTask,
    Slug,
    TaskView,
    Why,
    WhyMe,
)
from services.dispatch.domain.matching.scoring import WEIGHTS
from services.kit.actor import Actor
from services.kit.outcomes import Refused
from services.members.contracts import Away, FreeTime
from tests.integration.dispatch.lamps import FAR, HERE, NEAR, electrician, light
from tests.integration.dispatch.world import LIAISON, NEIGHBOURS, SUPERVISOR, World, member

ANOTHER_DISTRICT = "520423001001"


def match(world: World, task: TaskView) -> Matching:
    found = world.ask(LIAISON, MatchTask(task_id=task.task_id))
    assert isinstance(found, Matching)
    return found


def why(world: World, asker: Actor, task: TaskView, hand_id: str | None = None) -> Why:
    found = world.ask(asker, WhyMe(task_id=task.task_id, hand_id=hand_id))
    assert isinstance(found, Why)
    return found


def bars_of(answer: Why) -> list[Bar]:
    return [each.bar for each in answer.bars]


def test_the_nearest_apt_member_comes_first(world: World) -> None:
    task = light(world)
    electrician(world, 1, point=NEAR)
    electrician(world, 2, point=HERE)
    electrician(world, 3, community=NEIGHBOURS, point=FAR)
    world.checks_in(member(4), skills=("法律",))
    found = match(world, task)
    assert [each.hand_id for each in found.candidates] == ["member-2", "member-1"]
    assert [(each.rank, each.metres) for each in found.candidates] == [(1, 0), (2, 500)]
    assert (found.found, found.skill) == (2, "电工")
    first = found.candidates[0]
    assert first.score == pytest.approx(sum(part.value * part.weight for part in first.parts), abs=1e-3)
    assert {part.aspect: part.weight for part in first.parts} == dict(WEIGHTS)
    misses = {each.hand_id: [bar.bar for bar in each.bars] for each in found.near_misses}
    assert misses == {"member-4": [Bar.SKILL], "member-3": [Bar.DISTANCE]}
    assert world.ask(SUPERVISOR, ListCandidates(task_id=task.task_id)) == found


def test_each_rule_is_told_to_whom_it_excludes(world: World) -> None:
    task = light(world)
    today = date(2026, 3, 2)
    never = FreeTime(weekday=1, from_minute=0, to_minute=30)
    electrician(world, 1, leave=(Away(first=today, last=today + timedelta(days=30)),))
    electrician(world, 2, free=(never,))
    electrician(world, 3, capacity=1)
    other = light(world, "order-2")
    world.task(LIAISON, AssignTask(task_id=other.task_id, hand_kind=HandKind.MEMBER, hand_id="member-3"))
    electrician(world, 4, community=ANOTHER_DISTRICT, point=HERE)
    assert match(world, task).found == 0
    told = {number: bars_of(why(world, LIAISON, task, f"member-{number}")) for number in (1, 2, 3, 4)}
    assert told == {1: [Bar.LEAVE, Bar.TIME], 2: [Bar.TIME], 3: [Bar.CAPACITY], 4: [Bar.SCOPE]}
    told_alone = why(world, member(3), task)
    assert (told_alone.rank, told_alone.found, told_alone.best) == (None, 0, None)
    assert told_alone.bars[0].words == "手头的任务已满"


def test_no_ends_the_asking_and_the_budget_bounds_it(world: World) -> None:
    task = light(world)
    electrician(world, 1)
    offer = AssignTask(task_id=task.task_id, hand_kind=HandKind.MEMBER, hand_id="member-1")
    world.task(LIAISON, offer)
    world.task(member(1), DeclineTask(task_id=task.task_id, reason="出差"))
    world.passes(minutes=1)
    assert match(world, task).found == 0
    assert bars_of(why(world, member(1), task)) == [Bar.REFUSED]
    second = light(world, "order-2")
    world.task(LIAISON, AssignTask(task_id=second.task_id, hand_kind=HandKind.MEMBER, hand_id="member-1"))
    third = light(world, "order-3")
    assert bars_of(why(world, member(1), third)) == [Bar.BUDGET]
    world.passes(days=1, minutes=1)
    assert match(world, third).found == 1


def test_every_offer_keeps_its_score_for_good(world: World) -> None:
    task = light(world)
    electrician(world, 1, point=NEAR)
    electrician(world, 2, point=HERE)
    match(world, task)
    world.task(LIAISON, AssignTask(task_id=task.task_id, hand_kind=HandKind.MEMBER, hand_id="member-1"))
    mine = why(world, member(1), task)
    assert (mine.rank, mine.found, bars_of(mine)) == (2, 2, [])
    assert mine.best is not None
    assert mine.best > mine.score
    world.passes(days=2)
    assert why(world, member(1), task) == mine
    assert why(world, LIAISON, task, "member-2").rank == 1


def test_an_offer_by_name_is_reckoned_where_nobody_looked(world: World) -> None:
    task = light(world)
    electrician(world, 1)
    world.task(LIAISON, AssignTask(task_id=task.task_id, hand_kind=HandKind.MEMBER, hand_id="member-1"))
    mine = why(world, member(1), task)
    assert (mine.rank, mine.found, mine.metres) == (1, 0, 600)


def test_what_was_done_counts_for_familiarity_and_against_in_fairness(world: World) -> None:
    electrician(world, 1)
    done = light(world, "order-0")
    world.task(LIAISON, AssignTask(task_id=done.task_id, hand_kind=HandKind.MEMBER, hand_id="member-1"))
    world.task(member(1), AcceptTask(task_id=done.task_id))
    world.task(member(1), AnswerTask(task_id=done.task_id, words="修好了"))
    task = light(world)
    (found,) = match(world, task).candidates
    values = {part.aspect: part.value for part in found.parts}
    assert values[Aspect.FAMILIARITY] == 0.2
    assert values[Aspect.FAIRNESS] == pytest.approx(29 / 30, abs=1e-4)
    assert values[Aspect.RECORD] == pytest.approx(2 / 3, abs=1e-4)
    world.passes(days=31)
    later = light(world, "order-2")
    (found,) = match(world, later).candidates
    assert {part.aspect: part.value for part in found.parts}[Aspect.FAIRNESS] == 1


def test_members_ask_about_themselves_alone(world: World) -> None:
    task = light(world)
    electrician(world, 1)
    electrician(world, 2)
    with pytest.raises(Refused) as refused:
        why(world, member(1), task, "member-2")
    assert (refused.value.slug, refused.value.status) == (Slug.NOT_ALLOWED, 403)
    with pytest.raises(Refused) as unknown:
        why(world, LIAISON, task, "nobody")
    assert unknown.value.slug == Slug.NO_SUCH_HAND


def test_candidates_are_there_once_looked_for_and_only_before_somebody_has_it(world: World) -> None:
    task = light(world)
    with pytest.raises(Refused) as refused:
        world.ask(LIAISON, ListCandidates(task_id=task.task_id))
    assert (refused.value.slug, refused.value.status) == (Slug.NOT_MATCHED, 404)
    electrician(world, 1)
    world.task(LIAISON, AssignTask(task_id=task.task_id, hand_kind=HandKind.MEMBER, hand_id="member-1"))
    with pytest.raises(Refused) as late:
        match(world, task)
    assert late.value.slug == Slug.WRONG_STATE
