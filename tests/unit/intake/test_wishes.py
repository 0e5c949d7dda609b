"""Small wishes: the transition table, whose steps they are, who sees what, and when a claim is on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.intake.contracts import ClaimWish, Contact, MakeWish, Whom, WishKind, WishState, WishView
from services.intake.domain.wishes import deciding
from services.intake.domain.wishes.sight import may_look_at_contact, may_see, view_of
from services.intake.domain.wishes.transitions import BY_STEP, TABLE, Step
from services.intake.domain.wishes.wish import Wish
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.outcomes import Refused

COMMUNITY = "520425001001"
NOW = datetime(2026, 3, 31, 17, tzinfo=UTC)
ASK = MakeWish(
    community_code=COMMUNITY,
    kind=WishKind.THING,
    whom=Whom.OLD,
    words="想要一副老花镜，王奶奶家3号楼2单元501，13800000001",
    contact=Contact(phone="13800000001"),
)

WISHER = Actor(id="wisher")
WORKER = Actor(id="worker", grants=(Grant("grid_worker", f"{COMMUNITY}007"),))
LIAISON = Actor(id="liaison", grants=(Grant("liaison", COMMUNITY),))
MEMBER = Actor(id="member", grants=(Grant("member", COMMUNITY),))
LEADER = Actor(id="leader", grants=(Grant("unit_leader", "unit:u1"),))
STRANGER = Actor(id="stranger", grants=(Grant("liaison", "520425001002"), Grant("unit_leader", "unit:u2")))


def made(actor: Actor = WISHER, **changes: Any) -> Wish:
    return deciding.made(replace(ASK, **changes), actor, known={COMMUNITY}, wish_id="w1", now=NOW)


def at(state: WishState, *, by: Actor = MEMBER, unit_id: str | None = None) -> Wish:
    """A wish in the state, by the shortest way; claimed by ``by``."""
    wish = made()
    if state is WishState.COLLECTED:
        return wish
    if state is WishState.REFUSED:
        return deciding.refused(wish, "不合适", LIAISON, NOW)
    if state is WishState.WITHDRAWN:
        return deciding.withdrawn(wish, WISHER, NOW)
    wish = deciding.shown(wish, "一副老花镜", LIAISON, NOW)
    if state is WishState.SHOWN:
        return wish
    wish = deciding.claimed(wish, ClaimWish(wish_id="w1", unit_id=unit_id), by, claim_id="c1", now=NOW)
    if state is WishState.CLAIMED:
        return wish
    wish = deciding.reported(wish, "送到了", by, NOW)
    return wish if state is WishState.REPORTED else deciding.confirmed(wish, "谢谢", WISHER, NOW)


TAKEN: dict[Step, Callable[[Wish, Actor], Wish]] = {
    Step.SHOW: lambda wish, actor: deciding.shown(wish, None, actor, NOW),
    Step.REFUSE: lambda wish, actor: deciding.refused(wish, "不合适", actor, NOW),
    Step.WITHDRAW: lambda wish, actor: deciding.withdrawn(wish, actor, NOW),
    Step.CLAIM: lambda wish, actor: deciding.claimed(
        wish, ClaimWish(wish_id="w1"), actor, claim_id="c2", now=NOW
    ),
    Step.GIVE_BACK: lambda wish, actor: deciding.given_back(wish, actor, NOW),
    Step.REPORT: lambda wish, actor: deciding.reported(wish, "送到了", actor, NOW),
    Step.SEND_BACK: lambda wish, actor: deciding.sent_back(wish, "还没有收到", actor, NOW),
    Step.CONFIRM: lambda wish, actor: deciding.confirmed(wish, None, actor, NOW),
}


DOERS = {
    Step.SHOW: {"liaison"},
    Step.REFUSE: {"liaison"},
    Step.WITHDRAW: {"wisher"},
    Step.CLAIM: {"liaison", "member", "stranger"},
    Step.GIVE_BACK: {"member"},
    Step.REPORT: {"member"},
    Step.SEND_BACK: {"wisher", "liaison"},
    Step.CONFIRM: {"wisher", "liaison"},
}


@pytest.mark.parametrize("state", WishState)
@pytest.mark.parametrize("step", DOERS)
def test_each_step_is_taken_by_those_whose_it_is_from_where_the_table_says(
    step: Step, state: WishState
) -> None:
    wish = at(state)
    for actor in (WISHER, LIAISON, MEMBER, STRANGER, VISITOR):
        claims = state in {WishState.CLAIMED, WishState.REPORTED, WishState.FULFILLED}
        may = actor.id in DOERS[step] and not (actor is MEMBER and step is not Step.CLAIM and not claims)
        if may and state in BY_STEP[step].sources:
            after = TAKEN[step](wish, actor)
            assert (after.state, after.sequence) == (BY_STEP[step].target, wish.sequence + 1)
            assert step in view_of(wish, actor, NOW).allowed
        else:
            with pytest.raises(Refused) as refused:
                TAKEN[step](wish, actor)
            assert refused.value.status == (409 if may else 403)
            assert step not in view_of(wish, actor, NOW).allowed


def test_every_state_but_the_ends_leads_on() -> None:
    sources = {state for transition in TABLE for state in transition.sources}
    assert set(WishState) - sources == {WishState.FULFILLED, WishState.REFUSED, WishState.WITHDRAWN}


def test_who_claims_never_confirms_even_as_liaison() -> None:
    wish = at(WishState.REPORTED, by=LIAISON)
    with pytest.raises(Refused) as refused:
        deciding.confirmed(wish, None, LIAISON, NOW)
    assert refused.value.slug == "not-allowed"
    assert deciding.confirmed(wish, None, WISHER, NOW).state is WishState.FULFILLED


def test_any_leader_of_the_unit_goes_on_with_what_was_claimed_for_it() -> None:
    wish = at(WishState.CLAIMED, by=LEADER, unit_id="u1")
    other = Actor(id="other-leader", grants=LEADER.grants)
    assert deciding.reported(wish, "送到了", other, NOW).state is WishState.REPORTED
    with pytest.raises(Refused):
        at(WishState.CLAIMED, by=STRANGER, unit_id="u1")


def test_everybody_reads_the_liaisons_words_and_those_concerned_what_was_said() -> None:
    wish = at(WishState.CLAIMED)
    public: WishView = view_of(wish, VISITOR, NOW)
    assert (public.words, public.said, public.claimed_by, public.allowed) == ("一副老花镜", None, None, ())
    assert view_of(wish, MEMBER, NOW).said == ASK.words
    unedited = deciding.shown(made(), None, LIAISON, NOW)
    told = view_of(unedited, VISITOR, NOW).words
    assert not [secret for secret in ("13800000001", "王", "501") if secret in told]
    assert may_see(wish, STRANGER)
    for state in (WishState.COLLECTED, WishState.REFUSED, WishState.WITHDRAWN):
        assert not may_see(at(state), STRANGER)
        assert may_see(at(state), LIAISON)
        assert may_see(at(state), WISHER)


def test_the_claimant_reaches_whose_wish_it_is_only_while_the_claim_is_on() -> None:
    wish, late = at(WishState.CLAIMED), NOW + deciding.CLAIM_FOR
    assert may_look_at_contact(wish, MEMBER, late - timedelta(seconds=1))
    assert not may_look_at_contact(wish, MEMBER, late)
    assert may_look_at_contact(at(WishState.REPORTED), MEMBER, late)
    for state in (WishState.SHOWN, WishState.FULFILLED):
        assert not may_look_at_contact(at(state), MEMBER, NOW)
    assert may_look_at_contact(wish, LIAISON, NOW)
    assert not may_look_at_contact(wish, STRANGER, NOW)


def test_a_claim_runs_out_at_its_own_moment_and_one_sent_back_has_a_week_at_least() -> None:
    wish = at(WishState.CLAIMED)
    over = deciding.expired(wish)
    assert (over.state, over.claim, over.changed_at) == (WishState.SHOWN, None, NOW + deciding.CLAIM_FOR)
    late = NOW + deciding.CLAIM_FOR
    again = deciding.sent_back(at(WishState.REPORTED), "还没有收到", WISHER, late)
    assert again.claim is not None
    assert again.claim.until == late + deciding.AGAIN_FOR


def test_nobody_hoards_wishes() -> None:
    deciding.check_claims(deciding.MOST_CLAIMS - 1, None)
    deciding.check_claims(deciding.MOST_CLAIMS, "u1")
    for in_hand, unit_id in ((deciding.MOST_CLAIMS, None), (deciding.MOST_OF_UNIT, "u1")):
        with pytest.raises(Refused) as refused:
            deciding.check_claims(in_hand, unit_id)
        assert refused.value.slug == "claim-limit"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words": " "}, "words"),
        ({"cost": 20_001}, "cost"),
        ({"contact": Contact(phone="123")}, "contact.phone"),
        ({"contact": Contact()}, "contact.phone"),
        ({"community_code": "520425001009"}, "community_code"),
        ({"on_behalf": True}, None),
    ],
)
def test_a_wish_that_will_not_do_names_its_field(changes: dict[str, Any], field: str | None) -> None:
    with pytest.raises(Refused) as refused:
        made(**changes)
    assert refused.value.field == field


def test_a_worker_collects_for_somebody_and_the_month_is_the_citys() -> None:
    wish = made(WORKER, on_behalf=True, contact=Contact(), address="一号院")
    assert (wish.wished_by, wish.collected_by, wish.wisher_id, wish.month) == (
        None,
        "worker",
        "worker",
        "2026-04",
    )
