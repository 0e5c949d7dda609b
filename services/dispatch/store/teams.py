"""The projection of teams: who leads whom, and for which place."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from services.dispatch.contracts import HandKind
from services.dispatch.domain.task import Hand
from services.dispatch.store.tables import teams


def team_by_id(db: Connection, team_id: str) -> Hand | None:
    """The team, None for one that is not known or has nobody left in it."""
    row = db.execute(select(teams).where(teams.c.team_id == team_id)).first()
    if row is None or not row.members:
        return None
    return Hand(kind=HandKind.TEAM, id=row.team_id, unit_id=None, place=row.node, members=tuple(row.members))


def keep(db: Connection, team: Hand, leader_id: str | None, sequence: int) -> None:
    """Enter or replace, unless what is kept already is newer than ``sequence``."""
    entry = insert(teams).values(
        team_id=team.id, node=team.place, leader_id=leader_id, members=list(team.members), sequence=sequence
    )
    fresh = {name: entry.excluded[name] for name in ("node", "leader_id", "members", "sequence")}
    db.execute(
        entry.on_conflict_do_update(
            index_elements=[teams.c.team_id], set_=fresh, where=teams.c.sequence < entry.excluded.sequence
        )
    )
