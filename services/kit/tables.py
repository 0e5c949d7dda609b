"""The kit's own tables. Each service has a set of them among its own, so that one transaction covers all."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

MOMENT = DateTime(timezone=True)


def add_kit_tables(metadata: MetaData) -> None:
    """Enter ``outbox``, ``inbox`` and ``idempotency`` into a service's metadata (its migrations create them)."""
    Table(
        "outbox",
        metadata,
        Column("id", BigInteger, Identity(always=True), primary_key=True),
        Column("message_id", Text, nullable=False),
        Column("routing_key", Text, nullable=False),
        Column("body", LargeBinary, nullable=False),
        Column("written_at", MOMENT, nullable=False),
        Column("not_before", MOMENT, nullable=True),
        Index("outbox_waiting", "not_before", postgresql_where="not_before IS NOT NULL"),
    )
    Table(
        "inbox",
        metadata,
        Column("consumer", Text, primary_key=True),
        Column("message_id", Text, primary_key=True),
        Column("state", Text, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("received_at", MOMENT, nullable=False),
        Column("next_attempt_at", MOMENT, nullable=True),
        Column("reason", Text, nullable=True),
        Column("routing_key", Text, nullable=False),
        Column("body", LargeBinary, nullable=True),
        Index("inbox_due", "next_attempt_at", postgresql_where="state = 'retry'"),
        Index("inbox_parked", "received_at", postgresql_where="state = 'parked'"),
        Index("inbox_done", "received_at", postgresql_where="state = 'done'"),
    )
    Table(
        "idempotency",
        metadata,
        Column("scope", Text, primary_key=True),
        Column("key", Text, primary_key=True),
        Column("digest", LargeBinary, nullable=False),
        Column("answer", LargeBinary, nullable=True),
        Column("written_at", MOMENT, nullable=False),
        Index("idempotency_age", "written_at"),
    )
