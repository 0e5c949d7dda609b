"""The tables of notify."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "caught",
        sa.Column("caught_id", sa.Text, nullable=False),
        sa.Column("phone", sa.LargeBinary, nullable=False),
        sa.Column("phone_index", sa.LargeBinary, nullable=False),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("caught_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("caught_id", name="caught_pkey"),
    )
    op.create_index("caught_newest", "caught", ["caught_at", "caught_id"])
    op.create_table(
        "holders",
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("node", sa.Text, nullable=False),
        sa.Column("held", sa.Boolean, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "role", "node", name="holders_pkey"),
    )
    op.create_index("holders_at", "holders", ["role", "node"])
    op.create_table(
        "idempotency",
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("answer", sa.LargeBinary),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("scope", "key", name="idempotency_pkey"),
    )
    op.create_index("idempotency_age", "idempotency", ["written_at"])
    op.create_table(
        "inbox",
        sa.Column("consumer", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("next_attempt_at", MOMENT),
        sa.Column("reason", sa.Text),
        sa.Column("routing_key", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary),
        sa.PrimaryKeyConstraint("consumer", "message_id", name="inbox_pkey"),
    )
    op.create_index("inbox_done", "inbox", ["received_at"], postgresql_where=sa.text("state = 'done'"))
    op.create_index("inbox_due", "inbox", ["next_attempt_at"], postgresql_where=sa.text("state = 'retry'"))
    op.create_index("inbox_parked", "inbox", ["received_at"], postgresql_where=sa.text("state = 'parked'"))
    op.create_table(
        "members",
        sa.Column("member_id", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("skills", postgresql.ARRAY(sa.Text), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("member_id", name="members_pkey"),
    )
    op.create_index("members_place", "members", ["place"], postgresql_ops={"place": "text_pattern_ops"})
    op.create_table(
        "messages",
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("told_id", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("order_id", sa.Text),
        sa.Column("task_id", sa.Text),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT),
        sa.PrimaryKeyConstraint("message_id", name="messages_pkey"),
        sa.UniqueConstraint("told_id", "recipient", name="messages_once"),
    )
    op.create_index("messages_newest", "messages", ["recipient", "sent_at", "message_id"])
    op.create_index("messages_unread", "messages", ["recipient"], postgresql_where=sa.text("read_at IS NULL"))
    op.create_table(
        "orders",
        sa.Column("order_id", sa.Text, nullable=False),
        sa.Column("community_code", sa.Text, nullable=False),
        sa.Column("placed_by", sa.Text),
        sa.PrimaryKeyConstraint("order_id", name="orders_pkey"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("routing_key", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("not_before", MOMENT),
        sa.PrimaryKeyConstraint("id", name="outbox_pkey"),
    )
    op.create_index(
        "outbox_waiting", "outbox", ["not_before"], postgresql_where=sa.text("not_before IS NOT NULL")
    )


def downgrade() -> None:
    for table in ("outbox", "orders", "messages", "members", "inbox", "idempotency", "holders", "caught"):
        op.drop_table(table)
