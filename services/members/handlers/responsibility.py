"""Three-level responsibility: assigned, handed over, ended, listed and counted."""

from __future__ import annotations

from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_cursor, decode_moment_cursor, encode_cursor, page_of
from services.kit.work import Work
from services.members.contracts import (
    AssignResponsibility,
    CountResponsibilities,
    EndResponsibility,
    LevelCovered,
    ListResponsibilities,
    ListUncovered,
    ResponsibilityAssigned,
    ResponsibilityEnded,
    ResponsibilityView,
    Slug,
    UncoveredPlace,
)
from services.members.domain.accounts import clean_name
from services.members.domain.promises import day_of
from services.members.domain.responsibility import (
    REPLACED,
    Named,
    Responsibility,
    check_assigning,
    check_level,
    check_unit_given,
)
from services.members.domain.words import plain_words
from services.members.store import accounts, responsibility, tree, units

LONGEST_REASON = 200


def assign_responsibility(work: Work, ask: AssignResponsibility) -> ResponsibilityView:
    check_assigning(work.actor, ask.node)
    node = tree.get(work.db, ask.node)
    level = check_level(node.level if node else None)
    check_unit_given(level, ask.unit_id)
    if accounts.load(work.db, ask.person_id) is None:
        raise Refused(Slug.NO_SUCH_ACCOUNT, "没有这个账号", status=422, field="person_id")
    if ask.unit_id is not None and units.load(work.db, ask.unit_id) is None:
        raise Refused(Slug.NO_SUCH_UNIT, "没有这个单位", status=422, field="unit_id")
    held = Responsibility(
        id=work.new_id(),
        node=ask.node,
        level=level,
        person_id=ask.person_id,
        title=clean_name(ask.title, "title"),
        unit_id=ask.unit_id,
        since=ask.since or day_of(work.now),
        assigned_at=work.now,
    )
    hand_over(work, (held,))
    return _view(_load(work, held.id))


def hand_over(work: Work, new: tuple[Responsibility, ...]) -> None:
    """Enter who answers from now on; whoever answered for one of the places before is relieved."""
    relieved = tuple(responsibility.lasting_at(work.db, [held.node for held in new]).values())
    responsibility.end(work.db, [held.id for held in relieved], REPLACED, work.now)
    responsibility.enter(work.db, new)
    for held in relieved:
        _tell_end(work, held)
    for held in new:
        told = ResponsibilityAssigned(
            responsibility_id=held.id,
            node=held.node,
            level=held.level,
            person_id=held.person_id,
            unit_id=held.unit_id,
        )
        work.outbox.append(told, aggregate=f"responsibility:{held.id}", sequence=1)


def end_responsibility(work: Work, ask: EndResponsibility) -> ResponsibilityView:
    found = _load(work, ask.responsibility_id)
    check_assigning(work.actor, found.held.node)
    reason = plain_words(ask.reason, "reason", LONGEST_REASON)
    lasting = responsibility.lasting_at(work.db, [found.held.node]).get(found.held.node)
    if lasting is not None and lasting.id == found.held.id:
        responsibility.end(work.db, [lasting.id], reason, work.now)
        _tell_end(work, lasting)
    return _view(_load(work, ask.responsibility_id))


def _tell_end(work: Work, held: Responsibility) -> None:
    told = ResponsibilityEnded(
        responsibility_id=held.id, node=held.node, level=held.level, person_id=held.person_id
    )
    work.outbox.append(told, aggregate=f"responsibility:{held.id}", sequence=2)


def list_responsibilities(work: Work, ask: ListResponsibilities) -> Page[ResponsibilityView]:
    limit = bounded(ask.limit)
    found = responsibility.page(
        work.db,
        node=ask.node,
        person_id=ask.person_id,
        level=ask.level,
        ended=ask.ended,
        last=decode_moment_cursor(ask.cursor),
        limit=limit + 1,
    )
    return page_of(found, limit, key=lambda each: (each.held.assigned_at, each.held.id), view=_view)


def list_uncovered(work: Work, ask: ListUncovered) -> Page[UncoveredPlace]:
    limit = bounded(ask.limit)
    found = responsibility.uncovered(
        work.db,
        node=ask.node,
        level=check_level(ask.level),
        after=decode_cursor(ask.cursor, 1)[0] if ask.cursor is not None else None,
        limit=limit + 1,
    )
    shown = found[:limit]
    return Page(items=shown, next=encode_cursor(shown[-1].code) if len(found) > limit else None)


def count_responsibilities(work: Work, ask: CountResponsibilities) -> tuple[LevelCovered, ...]:
    return responsibility.covered(work.db, ask.node)


def _load(work: Work, responsibility_id: str) -> Named:
    found = responsibility.load(work.db, responsibility_id)
    if found is None:
        raise Refused(Slug.NO_SUCH_RESPONSIBILITY, "没有这项包联责任", status=404)
    return found


def _view(found: Named) -> ResponsibilityView:
    held = found.held
    return ResponsibilityView(
        responsibility_id=held.id,
        node=held.node,
        place=found.place,
        level=held.level,
        person_id=held.person_id,
        name=found.name,
        title=held.title,
        unit_id=held.unit_id,
        unit_name=found.unit_name,
        since=held.since,
        ended_at=held.ended_at,
        ended_why=held.ended_why,
    )
