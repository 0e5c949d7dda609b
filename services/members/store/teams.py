"""Teams with their seats."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert

from services.members.contracts import FileKind, TeamKind, TeamState
from services.members.domain.grouping import Candidate
from services.members.domain.teams import Seat, Team
from services.members.store.bond_tables import seats, teams
from services.members.store.members import PLACE
from services.members.store.searching import behind, below, below_any
from services.members.store.tables import AnyRow, accounts, availability, members

TAKEN = and_(seats.c.team_id == teams.c.id, seats.c.left_at.is_(None))
SEATS = (
    select(
        func.json_agg(
            aggregate_order_by(func.json_build_array(seats.c.member_id, seats.c.why), seats.c.position)
        )
    )
    .where(TAKEN)
    .scalar_subquery()
    .label("seats")
)


def load(db: Connection, team_id: str) -> Team | None:
    row = db.execute(select(teams, SEATS).where(teams.c.id == team_id)).one_or_none()
    return None if row is None else _team(row)


def lock(db: Connection, team_id: str) -> Team | None:
    """The team, its row locked until the transaction ends: its tellings stand in one order."""
    db.execute(select(teams.c.id).where(teams.c.id == team_id).with_for_update())
    return load(db, team_id)


def enter(db: Connection, team: Team) -> None:
    db.execute(insert(teams).values(**_columns(team)))
    seat(db, team.id, team.seats, team.formed_at)


def save(db: Connection, team: Team) -> None:
    """Write the team's own columns; seats change by ``seat`` and ``unseat``."""
    db.execute(update(teams).where(teams.c.id == team.id).values(**_columns(team)))


def seat(db: Connection, team_id: str, taken: Iterable[Seat], now: datetime) -> None:
    rows = [
        {"team_id": team_id, "member_id": each.member_id, "why": each.why, "joined_at": now} for each in taken
    ]
    if rows:
        db.execute(insert(seats), rows)


def unseat(db: Connection, team_id: str, member_ids: Iterable[str], now: datetime) -> None:
    db.execute(
        update(seats)
        .where(seats.c.team_id == team_id, seats.c.member_id.in_(list(member_ids)), seats.c.left_at.is_(None))
        .values(left_at=now)
    )


def page(
    db: Connection,
    *,
    above: tuple[str, ...],
    serving: tuple[str, ...],
    own: str,
    node: str,
    kind: TeamKind | None,
    state: TeamState,
    mine: bool,
    last: tuple[datetime, str] | None,
    limit: int,
) -> tuple[Team, ...]:
    """Teams at or below ``node`` that one reader may see, the newest first.

    The reader is staff ``above`` places, ``serving`` some as a member, and in some teams (``own``).
    """
    inside = exists().where(TAKEN, seats.c.member_id == own)
    near: list[ColumnElement[bool]] = [
        or_(below(teams.c.node, place), literal(place).startswith(teams.c.node)) for place in serving
    ]
    query = (
        select(teams, SEATS)
        .where(below(teams.c.node, node), teams.c.state == state, behind(teams.c.formed_at, teams.c.id, last))
        .where(inside if mine else or_(inside, below_any(teams.c.node, above), *near))
        .order_by(teams.c.formed_at.desc(), teams.c.id.desc())
        .limit(limit)
    )
    if kind is not None:
        query = query.where(teams.c.kind == kind)
    return tuple(_team(row) for row in db.execute(query))


def forget_proposals(db: Connection, node: str, kind: TeamKind) -> None:
    """Delete what was proposed at or below ``node`` and never told to anybody."""
    stale = select(teams.c.id).where(
        below(teams.c.node, node), teams.c.kind == kind, teams.c.state == TeamState.PROPOSED
    )
    db.execute(delete(seats).where(seats.c.team_id.in_(stale)))
    db.execute(delete(teams).where(teams.c.id.in_(stale)))


def candidates(db: Connection, node: str, kind: TeamKind, limit: int) -> tuple[Candidate, ...]:
    """Members in service at or below ``node`` who are in no standing team of that kind; at most ``limit``."""
    in_one = exists().where(
        TAKEN,
        seats.c.member_id == members.c.id,
        teams.c.kind == kind,
        teams.c.state == TeamState.STANDING,
    )
    stated = and_(availability.c.kind == FileKind.MEMBER, availability.c.id == members.c.id)
    rows = db.execute(
        select(members.c.id, PLACE.label("place"), members.c.trade, members.c.skills, availability.c.wishes)
        .select_from(members.outerjoin(availability, stated))
        .where(below(PLACE, node), members.c.checked_out_at.is_(None), ~in_one)
        .order_by(members.c.id)
        .limit(limit)
    )
    return tuple(
        Candidate(
            id=row.id,
            place=row.place,
            trade=row.trade,
            interests=frozenset([*row.skills, *(row.wishes or ())]),
        )
        for row in rows
    )


def of_member(db: Connection, member_id: str) -> tuple[str, ...]:
    """The teams that the member is in, in the order of their ids."""
    query = select(seats.c.team_id).where(seats.c.member_id == member_id, seats.c.left_at.is_(None))
    return tuple(db.execute(query.order_by(seats.c.team_id)).scalars())


def seniority(db: Connection, team_id: str) -> dict[str, datetime]:
    """When those who are in the team checked in."""
    rows = db.execute(
        select(members.c.id, members.c.checked_in_at)
        .join(seats, seats.c.member_id == members.c.id)
        .where(seats.c.team_id == team_id, seats.c.left_at.is_(None))
    )
    return {row.id: row.checked_in_at for row in rows}


def places_of(db: Connection, member_ids: Iterable[str]) -> dict[str, str]:
    """The places of those of the members who are checked in."""
    rows = db.execute(
        select(members.c.id, PLACE.label("place")).where(
            members.c.id.in_(list(member_ids)), members.c.checked_out_at.is_(None)
        )
    )
    return {row.id: row.place for row in rows}


def names_of(db: Connection, member_ids: Iterable[str]) -> dict[str, str]:
    rows = db.execute(select(accounts.c.id, accounts.c.name).where(accounts.c.id.in_(list(member_ids))))
    return {row.id: row.name for row in rows}


def _columns(team: Team) -> dict[str, object]:
    return {
        "id": team.id,
        "name": team.name,
        "node": team.node,
        "kind": team.kind,
        "state": team.state,
        "leader_id": team.leader_id,
        "term_until": team.term_until,
        "formed_at": team.formed_at,
        "revision": team.revision,
    }


def _team(row: AnyRow) -> Team:
    return Team(
        id=row.id,
        name=row.name,
        node=row.node,
        kind=TeamKind(row.kind),
        state=TeamState(row.state),
        leader_id=row.leader_id,
        term_until=row.term_until,
        seats=tuple(Seat(member_id=member_id, why=why) for member_id, why in row.seats or ()),
        formed_at=row.formed_at,
        revision=row.revision,
    )
