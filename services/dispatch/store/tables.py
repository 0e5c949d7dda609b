"""The tables of dispatch. Codes are compared byte by byte (collation C), so that "below" is a range of the index."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
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
    Column("open", Boolean, nullable=False),
    Column("scope", CODE, nullable=True),
    Column("skill", Text, nullable=True),
    Column("hand_kind", Text, nullable=True),
    Column("hand_id", Text, nullable=True),
    Column("also_asked", ARRAY(Text), nullable=True),
    Column("hold_until", MOMENT, nullable=True),
    Column("wave_minutes", Integer, nullable=True),
    Column("wave_size", Integer, nullable=True),
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

# How much may be grabbed at a node and below; the nearest node above that has a row counts. NULL: as much as you like.
grab_limits = Table(
    "grab_limits",
    metadata,
    Column("node", CODE, primary_key=True),
    Column("most_in_hand", Integer, nullable=True),
    Column("most_a_day", Integer, nullable=True),
    Column("cool_down_minutes", Integer, nullable=True),
    Column("hold_minutes", Integer, nullable=True),
    Column("free_minutes", Integer, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("set_at", MOMENT, nullable=False),
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

# After how many returns the street has a task, and who is then asked; the nearest node above that has a row counts.
last_resorts = Table(
    "last_resorts",
    metadata,
    Column("node", CODE, primary_key=True),
    Column("most_returns", Integer, nullable=False),
    Column("hand_kind", Text, nullable=True),
    Column("hand_id", Text, nullable=True),
    Column("hold_minutes", Integer, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("set_at", MOMENT, nullable=False),
)

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

# The times that a place promises, as a list of lines in order; the nearest node above that has a row counts.
promised_times = Table(
    "promised_times",
    metadata,
    Column("node", CODE, primary_key=True),
    Column("lines", JSONB, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("set_at", MOMENT, nullable=False),
)

# On what terms the matcher asks; the nearest node above that has a row counts. quiet_* are minutes of the city's day.
offer_terms = Table(
    "offer_terms",
    metadata,
    Column("node", CODE, primary_key=True),
    Column("most_a_day", Integer, nullable=False),
    Column("most_a_week", Integer, nullable=False),
    Column("most_a_task", Integer, nullable=False),
    Column("quiet_from", Integer, nullable=False),
    Column("quiet_until", Integer, nullable=False),
    Column("hold_minutes", Integer, nullable=False),
    Column("emergency_hold_minutes", Integer, nullable=False),
    Column("wave", Integer, nullable=False),
    Column("urgent_wave", Integer, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("set_at", MOMENT, nullable=False),
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

add_kit_tables(metadata)
