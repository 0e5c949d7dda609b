"""The visit log: recording, filing from a visit, correcting, reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time

from services.intake.contracts import (
    CorrectVisit,
    FileFromVisit,
    GetVisit,
    HouseholdRevealed,
    ListVisits,
    OrderPlaced,
    RecordVisit,
    RevealHousehold,
    Slug,
    VisitDetail,
    VisitedOrder,
    VisitFigures,
    VisitFiguresView,
    VisitRecorded,
    VisitView,
)
from services.intake.domain import visits as domain
from services.intake.domain.sight import OFFICES
from services.intake.domain.visits import Visit
from services.intake.handlers.placing import place_order
from services.intake.handlers.reading import seen_order
from services.intake.store import visits as store
from services.intake.store.communities import known_communities
from services.intake.store.visit_figures import visit_figures as count_visits
from services.intake.store.visits import SealedHousehold
from services.kit.asking import Page
from services.kit.outcomes import Refused, invalid
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.sealing import Sealer
from services.kit.work import Work

PURPOSE_LENGTH = 200


def record_visit(work: Work, ask: RecordVisit, sealer: Sealer) -> VisitRecorded:
    """Enter the visit and, with it or not at all, the order asked for at the door. Raises Refused."""
    earlier = None
    if ask.again is not None:
        earlier = _seen_visit(work, ask.again, field="again")
        ask = replace(ask, place=earlier.place, household=None)
    known = known_communities(work.db, [ask.place[:12]]) if domain.has_place_form(ask.place) else frozenset()
    visit = domain.recorded(ask, work.actor, known=known, visit_id=work.new_id(), now=work.now)
    if ask.about is not None:
        _check_about(work, ask.about)
    household = _household_of(work, earlier) if earlier else _sealed(visit, ask.household, sealer)
    visit = replace(visit, named=household.note is not None)
    store.insert_visit(work.db, visit, household)
    store.meet_due(work.db, visit, household)
    placed = None if ask.order is None else _file(work, visit, ask.order, sealer)
    return VisitRecorded(visit=_shown(work, visit.visit_id, sealer), placed=placed)


def file_from_visit(work: Work, ask: FileFromVisit, sealer: Sealer) -> VisitRecorded:
    visit = _seen_visit(work, ask.visit_id)
    if domain.role_at(work.actor, visit.place) is None:
        raise Refused(Slug.NOT_ALLOWED, "只有本地的网格员、网格长和联络员可以从走访中报单", status=403)
    placed = _file(work, visit, ask.order, sealer)
    return VisitRecorded(visit=_shown(work, visit.visit_id, sealer), placed=placed)


def correct_visit(work: Work, ask: CorrectVisit, sealer: Sealer) -> VisitView:
    """What stood there is kept. Raises Refused."""
    before = _seen_visit(work, ask.visit_id, lock=True)
    after = domain.corrected(before, ask, work.actor, work.now)
    household = _sealed(after, ask.household, sealer) if ask.household else None
    store.save_corrected(work.db, before, after, household, work.now)
    store.meet_due(work.db, after, household or _household_of(work, after))
    return _shown(work, after.visit_id, sealer)


def get_visit(work: Work, ask: GetVisit, sealer: Sealer) -> VisitDetail:
    visit = _seen_visit(work, ask.visit_id)
    (view,) = _views(work, [visit], sealer)
    return VisitDetail(
        visit=view,
        changes=store.changes_of(work.db, visit.visit_id),
        may_correct=domain.may_correct(visit, work.actor, work.now),
        may_file=domain.role_at(work.actor, visit.place) is not None,
    )


def list_visits(work: Work, ask: ListVisits, sealer: Sealer) -> Page[VisitView]:
    for field, given in (("node", ask.node), ("recorded_by", ask.recorded_by), ("order_id", ask.order_id)):
        if given and "\0" in given:
            raise invalid(field, "含有无法识别的字符")
    limit = bounded(ask.limit)
    found = store.list_visits(
        work.db, ask, work.actor, after=decode_moment_cursor(ask.cursor), limit=limit + 1
    )
    views = {visit.visit_id: view for visit, view in zip(found, _views(work, found, sealer), strict=True)}
    return page_of(
        found,
        limit,
        key=lambda visit: (_due(visit) if ask.due_by else visit.visited_at, visit.visit_id),
        view=lambda visit: views[visit.visit_id],
    )


def reveal_household(work: Work, ask: RevealHousehold, sealer: Sealer) -> HouseholdRevealed:
    """Open the note and record the look in the same transaction. Raises Refused."""
    visit = _seen_visit(work, ask.visit_id)
    if not domain.may_know_household(visit, work.actor):
        raise Refused(Slug.NOT_ALLOWED, "走访的住户只向本地的网格员、网格长和联络员开放", status=403)
    purpose = ask.purpose.strip()
    if not 0 < len(purpose) <= PURPOSE_LENGTH or "\0" in purpose:
        raise invalid("purpose", f"请用 {PURPOSE_LENGTH} 字以内说明查看住户的用途")
    store.record_household_look(
        work.db,
        look_id=work.new_id(),
        visit_id=visit.visit_id,
        looked_by=work.actor.id,
        role=domain.role_at(work.actor, visit.place) or "",
        purpose=purpose,
        looked_at=work.now,
    )
    note = _household_of(work, visit).note
    return HouseholdRevealed(household=None if note is None else sealer.open(note))


def visit_figures(work: Work, ask: VisitFigures) -> VisitFiguresView:
    if not work.actor.id or not work.actor.holds_any(OFFICES, at=ask.node):
        raise Refused(Slug.NOT_ALLOWED, "走访统计只向本地及上级的工作人员开放", status=403)
    since, until = domain.period_of(ask.since, ask.until, work.now)
    return count_visits(work.db, ask.node, since, until)


def _seen_visit(work: Work, visit_id: str, *, field: str | None = None, lock: bool = False) -> Visit:
    """Raises Refused (no-such-visit), also for those who may not know of it."""
    visit = None if "\0" in visit_id else store.find_visit(work.db, visit_id, lock=lock)
    if visit is None or not domain.may_see(visit, work.actor):
        raise Refused(Slug.NO_SUCH_VISIT, "没有这次走访，或您无权查看", status=404, field=field)
    return visit


def _check_about(work: Work, order_id: str) -> None:
    try:
        seen_order(work, order_id)
    except Refused as refused:
        raise Refused(refused.slug, refused.message, status=404, field="about") from refused


def _file(work: Work, visit: Visit, wanted: VisitedOrder, sealer: Sealer) -> OrderPlaced:
    try:
        placed = place_order(work, domain.order_of_visit(visit, wanted), sealer)
    except Refused as refused:
        field = f"order.{refused.field}" if refused.field else None
        raise Refused(refused.slug, refused.message, status=refused.status, field=field) from refused
    store.link_order(work.db, visit.visit_id, placed.order_id)
    return placed


def _sealed(visit: Visit, household: str | None, sealer: Sealer) -> SealedHousehold:
    if not household:
        return SealedHousehold()
    return SealedHousehold(
        note=sealer.seal(household), index=sealer.blind(domain.household_key(visit.place, household))
    )


def _household_of(work: Work, visit: Visit) -> SealedHousehold:
    return store.households_of(work.db, [visit.visit_id]).get(visit.visit_id, SealedHousehold())


def _shown(work: Work, visit_id: str, sealer: Sealer) -> VisitView:
    visit = store.find_visit(work.db, visit_id)
    assert visit is not None  # noqa: S101 - entered or found in this transaction
    (view,) = _views(work, [visit], sealer)
    return view


def _views(work: Work, found: Iterable[Visit], sealer: Sealer) -> list[VisitView]:
    """As they are shown to the asker, who reads the households of own visits alone."""
    told = list(found)
    orders = store.orders_from(work.db, [visit.visit_id for visit in told])
    own = [visit.visit_id for visit in told if visit.named and visit.recorded_by == work.actor.id]
    notes = {
        visit_id: sealer.open(household.note)
        for visit_id, household in store.households_of(work.db, own).items()
        if household.note is not None
    }
    return [
        domain.view_of(visit, orders.get(visit.visit_id, ()), notes.get(visit.visit_id)) for visit in told
    ]


def _due(visit: Visit) -> datetime:
    """The day on which the next visit is due, as a list's key."""
    return datetime.combine(visit.next_due or visit.visited_at.date(), time.min, UTC)
