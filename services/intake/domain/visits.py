"""A visit: who may record, see and correct one, and what must be true of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.intake.contracts import (
    Channel,
    Contact,
    CorrectVisit,
    PlaceOrder,
    RecordVisit,
    Slug,
    VisitedOrder,
    VisitKind,
    VisitView,
)
from services.intake.domain.sight import OFFICES
from services.kit.actor import Actor
from services.kit.outcomes import Refused, invalid
from services.members.contracts import Role

RECORDERS = (Role.GRID_WORKER, Role.GRID_HEAD, Role.LIAISON)
CITY = ZoneInfo("Asia/Shanghai")
FOUND = range(2, 1001)
HOUSEHOLD_LENGTH = 50
OLDEST = timedelta(days=31)
"""How long after a visit it may still be recorded."""
AHEAD = timedelta(minutes=5)
"""How far the clock of a phone may be ahead of ours."""
CORRECTED_WITHIN = timedelta(days=1)
LONGEST_WAIT = timedelta(days=366)
USUAL_PERIOD = timedelta(days=29)
"""Together with the day on which it ends, 30 days."""

_PLACE = re.compile(r"[0-9]{12}(?:[0-9]{3}){0,3}")
_COMMUNITY, _GRID = 12, 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """``named``: a household was noted; who it is lies sealed beside the visit."""

    visit_id: str
    place: str
    kind: VisitKind
    found: str
    named: bool
    visited_at: datetime
    recorded_at: datetime
    recorded_by: str
    role: str
    next_due: date | None
    about: str | None
    met_by: str | None = None
    changes: int = 0

    @property
    def community_code(self) -> str:
        return self.place[:_COMMUNITY]

    @property
    def grid_code(self) -> str | None:
        return self.place[:_GRID] if len(self.place) >= _GRID else None


def has_place_form(place: str) -> bool:
    """A community, a grid, a building group or a household centre."""
    return _PLACE.fullmatch(place) is not None


def recorded(
    ask: RecordVisit, actor: Actor, *, known: AbstractSet[str], visit_id: str, now: datetime
) -> Visit:
    """The visit that ``ask`` tells of. ``known`` are the communities that exist. Raises Refused naming the field at fault."""
    if not has_place_form(ask.place) or ask.place[:_COMMUNITY] not in known:
        raise Refused(Slug.NO_SUCH_COMMUNITY, "没有这个地方，请重新选择走访地点", status=422, field="place")
    role = role_at(actor, ask.place)
    if role is None:
        raise Refused(Slug.NOT_ALLOWED, "只有本地的网格员、网格长和联络员可以登记走访", status=403)
    if (ask.kind is VisitKind.FOLLOW_UP) != (ask.about is not None):
        raise invalid("about", "回访点单时请选择点单；其他走访不用选")
    visit = Visit(
        visit_id=visit_id,
        place=ask.place,
        kind=ask.kind,
        found=ask.found,
        named=bool(ask.household),
        visited_at=ask.visited_at or now,
        recorded_at=now,
        recorded_by=actor.id,
        role=role,
        next_due=ask.next_due,
        about=ask.about,
    )
    _check(visit, ask.household, now)
    return visit


def corrected(visit: Visit, ask: CorrectVisit, actor: Actor, now: datetime) -> Visit:
    """Raises Refused for anybody but the recorder, after a day, and where what is new is not right."""
    if visit.recorded_by != actor.id:
        raise Refused(Slug.NOT_ALLOWED, "走访记录只能由登记人更正", status=403)
    if now > visit.recorded_at + CORRECTED_WITHIN:
        raise Refused(Slug.TOO_LATE, "登记满一天后不能再更正，请另记一次走访", status=409)
    kind = ask.kind or visit.kind
    if (kind is VisitKind.FOLLOW_UP) != (visit.about is not None):
        raise invalid("kind", "回访点单和其他走访不能互改，请另记一次走访")
    changed = replace(
        visit,
        kind=kind,
        found=visit.found if ask.found is None else ask.found,
        named=visit.named or bool(ask.household),
        visited_at=ask.visited_at or visit.visited_at,
        next_due=None if ask.never_due else ask.next_due or visit.next_due,
        changes=visit.changes + 1,
    )
    _check(changed, ask.household, visit.recorded_at)
    return changed


def may_correct(visit: Visit, actor: Actor, now: datetime) -> bool:
    return visit.recorded_by == actor.id and now <= visit.recorded_at + CORRECTED_WITHIN


def role_at(actor: Actor, place: str) -> str | None:
    """The role in which the actor visits there, None if in none."""
    return next((role for role in RECORDERS if actor.holds(role, place)), None) if actor.id else None


def may_see(visit: Visit, actor: Actor) -> bool:
    return bool(actor.id) and (visit.recorded_by == actor.id or actor.holds_any(OFFICES, at=visit.place))


def may_know_household(visit: Visit, actor: Actor) -> bool:
    """Those who go there: the recorder, the grid and the liaison of the place."""
    return bool(actor.id) and (visit.recorded_by == actor.id or role_at(actor, visit.place) is not None)


def household_key(place: str, household: str) -> str:
    """What makes two notes the same household: the place and the words, without regard to width, case and spaces."""
    return f"{place}:{''.join(unicodedata.normalize('NFKC', household).split()).casefold()}"


def order_of_visit(visit: Visit, wanted: VisitedOrder) -> PlaceOrder:
    """What is asked for at the door, as an order on behalf."""
    return PlaceOrder(
        community_code=visit.community_code,
        grid_code=visit.grid_code,
        channel=Channel.GRID_VISIT,
        on_behalf=True,
        words=wanted.words,
        category=wanted.category,
        contact=wanted.contact or Contact(),
        address=wanted.address,
        photos=wanted.photos,
        emergency=wanted.emergency,
        private=wanted.private,
    )


def view_of(visit: Visit, order_ids: tuple[str, ...], household: str | None) -> VisitView:
    told = {name: getattr(visit, name) for name in Visit.__dataclass_fields__}
    return VisitView(**told, order_ids=order_ids, household=household)


def period_of(since: date | None, until: date | None, now: datetime) -> tuple[date, date]:
    """The days counted; raises Refused (invalid) if they end before they begin."""
    last = until or now.astimezone(CITY).date()
    first = since or last - USUAL_PERIOD
    if first > last:
        raise invalid("since", "开始日期不能晚于结束日期")
    return first, last


def start_of(day: date) -> datetime:
    """The first moment of a day of the city."""
    return datetime.combine(day, time.min, CITY).astimezone(UTC)


def _check(visit: Visit, household: str | None, now: datetime) -> None:
    if not len(visit.found.strip()) >= FOUND.start or len(visit.found) >= FOUND.stop or "\0" in visit.found:
        raise invalid("found", f"请用 {FOUND.start} 到 {FOUND.stop - 1} 个字写下走访情况")
    if household is not None and (len(household) > HOUSEHOLD_LENGTH or "\0" in household):
        raise invalid("household", f"住户最多 {HOUSEHOLD_LENGTH} 个字")
    if not now - OLDEST <= visit.visited_at <= now + AHEAD:
        raise invalid("visited_at", f"走访时间应在最近 {OLDEST.days} 天内，且不晚于现在")
    day = visit.visited_at.astimezone(CITY).date()
    if visit.next_due is not None and not day < visit.next_due <= day + LONGEST_WAIT:
        raise invalid("next_due", "下次走访应在这次走访之后、一年之内")
