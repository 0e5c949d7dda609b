"""The transition table of wishes: which step leads from where to where, and by whom.

Everything else follows from it: what is refused and why, and which buttons a page shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from services.intake.contracts import Slug, WishState
from services.intake.domain.sight import units_led
from services.intake.domain.wishes.wish import Wish
from services.kit.actor import Actor
from services.kit.outcomes import Refused
from services.members.contracts import Role


class Step(StrEnum):
    SHOW = "show"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    CLAIM = "claim"
    GIVE_BACK = "give_back"
    EXPIRE = "expire"
    REPORT = "report"
    SEND_BACK = "send_back"
    CONFIRM = "confirm"


class Relation(StrEnum):
    """How somebody stands to one wish; one person may stand to it in several ways."""

    DESK = "desk"  # the liaison of its community, or a supervisor above
    WISHER = "wisher"  # made it for themselves
    COLLECTOR = "collector"  # collected it on somebody's behalf
    CLAIMANT = "claimant"  # claimed it, or leads the unit for which it was claimed
    ACCOUNT = "account"  # anybody who is signed in
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Transition:
    """``never`` overrules ``who``."""

    step: Step
    sources: tuple[WishState, ...]
    target: WishState
    who: tuple[Relation, ...]
    never: tuple[Relation, ...] = ()


S, R = WishState, Relation
DESK = (Role.LIAISON, Role.SUPERVISOR)
SATISFIED = (R.WISHER, R.COLLECTOR, R.DESK)
"""Who says whether a wish is fulfilled."""

TABLE = (
    Transition(Step.SHOW, (S.COLLECTED,), S.SHOWN, (R.DESK,)),
    Transition(Step.REFUSE, (S.COLLECTED, S.SHOWN), S.REFUSED, (R.DESK,)),
    Transition(Step.WITHDRAW, (S.COLLECTED, S.SHOWN), S.WITHDRAWN, (R.WISHER, R.COLLECTOR)),
    Transition(Step.CLAIM, (S.SHOWN,), S.CLAIMED, (R.ACCOUNT,), never=(R.WISHER,)),
    Transition(Step.GIVE_BACK, (S.CLAIMED,), S.SHOWN, (R.CLAIMANT,)),
    Transition(Step.EXPIRE, (S.CLAIMED,), S.SHOWN, (R.CLOCK,)),
    Transition(Step.REPORT, (S.CLAIMED,), S.REPORTED, (R.CLAIMANT,)),
    Transition(Step.SEND_BACK, (S.REPORTED,), S.CLAIMED, SATISFIED, never=(R.CLAIMANT,)),
    Transition(Step.CONFIRM, (S.REPORTED,), S.FULFILLED, SATISFIED, never=(R.CLAIMANT,)),
)
BY_STEP = {transition.step: transition for transition in TABLE}


def relations(wish: Wish, actor: Actor) -> frozenset[Relation]:
    if not actor.id:
        return frozenset()
    found = {Relation.ACCOUNT}
    if actor.holds_any(DESK, at=wish.community_code):
        found.add(Relation.DESK)
    if wish.wished_by == actor.id:
        found.add(Relation.WISHER)
    if wish.collected_by == actor.id:
        found.add(Relation.COLLECTOR)
    claim = wish.claim
    if claim and (claim.by == actor.id or (claim.unit_id and claim.unit_id in units_led(actor))):
        found.add(Relation.CLAIMANT)
    return frozenset(found)


def target_of(wish: Wish, step: Step, by: frozenset[Relation]) -> WishState:
    """Where the step leads. Raises Refused (not-allowed, already-claimed, wish-moved-on)."""
    transition = BY_STEP[step]
    if by.isdisjoint(transition.who) or not by.isdisjoint(transition.never):
        raise Refused(Slug.NOT_ALLOWED, "您不能对这个心愿做这一步", status=403)
    if wish.state in transition.sources:
        return transition.target
    if step is Step.CLAIM and wish.state in {S.CLAIMED, S.REPORTED, S.FULFILLED}:
        raise already_claimed()
    raise Refused(Slug.WISH_MOVED_ON, "这个心愿的状态已经变化，请刷新后再看", status=409, state=wish.state)


def already_claimed() -> Refused:
    return Refused(
        Slug.ALREADY_CLAIMED, "这个心愿刚刚被别人认领了，谢谢您的心意，看看附近的其他心愿", status=409
    )


def allowed(wish: Wish, by: frozenset[Relation]) -> tuple[Step, ...]:
    """The steps that somebody who stands to the wish like that may take now."""
    return tuple(
        each.step
        for each in TABLE
        if wish.state in each.sources and not by.isdisjoint(each.who) and by.isdisjoint(each.never)
    )
