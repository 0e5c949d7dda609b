"""Showing orders to those who may see them."""

from __future__ import annotations

from dataclasses import replace

from services.dispatch.contracts import State
from services.intake.contracts import FollowOrder, GetOrder, ListOrders, OrderDetail, OrderView, Slug
from services.intake.domain.codes import read_code
from services.intake.domain.eight import eight_steps
from services.intake.domain.history import shown
from services.intake.domain.orders import Order
from services.intake.domain.sight import Sight, detail_of, public_sight, reads_whole, sight, view_of
from services.intake.store import listing
from services.intake.store.entries import entries_of
from services.intake.store.orders import find_by_code, find_order
from services.intake.store.visits import visit_behind
from services.kit.asking import Page
from services.kit.outcomes import Refused, invalid
from services.kit.paging import MOST, bounded, decode_moment_cursor, page_of
from services.kit.work import Work


def get_order(work: Work, ask: GetOrder) -> OrderDetail:
    """Raises Refused (no-such-order), also for those who may not know of it."""
    order, seen = seen_order(work, ask.order_id, public=ask.public)
    return detail(work, order, seen)


def follow_order(work: Work, ask: FollowOrder) -> OrderDetail:
    """Raises Refused (no-such-order)."""
    code = read_code(ask.code)
    order = None if code is None else find_by_code(work.db, code)
    if order is None:
        raise Refused(
            Slug.NO_SUCH_ORDER, "没有找到这个查询码对应的点单，请核对后再输入", status=404, field="code"
        )
    return detail(work, order, Sight.OWN)


def list_orders(work: Work, ask: ListOrders) -> Page[OrderView]:
    """Raises Refused (invalid) naming the filter at fault."""
    _check_filters(ask)
    limit = bounded(ask.limit)
    found = listing.list_orders(
        work.db, ask, work.actor, before=decode_moment_cursor(ask.cursor), limit=limit + 1
    )
    return page_of(
        found,
        limit,
        key=lambda order: (order.collected_at, order.order_id),
        view=lambda order: view_of(
            order,
            _sight(order, work, public=ask.public),
            whole=not ask.public and reads_whole(order, work.actor),
        ),
    )


def seen_order(work: Work, order_id: str, *, lock: bool = False, public: bool = False) -> tuple[Order, Sight]:
    """The order, and how much of it the asker may see; raises Refused (no-such-order) where that is nothing."""
    order = None if "\0" in order_id else find_order(work.db, order_id, lock=lock)
    seen = Sight.NONE if order is None else _sight(order, work, public=public)
    if order is None or seen is Sight.NONE:
        raise Refused(Slug.NO_SUCH_ORDER, "没有这条点单，或您无权查看", status=404)
    return order, seen


def _sight(order: Order, work: Work, *, public: bool) -> Sight:
    return public_sight(order) if public else sight(order, work.actor)


def detail(work: Work, order: Order, seen: Sight) -> OrderDetail:
    entries = entries_of(work.db, [order.order_id]).get(order.order_id, [])
    whole = seen is Sight.OWN or (seen is not Sight.PUBLIC and reads_whole(order, work.actor))
    steps = shown(entries, order.community_code)
    told = detail_of(order, steps, eight_steps(entries), seen, whole=whole)
    by_office = seen is Sight.OFFICE or (bool(work.actor.id) and work.actor.id == order.filed_by)
    return replace(told, visit_id=visit_behind(work.db, order.order_id)) if by_office else told


def _check_filters(ask: ListOrders) -> None:
    if len(ask.ids) > MOST:
        raise invalid("ids", f"一次最多查询 {MOST} 条点单")
    if unknown := sorted(set(ask.states) - set(State)):
        raise invalid("states", f"没有这样的状态：{'、'.join(unknown)}")
    texts = {"node": (ask.node,), "search": (ask.search or "",), "ids": ask.ids}
    for field, given in texts.items():
        if any("\0" in text for text in given):
            raise invalid(field, "含有无法识别的字符")
