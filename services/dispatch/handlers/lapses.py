"""Who did not act, with the evidence."""

from __future__ import annotations

from datetime import date, timedelta

from services.dispatch.contracts import Answerable, CountLapses, LapseCount, LapseView, ListLapses, Slug
from services.dispatch.domain import rules
from services.dispatch.domain.calendar import midnight
from services.dispatch.domain.standing import leads
from services.dispatch.domain.wording import invalid
from services.dispatch.store import lapses
from services.dispatch.store.lapses import Period
from services.kit.actor import Actor
from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.paging import (
    bad_cursor,
    bounded,
    decode_cursor,
    decode_moment_cursor,
    encode_cursor,
    page_of,
)
from services.kit.work import Work

CONFIDED = ("liaison", "supervisor")
READERS = (*CONFIDED, "evaluator", "auditor")
LONGEST_PERIOD = timedelta(days=366)


def count_lapses(work: Work, ask: CountLapses) -> Page[LapseCount]:
    period = _period(ask.node, ask.since, ask.until)
    if not work.actor.holds_any(READERS, at=ask.node):
        raise _not_yours()
    limit = bounded(ask.limit)
    found = lapses.counted(work.db, period, ask.of, _after(ask.cursor), limit + 1)
    shown = found[:limit]
    more = encode_cursor(str(shown[-1].total), shown[-1].id) if len(found) > limit else None
    return Page(items=tuple(shown), next=more)


def list_lapses(work: Work, ask: ListLapses) -> Page[LapseView]:
    period = _period(ask.node, ask.since, ask.until)
    concerned = _concerned(work.actor, ask.of, ask.id)
    if not (concerned or work.actor.holds_any(READERS, at=ask.node)):
        raise _not_yours()
    limit = bounded(ask.limit)
    found = lapses.listed(
        work.db,
        period,
        holder=(ask.of, ask.id),
        kind=ask.kind,
        private=concerned or work.actor.holds_any(CONFIDED, at=ask.node),
        after=decode_moment_cursor(ask.cursor),
        limit=limit + 1,
    )
    return page_of(found, limit, key=lambda each: (each.at, lapses.key_of(each)), view=lambda each: each)


def _concerned(actor: Actor, of: Answerable, holder_id: str) -> bool:
    """Who is named may read what it rests on."""
    if of is Answerable.MEMBER:
        return actor.id == holder_id
    return of is Answerable.UNIT and leads(actor, holder_id)


def _period(node: str, since: date, until: date) -> Period:
    if until < since:
        raise invalid("until", "结束日期不能早于开始日期")
    if until - since > LONGEST_PERIOD:
        raise invalid("until", f"一次最多看 {LONGEST_PERIOD.days} 天")
    return Period(node=rules.place(node), start=midnight(since), end=midnight(until + timedelta(days=1)))


def _after(cursor: str | None) -> tuple[int, str] | None:
    if cursor is None:
        return None
    total, last = decode_cursor(cursor, 2)
    if not total.isdigit():
        raise bad_cursor()
    return int(total), last


def _not_yours() -> Refused:
    return Refused(Slug.NOT_ALLOWED, "只有本地的联络员、督办员、考评员、审计员和当事人可以查看", status=403)
