"""The public notice: what everyone may read of orders that are being closed, with what was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from services.intake.contracts import ListNotices, Notice
from services.intake.domain.entries import ANSWERED, Entry
from services.intake.domain.history import in_told_order
from services.intake.domain.masking import masked
from services.intake.domain.orders import Order
from services.intake.store import listing
from services.intake.store.entries import entries_of
from services.kit.asking import Page
from services.kit.outcomes import invalid
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.work import Work

CLOSED_FOR = timedelta(days=30)
"""How long a closed order is still told."""


def list_notices(work: Work, ask: ListNotices) -> Page[Notice]:
    """Raises Refused (invalid) naming the filter at fault."""
    if "\0" in ask.node:
        raise invalid("node", "含有无法识别的字符")
    limit = bounded(ask.limit)
    since, before = work.now - CLOSED_FOR, decode_moment_cursor(ask.cursor)
    found = listing.list_notices(work.db, ask, since, before=before, limit=limit + 1)
    entries = entries_of(work.db, (order.order_id for order in found))
    return page_of(
        found,
        limit,
        key=lambda order: (order.changed_at, order.order_id),
        view=lambda order: _notice(order, entries.get(order.order_id, [])),
    )


def _notice(order: Order, entries: Sequence[Entry]) -> Notice:
    answers = [entry for entry in sorted(entries, key=in_told_order) if entry.step == ANSWERED]
    last = answers[-1] if answers else None
    return Notice(
        order_id=order.order_id,
        community_code=order.community_code,
        category=order.standing.category or order.category,
        words=masked(order.words),
        answer=masked(last.words) if last and last.words else None,
        state=order.standing.state,
        collected_at=order.collected_at,
        answered_at=last.at if last else None,
        changed_at=order.changed_at,
    )
