"""The tables that operators keep for the city, and what rules are replayed on."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.dispatch.store.tables import CODE, metadata
from services.kit.tables import MOMENT

# Days on which the city works, or does not, whatever the official calendar says.
days = Table(
    "days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("working", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("set_at", MOMENT, nullable=False),
)

# The kinds of demands, seeded from migrations/categories.csv and replaced by operators; none is ever removed.
categories = Table(
    "categories",
    metadata,
    Column("code", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("days", Integer, nullable=False),
    Column("parent", Text, nullable=True),
    Column("gb_39666", Text, nullable=True),
    Column("gb_30428", Text, nullable=True),
    Column("skill", Text, nullable=True),
    Column("retired", Boolean, nullable=False),
    Column("reply", Text, nullable=True),
    Column("keywords", ARRAY(Text), nullable=True),
    Column("note", Text, nullable=True),
)

# One row: when the categories or the questions were last replaced.
table_changes = Table("table_changes", metadata, Column("changed_at", MOMENT, nullable=False))

# What those are asked who order under a category, in the order of ``position``; ``choices`` is a list of [key, name].
questions = Table(
    "questions",
    metadata,
    Column("category", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("required", Boolean, nullable=False),
    Column("variable", Boolean, nullable=False),
    Column("question", Text, nullable=False),
    Column("hint", Text, nullable=True),
    Column("choices", JSONB, nullable=False),
)

# Routing rules of a node, version by version; the newest that is active decides.
rule_lists = Table(
    "rule_lists",
    metadata,
    Column("node", CODE, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("rules", JSONB, nullable=False),
    Column("active_from", MOMENT, nullable=False),
    Column("put_by", Text, nullable=False),
    Column("put_at", MOMENT, nullable=False),
)

# What a task was when it was registered, and which rule took it (NULL: none): what rules are replayed on.
registrations = Table(
    "registrations",
    metadata,
    Column("task_id", CODE, ForeignKey("tasks.task_id"), primary_key=True),
    Column("registered_at", MOMENT, nullable=False),
    Column("category", Text, nullable=False),
    Column("parent", Text, nullable=True),
    Column("urgency", Text, nullable=False),
    Column("channel", Text, nullable=True),
    Column("community_code", CODE, nullable=False),
    Column("grid_code", CODE, nullable=True),
    Column("private", Boolean, nullable=False),
    Column("working", Boolean, nullable=False),
    Column("rule_node", Text, nullable=True),
    Column("rule_version", Integer, nullable=True),
    Column("rule", Text, nullable=True),
    Column("routed_to", Text, nullable=True),
    Index("registrations_newest", "registered_at", "task_id"),
)
