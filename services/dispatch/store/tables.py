"""The tables of tasks, and of who can be asked. Codes are compared byte by byte (collation C), so that "below" is a range of the index."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.kit.tables import MOMENT, add_kit_tables

CODE = Text(collation="C")

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "uq": "%(table_name)s_%(column_0_name)s_key",
        "ix": "%(table_name)s_%(column_0_name)s",
    }
)

# One column for each field of domain.Task; due_at is when the first of its clocks runs out,
# helpers are the hands that have a part in it now, also_asked those of a wave beside the hand (NULL: none).
tasks = Table(
    "tasks",
    metadata,
    Column("task_id", CODE, primary_key=True),
    Column("order_ids", ARRAY(Text), nullable=False),
    Column("residents", ARRAY(Text), nullable=False),
    Column("community_code", CODE, nullable=False),
    Column("grid_code", CODE, nullable=True),
    Column("changed_at", MOMENT, nullable=False),
    Column("state", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("channel", Text, nullable=True),
    Column("category", Text, nullable=True),
    Column("private", Boolean, nullable=False, server_default=text("false")),
    Column("urgency", Text, nullable=False, server_default="ordinary"),
    Column("respond_by", MOMENT, nullable=True),
    Column("promised_at", MOMENT, nullable=True),
    Column("round_the_clock", Boolean, nullable=False, server_default=text("false")),
    Column("warn_at", MOMENT, nullable=True),
    Column("escalate_at", MOMENT, nullable=True),
    Column("escalated_to", Text, nullable=True),
    Column("raised_from", Text, nullable=True),
    Column("open", Boolean, nullable=False),
    Column("scope", CODE, nullable=True),
    Column("skill", Text, nullable=True),
    Column("hand_kind", Text, nullable=True),
    Column("hand_id", Text, nullable=True),
    Column("also_asked", ARRAY(Text), nullable=True),
    Column("hold_until", MOMENT, nullable=True),
    Column("wave_minutes", Integer, nullable=True),
    Column("wave_size", Integer, nullable=True),
    Column("of_groups", Boolean, nullable=False, server_default=text("false")),
    Column("quiet", JSONB(none_as_null=True), nullable=True),
    Column("ask_at", MOMENT, nullable=True),
    Column("member_id", Text, nullable=True),
    Column("unit_id", Text, nullable=True),
    Column("grabbed", Boolean, nullable=False, server_default=text("false")),
    Column("start_by", MOMENT, nullable=True),
    Column("free_until", MOMENT, nullable=True),
    Column("taken_at", MOMENT, nullable=True),
    Column("started_at", MOMENT, nullable=True),
    Column("paused_since", MOMENT, nullable=True),
    Column("pause_kind", Text, nullable=True),
    Column("resume_by", MOMENT, nullable=True),
    Column("objections_until", MOMENT, nullable=True),
    Column("notice_until", MOMENT, nullable=True),
    Column("appealed", Boolean, nullable=False),
    Column("clock_urged", Boolean, nullable=False),
    Column("urged", Integer, nullable=False),
    Column("reminded", Integer, nullable=False, server_default=text("0")),
    Column("reminded_at", MOMENT, nullable=True),
    Column("returns", Integer, nullable=False),
    Column("last_resort", Boolean, nullable=False, server_default=text("false")),
    Column("named_unit_id", Text, nullable=True),
    Column("duty_member_id", Text, nullable=True),
    Column("duty_unit_id", Text, nullable=True),
    Column("reopened", Integer, nullable=False),
    Column("merged_into", CODE, nullable=True),
    Column("longitude", Double, nullable=True),
    Column("latitude", Double, nullable=True),
    Column("parts", JSONB, nullable=False, server_default=text("'[]'")),
    Column("slots", JSONB, nullable=False, server_default=text("'[]'")),
    Column("named_team_id", Text, nullable=True),
    Column("due_at", MOMENT, nullable=True),
    Column("helpers", ARRAY(Text), nullable=True),
    Index("tasks_newest", "changed_at", "task_id"),
    Index("tasks_place", "community_code", "state", "changed_at"),
    Index("tasks_grid", "grid_code", "changed_at", postgresql_where=text("grid_code IS NOT NULL")),
    Index("tasks_hand", "hand_id", "changed_at", postgresql_where=text("hand_id IS NOT NULL")),
    Index("tasks_member", "member_id", "changed_at", postgresql_where=text("member_id IS NOT NULL")),
    Index(
        "tasks_helpers",
        "helpers",
        postgresql_using="gin",
        postgresql_where=text("helpers IS NOT NULL"),
    ),
    Index(
        "tasks_also_asked",
        "also_asked",
        postgresql_using="gin",
        postgresql_where=text("also_asked IS NOT NULL"),
    ),
    Index("tasks_duty_member", "duty_member_id", postgresql_where=text("duty_member_id IS NOT NULL")),
    Index("tasks_duty_unit", "duty_unit_id", postgresql_where=text("duty_unit_id IS NOT NULL")),
    Index("tasks_open", "scope", "changed_at", postgresql_where=text("open")),
    Index("tasks_due", "due_at", "task_id", postgresql_where=text("due_at IS NOT NULL")),
)

# task_id is the task that speaks for the order now, own_task_id the one that was made of it.
orders = Table(
    "orders",
    metadata,
    Column("order_id", Text, primary_key=True),
    Column("task_id", CODE, ForeignKey("tasks.task_id"), nullable=False),
    Column("own_task_id", CODE, ForeignKey("tasks.task_id"), nullable=False),
    Column("collected_at", MOMENT, nullable=True),
    Index("orders_collected", "collected_at", "task_id"),
)

# Who was ever asked or grabbed, and how it ended: outcome is the step that ended it, or "superseded" where another of the
# wave accepted; struck, that a grab was let go too late.
assignments = Table(
    "assignments",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("task_id", CODE, ForeignKey("tasks.task_id"), nullable=False),
    Column("hand_kind", Text, nullable=False),
    Column("hand_id", Text, nullable=False),
    Column("asked_by", Text, nullable=True),
    Column("asked_at", MOMENT, nullable=False),
    Column("hold_until", MOMENT, nullable=True),
    Column("accepted_at", MOMENT, nullable=True),
    Column("member_id", Text, nullable=True),
    Column("unit_id", Text, nullable=True),
    Column("ended_at", MOMENT, nullable=True),
    Column("outcome", Text, nullable=True),
    Column("grabbed", Boolean, nullable=False, server_default=text("false")),
    Column("struck", Boolean, nullable=False, server_default=text("false")),
    Index("assignments_of_task", "task_id", "id"),
    # One acts at a time; of a wave several are asked, each once.
    Index(
        "assignments_one_acting",
        "task_id",
        unique=True,
        postgresql_where=text("ended_at IS NULL AND accepted_at IS NOT NULL"),
    ),
    Index(
        "assignments_asked_once",
        "task_id",
        "hand_id",
        unique=True,
        postgresql_where=text("ended_at IS NULL"),
    ),
    Index("assignments_grabs", "hand_id", "asked_at", postgresql_where=text("grabbed")),
    Index("assignments_of_doer", text("coalesce(member_id, hand_id)")),
    Index("assignments_of_group", "hand_id", postgresql_where=text("hand_kind IN ('unit', 'team')")),
)

# A projection of members' events: who can be asked, and who no longer (gone). place is a member's community or a unit's district.
hands = Table(
    "hands",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("unit_id", Text, nullable=True),
    Column("place", CODE, nullable=False),
    Column("skills", ARRAY(Text), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("gone", Boolean, nullable=False, server_default=text("false")),
)

# As hands, but what they stated: free as [weekday, from, to], leave as [first, last]. Ids of members and units differ.
availability = Table(
    "availability",
    metadata,
    Column("id", Text, primary_key=True),
    Column("free", JSONB, nullable=False),
    Column("leave", JSONB, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("wishes", ARRAY(Text), nullable=False),
    Column("longitude", Double, nullable=True),
    Column("latitude", Double, nullable=True),
    Column("in_service", Boolean, nullable=False),
    Column("sequence", Integer, nullable=False),
)

# What somebody ought to have done and did not, one row a step that shows it. Neither member nor unit: the community.
lapses = Table(
    "lapses",
    metadata,
    Column("task_id", CODE, ForeignKey("tasks.task_id"), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("community_code", CODE, nullable=False),
    Column("member_id", CODE, nullable=True),
    Column("unit_id", CODE, nullable=True),
    Column("by", Text, nullable=True),
    Index("lapses_place", "community_code", "at"),
    Index("lapses_member", "member_id", "at", postgresql_where=text("member_id IS NOT NULL")),
    Index("lapses_unit", "unit_id", "at", postgresql_where=text("unit_id IS NOT NULL")),
)

# A projection of members' events: teams that can be asked, for the place ``node``. A dissolved one has no members.
teams = Table(
    "teams",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("node", CODE, nullable=False),
    Column("leader_id", Text, nullable=True),
    Column("members", ARRAY(Text), nullable=False),
    Column("sequence", Integer, nullable=False),
)

add_kit_tables(metadata)
