from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from services.evaluation.contracts import Grade, Slug
from services.evaluation.domain import words
from services.evaluation.domain.facts import FollowUp, OrderFacts, StepKind
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.outcomes import Refused
from services.members.contracts import Role
from tests.unit.evaluation.histories import (
    COMMUNITY,
    START,
    TO_ACTING,
    TO_ANSWERED,
    TO_CLOSED,
    call,
    facts,
    rating,
)

RESIDENT = Actor(id="resident-1")
LIAISON = Actor(id="liaison-1", grants=(Grant(Role.LIAISON, COMMUNITY),))
NOW = START + timedelta(days=30)


def rate(known: OrderFacts, actor: Actor = RESIDENT, note: str | None = None) -> str:
    """The slug of the refusal, or the grade that was taken."""
    try:
        taken = words.rate(known, known, actor=actor, grade=Grade.SATISFIED, words=note, now=NOW)
    except Refused as refused:
        return refused.slug
    return taken.grade


@pytest.mark.parametrize(
    ("steps", "outcome"),
    [
        ((), Slug.TOO_EARLY),
        (TO_ACTING, Slug.TOO_EARLY),
        (TO_ANSWERED, Grade.SATISFIED),
        ((*TO_ANSWERED, StepKind.SENT_BACK), Grade.SATISFIED),
        ((*TO_ANSWERED, StepKind.VERIFIED), Grade.SATISFIED),
        (TO_CLOSED, Grade.SATISFIED),
        ((StepKind.REFUSED,), Slug.TOO_EARLY),
    ],
)
def test_an_order_can_be_rated_once_it_has_been_answered(steps: tuple[StepKind, ...], outcome: str) -> None:
    assert rate(facts(*steps)) == outcome


def test_a_rating_may_change_until_the_order_is_closed() -> None:
    verified = replace(facts(*TO_ANSWERED, StepKind.VERIFIED), ratings=(rating(1, Grade.DISSATISFIED),))
    closed = replace(facts(*TO_CLOSED), ratings=(rating(1, Grade.DISSATISFIED),))

    assert rate(verified) == Grade.SATISFIED
    assert rate(closed) == Slug.ALREADY_RATED


@pytest.mark.parametrize(
    ("actor", "outcome"),
    [
        (RESIDENT, Grade.SATISFIED),
        (Actor(order_id="order-1"), Grade.SATISFIED),
        (Actor(order_id="order-2"), Slug.NOT_ALLOWED),
        (Actor(id="resident-2"), Slug.NOT_ALLOWED),
        (LIAISON, Slug.NOT_ALLOWED),
        (VISITOR, Slug.NOT_ALLOWED),
    ],
)
def test_only_the_resident_rates(actor: Actor, outcome: str) -> None:
    assert rate(facts(*TO_ANSWERED), actor) == outcome


def test_nobodys_order_is_not_rated_by_a_visitor() -> None:
    answered = facts(*TO_ANSWERED)
    unsigned = replace(answered, order=replace(answered.order, placed_by=None))

    assert rate(unsigned, VISITOR) == Slug.NOT_ALLOWED


def test_words_have_a_limit() -> None:
    assert rate(facts(*TO_ANSWERED), note="好" * 2000) == Grade.SATISFIED
    assert rate(facts(*TO_ANSWERED), note="好" * 2001) == Slug.INVALID


def follow_up(known: OrderFacts, heard: FollowUp, actor: Actor = LIAISON) -> tuple[str, str | None]:
    """Slug and field of the refusal, or "taken"."""
    try:
        words.follow_up(known, known, actor=actor, heard=heard)
    except Refused as refused:
        return refused.slug, refused.field
    return "taken", None


@pytest.mark.parametrize(
    ("steps", "outcome"),
    [
        ((), Slug.TOO_EARLY),
        ((StepKind.REGISTERED,), Slug.TOO_EARLY),
        ((*TO_ACTING, StepKind.RETURNED), Slug.TOO_EARLY),
        (TO_ACTING, "taken"),
        (TO_ANSWERED, "taken"),
        (TO_CLOSED, "taken"),
    ],
)
def test_follow_ups_begin_when_somebody_acts(steps: tuple[StepKind, ...], outcome: str) -> None:
    assert follow_up(facts(*steps), call(1))[0] == outcome


@pytest.mark.parametrize(
    ("role", "node", "outcome"),
    [
        (Role.LIAISON, COMMUNITY, "taken"),
        (Role.SUPERVISOR, "520425", "taken"),
        (Role.EVALUATOR, "52", "taken"),
        (Role.LIAISON, "520425001002", Slug.NOT_ALLOWED),
        (Role.MEMBER, COMMUNITY, Slug.NOT_ALLOWED),
        (Role.AUDITOR, COMMUNITY, Slug.NOT_ALLOWED),
    ],
)
def test_follow_ups_are_for_roles_at_the_place(role: Role, node: str, outcome: str) -> None:
    actor = Actor(id="somebody", grants=(Grant(role, node),))

    assert follow_up(facts(*TO_ANSWERED), call(1), actor)[0] == outcome


@pytest.mark.parametrize(
    "actor",
    [
        Actor(id="member-1", grants=(Grant(Role.LIAISON, COMMUNITY),)),
        Actor(id="leader", grants=(Grant(Role.SUPERVISOR, "52"), Grant(Role.UNIT_LEADER, "unit:unit-1"))),
    ],
)
def test_nobody_follows_up_their_own_work(actor: Actor) -> None:
    assert follow_up(facts(*TO_ANSWERED), call(1), actor)[0] == Slug.NOT_ALLOWED
    joint, merged = facts(*TO_ANSWERED), facts()
    with pytest.raises(Refused) as refused:
        words.follow_up(merged, joint, actor=actor, heard=call(1))
    assert refused.value.slug == Slug.NOT_ALLOWED
    given_back = facts(*TO_ACTING, StepKind.RETURNED, *TO_ANSWERED[1:])
    by_another = replace(
        given_back,
        steps=(*given_back.steps[:-1], replace(given_back.steps[-1], member_id="member-2", unit_id=None)),
    )
    assert follow_up(by_another, call(1), actor)[0] == "taken"


@pytest.mark.parametrize(
    ("role", "outcome"),
    [(Role.LIAISON, "taken"), (Role.SUPERVISOR, "taken"), (Role.EVALUATOR, Slug.NOT_ALLOWED)],
)
def test_a_private_order_is_followed_up_by_those_who_know_of_it(role: Role, outcome: str) -> None:
    answered = facts(*TO_ANSWERED)
    private = replace(answered, order=replace(answered.order, private=True))
    actor = Actor(id="somebody", grants=(Grant(role, COMMUNITY),))

    assert follow_up(private, call(1), actor)[0] == outcome


def test_a_resident_who_was_not_reached_has_said_nothing() -> None:
    answered = facts(*TO_ANSWERED)

    assert follow_up(answered, call(1, reached=False)) == ("taken", None)
    assert follow_up(answered, call(1, reached=False, solved=True)) == (Slug.INVALID, "reached")
    assert follow_up(answered, call(1, reached=False, grade=Grade.SATISFIED)) == (Slug.INVALID, "reached")


def test_a_follow_up_is_a_call_or_a_visit() -> None:
    assert follow_up(facts(*TO_ANSWERED), call(1, way="letter")) == (Slug.INVALID, "way")
