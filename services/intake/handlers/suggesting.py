"""Suggesting a category from an order's words, and learning from what it was registered under."""

from __future__ import annotations

from collections import Counter

from services.intake.contracts import (
    ForgetLessons,
    LessonsForgotten,
    OrderReading,
    Reading,
    ReadOrder,
    ReadOrders,
    ReadWords,
    Slug,
)
from services.intake.domain.placing import check_community, check_words, is_community_code
from services.intake.domain.reading.features import features_of
from services.intake.domain.reading.reading import read
from services.intake.domain.sight import may_triage
from services.intake.handlers.reading import seen_order
from services.intake.store import lessons, model
from services.intake.store.communities import known_communities
from services.intake.store.orders import orders_by_id
from services.kit.outcomes import Refused, invalid
from services.kit.work import Work

LOT = 50
MOST_READ = 50


def read_order(work: Work, ask: ReadOrder) -> Reading:
    order, _ = seen_order(work, ask.order_id)
    if not may_triage(order, work.actor):
        raise Refused(
            Slug.NOT_ALLOWED, "只有本社区的联络员、网格员、网格长或上级督办员可以看类别建议", status=403
        )
    return _read(work, order.words, order.community_code)


def read_orders(work: Work, ask: ReadOrders) -> tuple[OrderReading, ...]:
    if len(ask.order_ids) > MOST_READ or any("\0" in order_id for order_id in ask.order_ids):
        raise invalid("order_ids", f"一次最多判断 {MOST_READ} 条点单")
    found = orders_by_id(work.db, ask.order_ids)
    return tuple(
        OrderReading(order_id=order_id, reading=_read(work, order.words, order.community_code))
        for order_id, order in found.items()
        if may_triage(order, work.actor)
    )


def read_words(work: Work, ask: ReadWords) -> Reading:
    code = ask.community_code
    if code is not None:
        check_community(code, known_communities(work.db, {code} if is_community_code(code) else set()))
    check_words(ask.words)
    return _read(work, ask.words, code or "")


def count_lessons(work: Work) -> int:
    """Count a lot of lessons that say something new; returns how many."""
    found = lessons.waiting(work.db, LOT)
    changes: Counter[tuple[str, int, str]] = Counter()
    for lesson in found:
        fragments = (lessons.ALL, *features_of(lesson.words).fragments)
        for category, change in ((lesson.counted, -1), (lesson.category, 1)):
            if category is not None:
                for fragment in fragments:
                    changes[lesson.district_code, fragment, category] += change
    lessons.add(work.db, changes)
    lessons.counted(work.db, [lesson.order_id for lesson in found])
    return len(found)


def forget_lessons(work: Work, ask: ForgetLessons) -> LessonsForgotten:
    nodes = tuple(
        node
        for held in work.actor.nodes_of("operator", "system")
        for node in [max(held, ask.node, key=len)]
        if node.startswith(held) and node.startswith(ask.node)
    )
    if not nodes:
        raise Refused(Slug.NOT_ALLOWED, "只有本地的系统管理员可以撤回学到的内容", status=403)
    return LessonsForgotten(lessons=lessons.take_back(work.db, nodes, ask.since))


def _read(work: Work, words: str, community_code: str) -> Reading:
    known = lessons.of_district(work.db, community_code[:6], features_of(words).fragments)
    return read(words, model.shipped(), known)
