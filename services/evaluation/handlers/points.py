"""Booking: after any fact that moves points, the ledger is brought to what the order's facts are worth."""

from __future__ import annotations

from datetime import datetime

from services.evaluation import store
from services.evaluation.contracts import PointsAwarded
from services.evaluation.domain import points
from services.kit.work import Work


def book_points(work: Work, order_id: str, *, cause: str, at: datetime) -> None:
    """Write the differences as entries of ``cause`` dated ``at``; the caller holds the order's lock."""
    facts = store.facts_of(work.db, order_id)
    if facts is None:
        raise LookupError(order_id)
    for award in points.differences(points.due(facts), store.booked_for(work.db, order_id)):
        book(work, award, order_id=order_id, cause=cause, at=at)


def book(
    work: Work,
    award: points.Award,
    *,
    order_id: str | None = None,
    wish_id: str | None = None,
    cause: str,
    at: datetime,
) -> None:
    """One entry, for an order or for a small wish, and the telling of it."""
    entry = store.Entry(
        entry_id=work.new_id(),
        holder_kind=award.account.holder_kind,
        holder_id=award.account.holder_id,
        sequence=store.next_sequence(work.db, award.account),
        points=award.points,
        rule=award.account.rule,
        rule_version=award.account.rule_version,
        order_id=order_id,
        wish_id=wish_id,
        cause=cause,
        at=at,
    )
    store.add_entry(work.db, entry)
    work.outbox.append(
        PointsAwarded(
            entry_id=entry.entry_id,
            holder_kind=entry.holder_kind,
            holder_id=entry.holder_id,
            points=entry.points,
            rule=entry.rule,
            rule_version=entry.rule_version,
            order_id=order_id,
            wish_id=wish_id,
            at=at,
        ),
        aggregate=f"ledger:{entry.holder_id}",
        sequence=entry.sequence,
        at=at,
    )
