"""Display names of whatever an id stands for."""

from __future__ import annotations

from sqlalchemy import Connection, select, union_all

from services.members.store.bond_tables import teams
from services.members.store.tables import accounts, nodes, units


def names_of(db: Connection, ids: tuple[str, ...]) -> dict[str, str]:
    """Names of accounts, units and teams by id and of nodes by code; unknown ids are left out."""
    wanted = list(ids)
    query = union_all(
        select(accounts.c.id, accounts.c.name).where(accounts.c.id.in_(wanted)),
        select(units.c.id, units.c.name).where(units.c.id.in_(wanted)),
        select(teams.c.id, teams.c.name).where(teams.c.id.in_(wanted)),
        select(nodes.c.code, nodes.c.name).where(nodes.c.code.in_(wanted)),
    )
    return {row.id: row.name for row in db.execute(query)}
