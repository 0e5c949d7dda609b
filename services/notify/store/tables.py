"""The tables of notify."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY

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
    UniqueConstraint("told_id", "recipient", name="messages_once"),
    Index("messages_newest", "recipient", "sent_at", "message_id"),
    Index("messages_unread", "recipient", postgresql_where="read_at IS NULL"),
)

# What has been told so far, so that an event that overtook its order waits for it.
orders = Table(
    "orders",
    metadata,
    Column("order_id", Text, primary_key=True),
    Column("community_code", Text, nullable=False),
    Column("placed_by", Text),
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

add_kit_tables(metadata)
