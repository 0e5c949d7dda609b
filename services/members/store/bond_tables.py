"""The tables of what binds members to places, to people and to each other: teams, posts, pairs."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Identity, Index, Integer, Table, Text

from services.kit.tables import MOMENT
from services.members.store.tables import CODE, metadata

teams = Table(
    "teams",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("node", CODE, ForeignKey("nodes.code"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("leader_id", Text, ForeignKey("members.id"), nullable=True),
    Column("formed_at", MOMENT, nullable=False),
    Column("revision", Integer, nullable=False),
    Index("teams_node", "node"),
    Index("teams_newest", "formed_at", "id"),
)

# Who has been in which team, and when; a seat without an end is taken.
seats = Table(
    "seats",
    metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("team_id", Text, ForeignKey("teams.id"), nullable=False),
    Column("member_id", Text, ForeignKey("members.id"), nullable=False),
    Column("why", Text, nullable=False),
    Column("joined_at", MOMENT, nullable=False),
    Column("left_at", MOMENT, nullable=True),
    Index("seats_taken", "team_id", "member_id", unique=True, postgresql_where="left_at IS NULL"),
    Index("seats_member", "member_id"),
)
