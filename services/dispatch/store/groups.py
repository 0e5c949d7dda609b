"""Units and teams as matching sees them: their people, what they have in hand, and what they did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, and_, func, not_, or_, select

from services.dispatch.contracts import HandKind, PartState
from services.dispatch.domain.matching.groups import Group
from services.dispatch.domain.matching.values import Demand
from services.dispatch.domain.parts import Part
from services.dispatch.store.assignments import REFUSALS, WAS_OFFER
from services.dispatch.store.loads import UNANSWERED
from services.dispatch.store.places import below
from services.dispatch.store.rules import nodes_above
from services.dispatch.store.tables import assignments, hands, tasks, teams

WORKING = (PartState.CALLED, PartState.SILENT, PartState.JOINED)
GROUPS = (HandKind.UNIT, HandKind.TEAM)


@dataclass(frozen=True, slots=True)
class _Done:
    known: int
    asked: int
    accepted: int


NOTHING_DONE = _Done(0, 0, 0)


def refusers(db: Connection, task_id: str) -> frozenset[str]:
    """The units and teams that said no to this task, or gave it back."""
    query = select(assignments.c.hand_id).where(
        assignments.c.task_id == task_id,
        assignments.c.hand_kind.in_(GROUPS),
        assignments.c.outcome.in_(REFUSALS),
    )
    return frozenset(db.execute(query).scalars())


def groups_of(db: Connection, demand: Demand) -> list[Group]:
    """The units of the task's district and the teams that are for its place, as far as they have people."""
    people = _people(db, demand)
    members = _members(db, {each for those in people.values() for each in those})
    ids = [hand_id for _, hand_id in people]
    loads, done = _loads(db, ids), _done(db, ids, demand.community_code)
    found = []
    for (kind, hand_id), those in people.items():
        present = [members[each] for each in those if each in members]
        if not present:
            continue
        was = done.get(hand_id, NOTHING_DONE)
        found.append(
            Group(
                hand_kind=kind,
                hand_id=hand_id,
                people=len(present),
                near=sum(place == demand.community_code for place, _ in present),
                skilled=sum(demand.skill is None or demand.skill in skills for _, skills in present),
                load=loads[hand_id],
                known=was.known,
                asked=was.asked,
                accepted=was.accepted,
            )
        )
    return found


def _people(db: Connection, demand: Demand) -> dict[tuple[HandKind, str], list[str]]:
    """The members of each group, by kind and id."""
    unit, member = hands.alias("unit"), hands.alias("member")
    of_units = (
        select(unit.c.id, func.array_agg(member.c.id).label("members"))
        .join(member, and_(member.c.unit_id == unit.c.id, member.c.kind == HandKind.MEMBER))
        .where(unit.c.kind == HandKind.UNIT, not_(unit.c.gone), below(unit.c.place, demand.scope))
        .group_by(unit.c.id)
    )
    of_teams = select(teams.c.team_id.label("id"), teams.c.members).where(
        or_(teams.c.node.in_(nodes_above(demand.community_code)), teams.c.node == demand.grid_code)
    )
    found = {(HandKind.UNIT, row.id): list(row.members) for row in db.execute(of_units)}
    return found | {(HandKind.TEAM, row.id): list(row.members) for row in db.execute(of_teams)}


def _members(db: Connection, ids: Collection[str]) -> Mapping[str, tuple[str, list[str]]]:
    """Where each member is checked in, and their skills."""
    query = select(hands.c.id, hands.c.place, hands.c.skills).where(
        hands.c.kind == HandKind.MEMBER, not_(hands.c.gone), hands.c.id.in_(ids)
    )
    return {row.id: (row.place, row.skills) for row in db.execute(query)}


def _loads(db: Connection, ids: Collection[str]) -> Counter[str]:
    """Tasks that each has in hand as a whole, and parts of those of others."""
    found: Counter[str] = Counter()
    query = select(tasks.c.hand_id, tasks.c.hand_kind, tasks.c.parts).where(
        tasks.c.state.in_(UNANSWERED),
        or_(
            and_(tasks.c.hand_kind.in_(GROUPS), tasks.c.hand_id.in_(ids)),
            tasks.c.helpers.overlap(list(ids)),
        ),
    )
    for row in db.execute(query):
        found.update([row.hand_id] if row.hand_kind in GROUPS else [])
        parts = msgspec.convert(row.parts, tuple[Part, ...])
        found.update(part.hand_id for part in parts if part.state in WORKING)
    return found


def _done(db: Connection, ids: Collection[str], community_code: str) -> dict[str, _Done]:
    counted, accepted = func.count(), assignments.c.accepted_at.is_not(None)
    query = (
        select(
            assignments.c.hand_id,
            counted.filter(accepted, tasks.c.community_code == community_code).label("known"),
            counted.filter(WAS_OFFER).label("asked"),
            counted.filter(WAS_OFFER, accepted).label("accepted"),
        )
        .join(tasks, tasks.c.task_id == assignments.c.task_id)
        .where(assignments.c.hand_kind.in_(GROUPS), assignments.c.hand_id.in_(ids))
        .group_by(assignments.c.hand_id)
    )
    return {row.hand_id: _Done(row.known, row.asked, row.accepted) for row in db.execute(query)}
