"""The tables of what places let people grab, ask them for, promise and fall back on, one row a node."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from services.dispatch.store.tables import CODE, metadata
from services.kit.tables import MOMENT

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

# The times that a place promises, as a list of lines in order; the nearest node above that has a row counts.
promised_times = Table(
    "promised_times",
    metadata,
    Column("node", CODE, primary_key=True),
    Column("lines", JSONB, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("set_at", MOMENT, nullable=False),
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
