"""The tables of notify."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Time,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.kit.tables import MOMENT, add_kit_tables

metadata = MetaData(naming_convention={"pk": "%(table_name)s_pkey"})

messages = Table(
    "messages",
    metadata,
    Column("message_id", Text, primary_key=True),
    Column("told_id", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("order_id", Text),
    Column("task_id", Text),
    Column("sent_at", MOMENT, nullable=False),
    Column("read_at", MOMENT),
    Column("audience", Text, nullable=False, server_default=""),
    Column("theme", Text, nullable=False, server_default="orders"),
    Column("place", Text, nullable=False, server_default=""),
    Column("act", Text, nullable=False, server_default=""),
    Column("bundle_of", Text),
    Column("said", JSONB, nullable=False, server_default=text("'{}'")),
    UniqueConstraint("told_id", "recipient", name="messages_once"),
    Index("messages_newest", "recipient", "sent_at", "message_id"),
    Index("messages_unread", "recipient", postgresql_where="read_at IS NULL"),
    Index("messages_bundled", "bundle_of", postgresql_where="bundle_of IS NOT NULL"),
    Index(
        "messages_of_act",
        "act",
        "recipient",
        "kind",
        "message_id",
        postgresql_where="read_at IS NULL AND bundle_of IS NULL",
    ),
)

# What has been told so far, so that an event that overtook its order waits for it.
orders = Table(
    "orders",
    metadata,
    Column("order_id", Text, primary_key=True),
    Column("community_code", Text, nullable=False),
    Column("placed_by", Text),
    Column("emergency", Boolean, nullable=False, server_default=false()),
)

# A role taken back stays as a row with held = false: a late "granted" must not bring it back.
holders = Table(
    "holders",
    metadata,
    Column("account_id", Text, primary_key=True),
    Column("role", Text, primary_key=True),
    Column("node", Text, primary_key=True),
    Column("held", Boolean, nullable=False),
    Column("sequence", Integer, nullable=False),
    Index("holders_at", "role", "node"),
)

members = Table(
    "members",
    metadata,
    Column("member_id", Text, primary_key=True),
    Column("place", Text, nullable=False),
    Column("skills", ARRAY(Text), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("serving", Boolean, nullable=False, server_default=true()),
    Index("members_place", "place", postgresql_ops={"place": "text_pattern_ops"}),
)

# The local catcher's texts: phone and text sealed, the phone's blind index to look it up by.
caught = Table(
    "caught",
    metadata,
    Column("caught_id", Text, primary_key=True),
    Column("phone", LargeBinary, nullable=False),
    Column("phone_index", LargeBinary, nullable=False),
    Column("text", LargeBinary, nullable=False),
    Column("caught_at", MOMENT, nullable=False),
    Index("caught_newest", "caught_at", "caught_id"),
)

# What leaves, or has left, the house. A code is kept sealed, with its address, until it has gone.
deliveries = Table(
    "deliveries",
    metadata,
    Column("delivery_id", Text, primary_key=True),
    Column("recipient", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("left", ARRAY(Text), nullable=False),
    Column("kind", Text, nullable=False),
    Column("theme", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("order_id", Text),
    Column("state", Text, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("digest", Boolean, nullable=False),
    Column("due_at", MOMENT, nullable=False),
    Column("made_at", MOMENT, nullable=False),
    Column("until", MOMENT),
    Column("attempts", Integer, nullable=False),
    Column("unsure", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("provider_id", Text),
    Column("reason", Text),
    Column("sent_at", MOMENT),
    Column("settled_at", MOMENT),
    Column("sealed", LargeBinary),
    Index("deliveries_due", "due_at", postgresql_where="state IN ('waiting', 'sending')"),
    Index("deliveries_gathering", "recipient", "kind", postgresql_where="state = 'waiting'"),
    Index("deliveries_of", "recipient", "sent_at"),
    Index("deliveries_newest", "made_at", "delivery_id"),
    Index("deliveries_provider", "channel", "provider_id", postgresql_where="provider_id IS NOT NULL"),
)

carried = Table(
    "carried",
    metadata,
    Column("delivery_id", Text, primary_key=True),
    Column("message_id", Text, primary_key=True),
)

# What people chose; who chose nothing has no row.
preferences = Table(
    "preferences",
    metadata,
    Column("account_id", Text, primary_key=True),
    Column("off", ARRAY(Text), nullable=False),
    Column("digest_hour", Integer),
    Column("quiet_from", Time),
    Column("quiet_until", Time),
    Column("language", Text, nullable=False),
)

# How often and when people of a place are told; the nearest row at or above the place counts.
tell_bounds = Table(
    "tell_bounds",
    metadata,
    Column("node", Text, primary_key=True),
    Column("most_a_day", Integer),
    Column("most_a_week", Integer),
    Column("quiet_from", Time),
    Column("quiet_until", Time),
    Column("set_by", Text, nullable=False),
    Column("set_at", MOMENT, nullable=False),
)

# A place's own words; of each row the newest version counts, unless it was taken back.
templates = Table(
    "templates",
    metadata,
    Column("node", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("audience", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("set_at", MOMENT, nullable=False),
)

# Figures that outlive the deliveries they count.
channel_days = Table(
    "channel_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("sent", Integer, nullable=False),
    Column("confirmed", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
)

add_kit_tables(metadata)
