"""The two ways in which a resident's word is taken: a rating of one's own, and a follow-up by somebody."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.dispatch.contracts import State
from services.evaluation.contracts import Grade, Slug
from services.evaluation.domain.facts import FollowUp, OrderFacts, Rating, StepKind
from services.evaluation.domain.rights import acts_on, is_residents, may_follow_up
from services.kit.actor import Actor
from services.kit.outcomes import Refused, invalid

LONGEST = 2000
WAYS = ("call", "visit")
FOLLOWED_UP_IN = (State.ACTING, State.ANSWERED, State.VERIFIED, State.PUBLISHED, State.CLOSED)


def rate(
    facts: OrderFacts, work: OrderFacts, *, actor: Actor, grade: Grade, words: str | None, now: datetime
) -> Rating:
    """The resident's grade, possible once ``work`` (the order, or the one that it was merged into) has an answer.

    A first grade is welcome after closing, too; a change is not. Refused: not-allowed (403), too-early (409),
    already-rated (409), invalid (422, field words).
    """
    if not is_residents(facts.order, actor):
        raise Refused(Slug.NOT_ALLOWED, "只有点单的群众本人或持有查询码的人可以评价", status=403)
    if work.first(StepKind.ANSWERED) is None:
        raise Refused(Slug.TOO_EARLY, "办理反馈之后才能评价，请稍后再来", status=409, state=work.state)
    if facts.rating is not None and work.state is State.CLOSED:
        raise Refused(Slug.ALREADY_RATED, "已销号的点单不能再修改评价", status=409, state=work.state)
    return Rating(
        order_id=facts.order.order_id,
        sequence=len(facts.ratings) + 1,
        grade=grade,
        words=_checked(words),
        by=actor.id or None,
        rated_at=now,
    )


def follow_up(facts: OrderFacts, work: OrderFacts, *, actor: Actor, heard: FollowUp) -> FollowUp:
    """``heard`` as it may be recorded, once ``work`` is being acted on, by somebody else: nobody checks their own work.

    Refused: not-allowed (403), too-early (409), invalid (422, field way, reached or words).
    """
    if not may_follow_up(facts.order, actor):
        raise Refused(Slug.NOT_ALLOWED, "只有本社区的联络员、督办或考核人员可以登记回访", status=403)
    if acts_on(work, actor):
        raise Refused(Slug.NOT_ALLOWED, "承办人不能回访自己办理的点单，请由其他工作人员回访", status=403)
    if work.state not in FOLLOWED_UP_IN:
        raise Refused(Slug.TOO_EARLY, "承办人接单办理之后才能回访", status=409, state=work.state)
    if heard.way not in WAYS:
        raise invalid("way", "回访方式只能是电话（call）或上门（visit）")
    if not heard.reached and (heard.solved is not None or heard.grade is not None):
        raise invalid("reached", "没有联系上群众时，不能填写是否解决或满意度")
    return replace(heard, words=_checked(heard.words))


def _checked(words: str | None) -> str | None:
    if words is not None and len(words) > LONGEST:
        raise invalid("words", f"文字请控制在{LONGEST}字以内")
    return words
