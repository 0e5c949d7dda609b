"""A team accepts: who comes, who sits where, who leads, and how the task goes back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.dispatch.contracts import (
    HandKind,
    PartState,
    ReturnKind,
    Slug,
    State,
    TaskAccepted,
    TaskReturned,
)
from services.dispatch.domain import acting, joining, offering
from services.dispatch.domain.moves import allowed
from services.dispatch.domain.slots import Slot
from services.dispatch.domain.standing import By, stands
from services.dispatch.domain.task import Change, Hand, Task
from services.dispatch.domain.teaming import ROLE, accept_for_team
from services.dispatch.domain.transitions import Relation
from services.kit.actor import Actor, Grant
from services.kit.outcomes import Refused
from tests.unit.dispatch.samples import COMMUNITY, NOW, REGISTERED, UNIT, by

TEAM = Hand(
    kind=HandKind.TEAM,
    id="team-1",
    unit_id=None,
    place=COMMUNITY,
    members=("member-1", "member-2", "member-3"),
)
LEADER = Actor(id="member-9", grants=(Grant("team_leader", "team:team-1"),))
OTHER_LEADER = Actor(id="member-8", grants=(Grant("team_leader", "team:team-2"),))
ASKED = offering.assign(REGISTERED, by(Relation.LIAISON), NOW, hand=TEAM, hold_minutes=60).after


def hand(number: int, *skills: str) -> Hand:
    return Hand(kind=HandKind.MEMBER, id=f"member-{number}", unit_id=UNIT, place=COMMUNITY, skills=skills)


def accept(task: Task, *coming: Hand, lead: str | None = None) -> Change:
    asker = stands(task, LEADER, None)
    return accept_for_team(task, asker, NOW, team=TEAM, coming=coming, lead=lead)


def places(task: Task) -> dict[str, str | None]:
    return {part.hand_id: part.slot for part in task.parts}


def test_the_leader_of_the_team_is_asked_and_nobody_else() -> None:
    assert {"accept", "decline"} <= set(allowed(ASKED, stands(ASKED, LEADER, None)))
    assert stands(ASKED, OTHER_LEADER, None).standing == {}


def test_those_who_come_have_a_part_and_the_one_named_leads() -> None:
    change = accept(ASKED, hand(1), hand(2), lead="member-2")
    task, event = change.after, change.event
    assert isinstance(event, TaskAccepted)
    assert (event.team_id, event.coming, event.member_id) == ("team-1", ("member-1", "member-2"), "member-2")
    assert (task.state, task.hand_kind, task.hand_id, task.hold_until) == (
        State.ACTING,
        HandKind.TEAM,
        "team-1",
        None,
    )
    assert places(task) == {"member-1": ROLE, "member-2": ROLE}
    assert stands(task, LEADER, None).standing == {Relation.ACTING: "team_leader"}


SLOTS = (
    Slot(role="记录", count=1, required=False),
    Slot(role="搬运", count=1),
    Slot(role="电工", count=1, skill="电工"),
)


def test_everybody_is_seated_where_they_fit() -> None:
    task = accept(replace(ASKED, slots=SLOTS), hand(1, "电工"), hand(2), hand(3)).after
    seated = places(task)
    assert seated["member-1"] == "电工"
    assert {seated["member-2"], seated["member-3"]} == {"记录", "搬运"}


def test_required_places_come_first() -> None:
    task = accept(replace(ASKED, slots=SLOTS), hand(1, "电工"), hand(2, "电工")).after
    assert set(places(task).values()) == {"搬运", "电工"}


@pytest.mark.parametrize(
    ("slots", "coming", "lead", "slug", "field"),
    [
        ((), (), None, Slug.INVALID, "member_ids"),
        ((), (hand(1), hand(1)), None, Slug.INVALID, "member_ids"),
        ((), (hand(1), hand(7)), None, Slug.NO_SUCH_HAND, "member_ids"),
        ((), (hand(1), hand(2)), "member-3", Slug.INVALID, "member_id"),
        ((Slot(role="搬运", count=2),), (hand(1),), None, Slug.INVALID, "member_ids"),
        ((Slot(role="搬运", count=1),), (hand(1), hand(2)), None, Slug.INVALID, "member_ids"),
        ((Slot(role="电工", count=1, skill="电工"),), (hand(1),), None, Slug.INVALID, "member_ids"),
    ],
)
def test_namings_that_do_not_fill_the_task(
    slots: tuple[Slot, ...], coming: tuple[Hand, ...], lead: str | None, slug: Slug, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        accept(replace(ASKED, slots=slots), *coming, lead=lead)
    assert (refused.value.slug, refused.value.status, refused.value.field) == (slug, 422, field)


def test_the_team_keeps_the_task_when_its_lead_changes() -> None:
    task = accept(ASKED, hand(1), hand(2)).after
    member = Actor(id="member-1", grants=(Grant("member", COMMUNITY),))
    left = joining.leave(task, stands(task, member, None), NOW, hand_id="member-1", reason="生病").outcome
    assert (left.member_id, left.hand_kind, left.hand_id) == ("member-2", HandKind.TEAM, "team-1")


def test_what_the_team_returns_is_nobodys() -> None:
    task = accept(ASKED, hand(1), hand(2)).after
    change = acting.give_back(task, stands(task, LEADER, None), NOW, reason="做不了")
    assert isinstance(change.event, TaskReturned)
    assert set(change.event.released) == {"member-1", "member-2", "team-1"}
    assert {part.state for part in change.after.parts} == {PartState.LEFT}


def returns(task: Task, who: By) -> Change:
    return acting.give_back(task, who, NOW, reason="一人办不了", kind=ReturnKind.CANNOT, team=TEAM)


def test_what_one_cannot_do_is_proposed_to_a_team() -> None:
    alone = replace(ASKED, state=State.ACTING, hand_kind=HandKind.MEMBER, hand_id="member-5", hold_until=None)
    after = returns(replace(alone, member_id="member-5", unit_id=UNIT), by(Relation.ACTING)).after
    assert after.named_team_id == "team-1"
    decided = offering.assign(after, by(Relation.LIAISON), NOW, hand=TEAM, hold_minutes=60).after
    assert decided.named_team_id is None
    with pytest.raises(Refused) as refused:
        returns(accept(ASKED, hand(1)).after, by(Relation.ACTING))
    assert (refused.value.slug, refused.value.field) == (Slug.INVALID, "team_id")
