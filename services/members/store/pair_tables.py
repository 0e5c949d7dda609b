"""The tables of pairs: units and communities, members and households, members and firms."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from services.kit.tables import MOMENT
from services.members.store.tables import CODE, metadata

pairings = Table(
    "pairings",
    metadata,
    Column("id", Text, primary_key=True),
    Column("unit_id", Text, ForeignKey("units.id"), nullable=False),
    Column("community_code", CODE, ForeignKey("nodes.code"), nullable=False),
    Column("since", Date, nullable=False),
    Column("paired_at", MOMENT, nullable=False),
    Column("ended_at", MOMENT, nullable=True),
    Column("ended_why", Text, nullable=True),
    Index("pairings_lasting", "unit_id", unique=True, postgresql_where="ended_at IS NULL"),
    Index("pairings_community", "community_code"),
    Index("pairings_newest", "paired_at", "id"),
)

commitments = Table(
    "commitments",
    metadata,
    Column("pairing_id", Text, ForeignKey("pairings.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("field", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("due", Date, nullable=False),
    Column("done_at", MOMENT, nullable=True),
    Column("done_words", Text, nullable=True),
)

# The contact is sealed, found by its blind index, and both are erased when the help ends.
helps = Table(
    "helps",
    metadata,
    Column("id", Text, primary_key=True),
    Column("member_id", Text, ForeignKey("members.id"), nullable=False),
    Column("node", CODE, ForeignKey("nodes.code"), nullable=False),
    Column("need", Text, nullable=False),
    Column("household_index", LargeBinary, nullable=True),
    Column("contact_sealed", LargeBinary, nullable=True),
    Column("since", Date, nullable=False),
    Column("paired_at", MOMENT, nullable=False),
    Column("ended_at", MOMENT, nullable=True),
    Column("ended_why", Text, nullable=True),
    Index("helps_member", "member_id", unique=True, postgresql_where="ended_at IS NULL"),
    Index("helps_household", "household_index", unique=True, postgresql_where="ended_at IS NULL"),
    Index("helps_newest", "paired_at", "id"),
    Index("helps_node", "node"),
)

doings = Table(
    "doings",
    metadata,
    Column("id", Text, primary_key=True),
    Column("help_id", Text, ForeignKey("helps.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("at", MOMENT, nullable=False),
    Index("doings_newest", "help_id", "at", "id"),
)

firms = Table(
    "firms",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("trade", Text, nullable=False),
    Column("community_code", CODE, ForeignKey("nodes.code"), nullable=False),
    Column("contact_sealed", LargeBinary, nullable=False),
    Column("registered_at", MOMENT, nullable=False),
    UniqueConstraint("community_code", "name"),
    Index("firms_newest", "registered_at", "id"),
)

# Who has helped which firm, and when; a pair without an end lasts. The revision counts the tellings of a pair.
firm_helpers = Table(
    "firm_helpers",
    metadata,
    Column("firm_id", Text, ForeignKey("firms.id"), primary_key=True),
    Column("member_id", Text, ForeignKey("members.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("since", MOMENT, nullable=False),
    Column("ended_at", MOMENT, nullable=True),
    Index("firm_helpers_lasting", "firm_id", "member_id", unique=True, postgresql_where="ended_at IS NULL"),
    Index("firm_helpers_member", "member_id"),
)
