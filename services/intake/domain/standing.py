"""Where an order stands, as read off its history.

Messages come late, twice and in any order. So nothing is added up as they come: each is kept once as an entry, and
the standing is folded from all entries of the order. The same entries give the same standing, however they came.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from services.dispatch.contracts import HandKind
from services.intake.domain.entries import Entry, Facts
from services.intake.domain.orders import Standing


def fold(entries: Sequence[Entry]) -> Standing:
    """Where an order stands after ``entries``, given in any order."""
    standing = Standing()
    for entry in _as_dispatch_went(entries):
        effect = EFFECTS.get(entry.step)
        if effect is not None:
            standing = effect(standing, entry.facts)
        if entry.state is not None:
            standing = replace(standing, state=entry.state, task_id=entry.facts.into_task_id or entry.task_id)
    return standing


def _registered(standing: Standing, facts: Facts) -> Standing:
    return replace(standing, category=facts.category, promised_at=facts.promised_at)


def _resumed(standing: Standing, facts: Facts) -> Standing:
    return replace(standing, promised_at=facts.promised_at)


def _opened(standing: Standing, facts: Facts) -> Standing:
    return replace(standing, open_scope=facts.scope)


def _assigned(standing: Standing, facts: Facts) -> Standing:
    member = facts.hand_id if facts.hand_kind is HandKind.MEMBER else None
    unit = facts.hand_id if facts.hand_kind is HandKind.UNIT else None
    team = _hand_of(facts) if facts.hand_kind is HandKind.TEAM else ()
    asked = (*team, *facts.also_asked)
    called = (*_without(standing.called, *asked), *asked)
    return replace(standing, asked_member=member, asked_unit=unit, called=called, open_scope=None)


def _no_longer_asked(standing: Standing, facts: Facts) -> Standing:
    """Of a wave, one less: the others are asked as before."""
    gone = facts.hand_id
    return replace(
        standing,
        asked_member=None if standing.asked_member == gone else standing.asked_member,
        asked_unit=None if standing.asked_unit == gone else standing.asked_unit,
        called=standing.called
        if facts.hand_kind is HandKind.UNIT
        else _without(standing.called, *_hand_of(facts)),
    )


def _acting(standing: Standing, facts: Facts) -> Standing:
    # A member who was asked or grabs in person acts alone: the event names the member's unit, which has no part in it.
    unit_acts = facts.member_id is None or facts.unit_id in {standing.asked_unit, standing.acting_unit}
    team = (*((facts.team_id,) if facts.team_id else ()), *facts.coming)
    accepted = (*((facts.member_id,) if facts.member_id else ()), *facts.superseded)
    return replace(
        standing,
        called=_without(standing.called, *team, *accepted),
        helping=(*_without(standing.helping, *team), *team),
        asked_member=None,
        asked_unit=None,
        open_scope=None,
        acting_member=facts.member_id,
        acting_unit=facts.unit_id if unit_acts else None,
    )


def _returned(standing: Standing, facts: Facts) -> Standing:
    return replace(
        standing,
        acting_member=None,
        acting_unit=None,
        called=_without(standing.called, *facts.released),
        helping=_without(standing.helping, *facts.released),
    )


def _called(standing: Standing, facts: Facts) -> Standing:
    called = dict.fromkeys((*standing.called, *facts.unit_ids))
    return replace(standing, called=tuple(called), helping=_without(standing.helping, *facts.unit_ids))


def _offered(standing: Standing, facts: Facts) -> Standing:
    gone = _no_part(standing, facts)
    return replace(gone, called=(*gone.called, *_hand_of(facts)))


def _joined(standing: Standing, facts: Facts) -> Standing:
    gone = _no_part(standing, facts)
    return replace(gone, helping=(*gone.helping, *_hand_of(facts)))


def _no_part(standing: Standing, facts: Facts) -> Standing:
    return replace(
        standing,
        called=_without(standing.called, *_hand_of(facts)),
        helping=_without(standing.helping, *_hand_of(facts)),
    )


def _hand_of(facts: Facts) -> tuple[str, ...]:
    return (facts.hand_id,) if facts.hand_id else ()


def _without(hands: tuple[str, ...], *gone: str) -> tuple[str, ...]:
    return tuple(hand for hand in hands if hand not in gone)


def _appealed(_: Standing, __: Facts) -> Standing:
    return Standing()


def _merged(_: Standing, facts: Facts) -> Standing:
    unit = facts.unit_id if facts.member_id is None else None
    return Standing(merged_into=facts.into_order_id, acting_member=facts.member_id, acting_unit=unit)


EFFECTS: dict[str, Callable[[Standing, Facts], Standing]] = {
    "task_registered": _registered,
    "task_resumed": _resumed,
    "task_opened": _opened,
    "task_assigned": _assigned,
    "task_accepted": _acting,
    "offer_declined": _no_longer_asked,
    "offer_expired": _no_longer_asked,
    "task_answered": _acting,
    "task_sent_back": _acting,
    "task_reopened": _acting,
    "task_released": _returned,
    "task_returned": _returned,
    "task_taken_back": _returned,
    "units_called": _called,
    "hand_joined": _joined,
    "hand_left": _no_part,
    "slot_offered": _offered,
    "slot_taken": _joined,
    "slot_freed": _no_part,
    "hand_waived": _no_part,
    "order_appealed": _appealed,
    "order_merged": _merged,
}


def _as_dispatch_went(entries: Sequence[Entry]) -> list[Entry]:
    """Within a task by sequence, across tasks by time; at one instant a task stands before the one it was merged into."""
    into = {entry.task_id: entry.facts.into_task_id for entry in entries if entry.facts.into_task_id}
    reached: dict[str | None, datetime] = {}
    keyed = []
    for entry in sorted(entries, key=lambda entry: entry.sequence or 0):
        # A clock's step carries the time it fell due, which may lie before the step it followed.
        reached[entry.task_id] = max(entry.at, reached.get(entry.task_id, entry.at))
        key = (reached[entry.task_id], -_merges_ahead(entry.task_id, into), entry.sequence or 0)
        keyed.append((key, entry))
    return [entry for _, entry in sorted(keyed, key=lambda pair: pair[0])]


def _merges_ahead(task_id: str | None, into: Mapping[str | None, str]) -> int:
    ahead = 0
    while task_id in into and ahead < len(into):
        task_id, ahead = into[task_id], ahead + 1
    return ahead
