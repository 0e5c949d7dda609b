"""The resident's word: ratings and follow-ups."""

from __future__ import annotations

from services.evaluation import store
from services.evaluation.contracts import (
    DueFollowUp,
    FollowUpRecorded,
    FollowUpView,
    GetRating,
    ListDueFollowUps,
    ListFollowUps,
    OrderRated,
    RateOrder,
    RatingView,
    RecordFollowUp,
    Slug,
)
from services.evaluation.domain import rights, words
from services.evaluation.domain.facts import FollowUp, OrderFacts, Rating
from services.evaluation.domain.places import checked_node
from services.evaluation.handlers.points import book_points
from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.work import Work


def rate_order(work: Work, ask: RateOrder) -> RatingView:
    facts = _locked(work, ask.order_id)
    rating = words.rate(
        facts,
        store.work_for(work.db, facts),
        actor=work.actor,
        grade=ask.grade,
        words=ask.words,
        now=work.now,
    )
    store.add_rating(work.db, rating)
    told = work.outbox.append(
        OrderRated(order_id=rating.order_id, grade=rating.grade, by=rating.by, rated_at=rating.rated_at),
        aggregate=f"order:{rating.order_id}",
        sequence=rating.sequence,
    )
    book_points(work, rating.order_id, cause=told, at=work.now)
    return _rating_view(rating)


def get_rating(work: Work, ask: GetRating) -> RatingView | None:
    facts = _readable(work, ask.order_id)
    return None if facts.rating is None else _rating_view(facts.rating)


def record_follow_up(work: Work, ask: RecordFollowUp) -> FollowUpView:
    facts = _locked(work, ask.order_id)
    heard = FollowUp(
        follow_up_id=work.new_id(),
        order_id=ask.order_id,
        way=ask.way,
        reached=ask.reached,
        solved=ask.solved,
        grade=ask.grade,
        words=ask.words,
        by=work.actor.id,
        recorded_at=work.now,
    )
    record = words.follow_up(facts, store.work_for(work.db, facts), actor=work.actor, heard=heard)
    store.add_follow_up(work.db, record)
    told = work.outbox.append(
        FollowUpRecorded(
            follow_up_id=record.follow_up_id,
            order_id=record.order_id,
            solved=record.solved,
            grade=record.grade,
            by=record.by,
            recorded_at=record.recorded_at,
            role=rights.follows_up_as(facts.order, work.actor),
        ),
        aggregate=f"follow_up:{record.follow_up_id}",
        sequence=1,
    )
    if record.grade is not None:
        book_points(work, record.order_id, cause=told, at=work.now)
    return _follow_up_view(record)


def list_follow_ups(work: Work, ask: ListFollowUps) -> Page[FollowUpView]:
    """Those of one order for whoever may read its words, otherwise those at the nodes where the asker has a role."""
    if ask.order_id is not None:
        _readable(work, ask.order_id)
        within: tuple[str, ...] = ("",)
        within_private = within
    else:
        within = work.actor.nodes_of(*rights.READS_WORDS)
        within_private = work.actor.nodes_of(*rights.KNOWS_PRIVATE)
    if not within:
        raise Refused(Slug.NOT_ALLOWED, "只有社区工作人员、督办和考核人员可以查看回访记录", status=403)
    limit = bounded(ask.limit)
    found = store.list_follow_ups(
        work.db,
        node=checked_node(ask.node),
        within=within,
        within_private=within_private,
        order_id=ask.order_id,
        after=decode_moment_cursor(ask.cursor),
        limit=limit + 1,
    )
    return page_of(
        found, limit, key=lambda record: (record.recorded_at, record.follow_up_id), view=_follow_up_view
    )


def list_due_follow_ups(work: Work, ask: ListDueFollowUps) -> Page[DueFollowUp]:
    node, limit = checked_node(ask.node), bounded(ask.limit)
    if not work.actor.holds_any(rights.FOLLOWS_UP, node):
        raise Refused(Slug.NOT_ALLOWED, "只有本区域的联络员、督办和考核人员可以查看待回访名单", status=403)
    found = store.list_due(
        work.db,
        node=node,
        private=work.actor.holds_any(rights.KNOWS_PRIVATE, node),
        after=decode_moment_cursor(ask.cursor),
        limit=limit + 1,
    )
    return page_of(found, limit, key=lambda due: (due.answered_at, due.order_id), view=lambda due: due)


def _locked(work: Work, order_id: str) -> OrderFacts:
    store.lock_order(work.db, order_id)
    return _known(work, order_id)


def _readable(work: Work, order_id: str) -> OrderFacts:
    facts = _known(work, order_id)
    if not rights.may_read_words(facts, work.actor):
        raise Refused(Slug.NOT_ALLOWED, "您无权查看这件点单的评价和回访", status=403)
    return facts


def _known(work: Work, order_id: str) -> OrderFacts:
    facts = store.facts_of(work.db, order_id)
    if facts is None:
        raise Refused(
            Slug.NO_SUCH_ORDER, "没有这件点单；如果刚刚提交，请稍候再试", status=404, field="order_id"
        )
    return facts


def _rating_view(rating: Rating) -> RatingView:
    return RatingView(
        order_id=rating.order_id, grade=rating.grade, words=rating.words, rated_at=rating.rated_at
    )


def _follow_up_view(record: FollowUp) -> FollowUpView:
    return FollowUpView(
        follow_up_id=record.follow_up_id,
        order_id=record.order_id,
        way=record.way,
        reached=record.reached,
        solved=record.solved,
        grade=record.grade,
        words=record.words,
        by=record.by,
        recorded_at=record.recorded_at,
    )
