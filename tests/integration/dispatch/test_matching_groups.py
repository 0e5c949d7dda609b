"""Units and teams for one task on real tables: found, ranked, kept, and told why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.dispatch.contracts import (
    AcceptTask,
    AskInTurn,
    Aspect,
    AssignTask,
    Bar,
    DeclineTask,
    GetTask,
    GroupMatching,
    HandKind,
    MatchGroups,
    PutRules,
    RouteTo,
    RoutingRule,
    ScoredGroup,
    Slug,
    TaskView,
    WhyMe,
)
from services.kit.actor import Actor
from services.kit.outcomes import Refused
from tests.integration.dispatch.lamps import light
from tests.integration.dispatch.world import (
    COMMUNITY,
    LIAISON,
    NEIGHBOURS,
    STRANGER,
    SUPERVISOR,
    World,
    leader,
    member,
)

OTHER, EMPTY, FAR = "unit-2", "unit-3", "unit-4"


def people(world: World) -> None:
    """Two electricians of unit-1 checked in here, one of unit-2 next door; unit-3 has nobody, unit-4 no electrician."""
    for unit_id in ("unit-1", OTHER, EMPTY, FAR):
        world.unit_reports(unit_id)
    for number, unit_id, community, skill in (
        (1, "unit-1", COMMUNITY, "电工"),
        (2, "unit-1", COMMUNITY, "电工"),
        (3, OTHER, NEIGHBOURS, "电工"),
        (4, FAR, COMMUNITY, "法律"),
    ):
        who = replace(member(number, community), unit_id=unit_id)
        world.checks_in(who, community=community, skills=(skill,))
    world.team_forms("team-1", member(1), member(3))


def match(world: World, task: TaskView, actor: Actor = LIAISON, skill: str | None = None) -> GroupMatching:
    found = world.ask(actor, MatchGroups(task_id=task.task_id, skill=skill))
    assert isinstance(found, GroupMatching)
    return found


def part(scored: ScoredGroup, aspect: Aspect) -> float:
    return next(each.value for each in scored.parts if each.aspect is aspect)


def test_units_and_teams_are_ranked_by_their_people(world: World) -> None:
    people(world)
    found = match(world, light(world))
    assert (found.skill, found.found) == ("电工", 3)
    ranked = [(each.rank, each.hand_kind, each.hand_id) for each in found.candidates]
    assert ranked == [
        (1, HandKind.UNIT, "unit-1"),
        (2, HandKind.TEAM, "team-1"),
        (3, HandKind.UNIT, OTHER),
    ]
    first, _, third = found.candidates
    assert (part(first, Aspect.NEARNESS), part(first, Aspect.SKILL)) == (0.4, 1.0)
    assert (part(third, Aspect.NEARNESS), part(third, Aspect.SKILL)) == (0.0, 0.5)
    assert sum(each.value * each.weight for each in first.parts) == pytest.approx(first.score, abs=0.001)
    assert [(each.hand_id, each.bars[0].bar) for each in found.near_misses] == [(FAR, Bar.SKILL)]


def test_what_is_in_hand_was_done_or_refused_counts(world: World) -> None:
    people(world)
    before, busy = light(world, "order-1"), light(world, "order-2")
    for task in (before, busy):
        world.task(LIAISON, AssignTask(task_id=task.task_id, hand_kind=HandKind.UNIT, hand_id="unit-1"))
    world.task(leader("unit-1"), AcceptTask(task_id=before.task_id))
    world.task(leader("unit-1"), DeclineTask(task_id=busy.task_id, reason="人手不够"))
    again = match(world, busy)
    assert [(each.hand_id, [bar.bar for bar in each.bars]) for each in again.near_misses] == [
        ("unit-1", [Bar.REFUSED]),
        (FAR, [Bar.SKILL]),
    ]
    fresh = match(world, light(world, "order-3"))
    mine = next(each for each in fresh.candidates if each.hand_id == "unit-1")
    assert [part(mine, each) for each in (Aspect.FAIRNESS, Aspect.FAMILIARITY, Aspect.RECORD)] == [
        0.5,
        0.2,
        0.5,
    ]


def test_the_score_shown_is_kept_and_told(world: World) -> None:
    people(world)
    task = light(world)
    told = match(world, task).candidates[0]
    world.task(LIAISON, AssignTask(task_id=task.task_id, hand_kind=HandKind.UNIT, hand_id="unit-1"))
    world.checks_in(replace(member(1), unit_id=OTHER), skills=("电工",), sequence=2)
    why = world.ask(LIAISON, WhyMe(task_id=task.task_id, hand_id="unit-1"))
    assert (why.rank, why.score, why.found, why.metres) == (1, told.score, 3, None)
    assert {each.aspect for each in why.parts} == set(Aspect) - {Aspect.WISHES}
    never_shown = light(world, "order-2")
    reckoned = world.ask(LIAISON, WhyMe(task_id=never_shown.task_id, hand_id=OTHER))
    assert (reckoned.rank, part(reckoned, Aspect.NEARNESS)) == (1, 0.2)


@pytest.mark.parametrize("actor", [STRANGER, member(1)])
def test_groups_are_matched_by_those_who_may_ask_them(world: World, actor: Actor) -> None:
    people(world)
    task = light(world)
    with pytest.raises(Refused) as refused:
        match(world, task, actor)
    assert (refused.value.slug, refused.value.status) == (Slug.NO_SUCH_TASK, 404)


def test_the_matcher_asks_units_and_teams_one_at_a_time_as_they_rank(world: World) -> None:
    people(world)
    task = light(world)
    with pytest.raises(Refused) as refused:
        world.ask(LIAISON, AskInTurn(task_id=task.task_id, groups=True, wave=2))
    assert (refused.value.slug, refused.value.field) == (Slug.INVALID, "wave")
    world.task(LIAISON, AskInTurn(task_id=task.task_id, groups=True, hold_minutes=60))
    world.ask_clocks()

    def asked() -> tuple[str, HandKind | None, str | None]:
        now = world.task(LIAISON, GetTask(task_id=task.task_id))
        return now.state, now.hand_kind, now.hand_id

    assert asked() == ("assigned", HandKind.UNIT, "unit-1")
    why = world.ask(LIAISON, WhyMe(task_id=task.task_id, hand_id="unit-1"))
    assert (why.rank, why.found) == (1, 3)
    world.task(leader("unit-1"), DeclineTask(task_id=task.task_id, reason="都在外地"))
    world.ask_clocks()
    assert asked() == ("assigned", HandKind.TEAM, "team-1")
    world.passes(minutes=61)
    world.ask_clocks()
    assert asked() == ("assigned", HandKind.UNIT, OTHER)
    world.task(leader(OTHER), DeclineTask(task_id=task.task_id, reason="人手不够"))
    world.ask_clocks()
    assert asked() == ("registered", None, None), "who was silent is not asked a second time"
    assert world.steps(task.task_id)[-1] == "candidates_exhausted"


def test_a_rule_hands_tasks_to_the_matcher_for_units(world: World) -> None:
    people(world)
    rule = RoutingRule(name="路灯问单位", to=RouteTo.GROUPS, categories=("facilities_light",))
    world.ask(SUPERVISOR, PutRules(node=COMMUNITY, rules=(rule,), seen=0))
    task = light(world)
    world.ask_clocks()
    assert world.task(LIAISON, GetTask(task_id=task.task_id)).hand_id == "unit-1"
    (matched,) = [each for each in world.outbox(task.task_id) if each["type"] == "dispatch.task_matched"]
    assert (matched["body"]["groups"], matched["body"]["role"]) == (True, "rule")
