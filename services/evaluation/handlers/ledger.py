"""The points ledger as its readers see it."""

from __future__ import annotations

from datetime import date, timedelta

from services.evaluation import store
from services.evaluation.contracts import Ledger, LedgerEntry, LedgerView, Slug
from services.evaluation.domain import rights
from services.evaluation.domain.days import Period
from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.work import Work

DAY = timedelta(days=1)


def ledger(work: Work, ask: Ledger) -> LedgerView:
    if not _may_read(work, ask.holder_id):
        raise Refused(Slug.NOT_ALLOWED, "您无权查看这本积分台账", status=403)
    limit = bounded(ask.limit)
    days = Period(since=ask.since, until=ask.until or date.max - DAY)
    found = store.entries_of(
        work.db, ask.holder_id, days, after=decode_moment_cursor(ask.cursor), limit=limit + 1
    )
    return LedgerView(
        holder_id=ask.holder_id,
        total=store.total_of(work.db, ask.holder_id),
        span_total=store.total_of(work.db, ask.holder_id, days),
        entries=page_of(found, limit, key=lambda entry: (entry.at, entry.entry_id), view=_view),
    )


def _may_read(work: Work, holder_id: str) -> bool:
    if not work.actor.id:
        return False
    place = store.place_of_unit(work.db, holder_id)
    if place is not None:
        return rights.may_read_unit_ledger(work.actor, holder_id, place)
    member = store.last_check_in(work.db, holder_id)
    if member is None:
        return work.actor.id == holder_id
    return rights.may_read_member_ledger(work.actor, holder_id, member.unit_id, member.place)


def _view(entry: store.Entry) -> LedgerEntry:
    return LedgerEntry(
        entry_id=entry.entry_id,
        holder_kind=entry.holder_kind,
        holder_id=entry.holder_id,
        points=entry.points,
        rule=entry.rule,
        rule_version=entry.rule_version,
        order_id=entry.order_id,
        at=entry.at,
        wish_id=entry.wish_id,
    )
