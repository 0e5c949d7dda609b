"""The tables of common demand."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, ForeignKey, Identity, Index, Integer, Table, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.dispatch.store.tables import CODE, metadata
from services.kit.tables import MOMENT

# Common demand: one column for each field of domain.cases.Case; plan as [what, due, done_at].
cases = Table(
    "cases",
    metadata,
    Column("case_id", CODE, primary_key=True),
    Column("community_code", CODE, nullable=False),
    Column("title", Text, nullable=False),
    Column("order_ids", ARRAY(Text), nullable=False),
    Column("begun_at", MOMENT, nullable=False),
    Column("changed_at", MOMENT, nullable=False),
    Column("state", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("sure", Double, nullable=True),
    Column("category", Text, nullable=True),
    Column("suggested", ARRAY(Text), nullable=False),
    Column("owner_kind", Text, nullable=True),
    Column("owner_id", Text, nullable=True),
    Column("plan", JSONB, nullable=False),
    Column("escalated_to", Text, nullable=True),
    Column("opened_at", MOMENT, nullable=True),
    Column("solved_at", MOMENT, nullable=True),
    Column("verified_at", MOMENT, nullable=True),
    Index("cases_newest", "community_code", "begun_at", "case_id"),
    Index("cases_owner", "owner_id", "begun_at", postgresql_where=text("owner_id IS NOT NULL")),
)

# An order belongs to one case at most that is proposed, open or solved.
case_orders = Table(
    "case_orders",
    metadata,
    Column("order_id", Text, primary_key=True),
    Column("case_id", CODE, ForeignKey("cases.case_id"), nullable=False),
    Index("case_orders_case", "case_id"),
)

case_entries = Table(
    "case_entries",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("case_id", CODE, ForeignKey("cases.case_id"), nullable=False),
    Column("step", Text, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("by", Text, nullable=True),
    Column("role", Text, nullable=True),
    Column("words", Text, nullable=True),
    Index("case_entries_case", "case_id", "id"),
)
