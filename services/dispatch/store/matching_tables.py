"""The tables of the matcher: whom it found, why, and which places it looks after by the clock."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, ForeignKey, Identity, Index, Integer, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from services.dispatch.store.tables import CODE, metadata
from services.kit.tables import MOMENT

# The candidates of a task as last looked for: at most 20, and some near misses, each as in store.rankings.
rankings = Table(
    "rankings",
    metadata,
    Column("task_id", CODE, ForeignKey("tasks.task_id"), primary_key=True),
    Column("at", MOMENT, nullable=False),
    Column("skill", Text, nullable=True),
    Column("found", Integer, nullable=False),
    Column("candidates", JSONB, nullable=False),
    Column("misses", JSONB, nullable=False),
)

# Why somebody was or was not asked: kept for good for everyone who was, and for whoever wanted to know.
scores = Table(
    "scores",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("task_id", CODE, ForeignKey("tasks.task_id"), nullable=False),
    Column("hand_id", Text, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("rank", Integer, nullable=True),
    Column("found", Integer, nullable=False),
    Column("best", Double, nullable=True),
    Column("judged", JSONB, nullable=False),
    Index("scores_of", "task_id", "hand_id"),
)

# Places whose waiting tasks are matched by the clock, one row a node.
auto_matchings = Table(
    "auto_matchings",
    metadata,
    Column("node", CODE, primary_key=True),
    Column("every_minutes", Integer, nullable=False),
    Column("hold_minutes", Integer, nullable=False),
    Column("next_at", MOMENT, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("set_at", MOMENT, nullable=False),
)
