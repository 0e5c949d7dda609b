"""The tables of intake."""

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
        "communities",
        sa.Column("code", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("code", name="communities_pkey"),
    )
    op.create_table(
        "entries",
        sa.Column("order_id", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.Text),
        sa.Column("role", sa.Text),
        sa.Column("words", sa.Text),
        sa.Column("photos", postgresql.ARRAY(sa.Text), nullable=False),
        sa.Column("state", sa.Text),
        sa.Column("task_id", sa.Text),
        sa.Column("sequence", sa.Integer),
        sa.Column("facts", postgresql.JSONB, nullable=False),
        sa.PrimaryKeyConstraint("order_id", "message_id", name="entries_pkey"),
    )
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
        "looks",
        sa.Column("look_id", sa.Text, nullable=False),
        sa.Column("order_id", sa.Text, nullable=False),
        sa.Column("looked_by", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("looked_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("look_id", name="looks_pkey"),
    )
    op.create_index("looks_of_order", "looks", ["order_id", "looked_at"])
    op.create_table(
        "orders",
        sa.Column("order_id", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("community_code", sa.Text, nullable=False),
        sa.Column("grid_code", sa.Text),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("category", sa.Text),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("photos", postgresql.ARRAY(sa.Text), nullable=False),
        sa.Column("address", sa.LargeBinary),
        sa.Column("contact", sa.LargeBinary),
        sa.Column("phone_index", sa.LargeBinary),
        sa.Column("emergency", sa.Boolean, nullable=False),
        sa.Column("private", sa.Boolean, nullable=False),
        sa.Column("placed_by", sa.Text),
        sa.Column("filed_by", sa.Text),
        sa.Column("collected_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("task_id", sa.Text),
        sa.Column("merged_into", sa.Text),
        sa.Column("settled_category", sa.Text),
        sa.Column("promised_at", MOMENT),
        sa.Column("asked_member", sa.Text),
        sa.Column("asked_unit", sa.Text),
        sa.Column("acting_member", sa.Text),
        sa.Column("acting_unit", sa.Text),
        sa.Column("open_scope", sa.Text),
        sa.PrimaryKeyConstraint("order_id", name="orders_pkey"),
        sa.UniqueConstraint("code", name="orders_code_key"),
    )
    op.create_index(
        "orders_acting_member",
        "orders",
        ["acting_member"],
        postgresql_where=sa.text("acting_member IS NOT NULL"),
    )
    op.create_index(
        "orders_acting_unit", "orders", ["acting_unit"], postgresql_where=sa.text("acting_unit IS NOT NULL")
    )
    op.create_index(
        "orders_asked_member",
        "orders",
        ["asked_member"],
        postgresql_where=sa.text("asked_member IS NOT NULL"),
    )
    op.create_index(
        "orders_asked_unit", "orders", ["asked_unit"], postgresql_where=sa.text("asked_unit IS NOT NULL")
    )
    op.create_index(
        "orders_filed_by", "orders", ["filed_by"], postgresql_where=sa.text("filed_by IS NOT NULL")
    )
    op.create_index("orders_newest", "orders", ["collected_at", "order_id"])
    op.create_index(
        "orders_open_scope", "orders", ["open_scope"], postgresql_where=sa.text("open_scope IS NOT NULL")
    )
    op.create_index(
        "orders_place", "orders", ["place", "collected_at"], postgresql_ops={"place": "text_pattern_ops"}
    )
    op.create_index(
        "orders_placed_by", "orders", ["placed_by"], postgresql_where=sa.text("placed_by IS NOT NULL")
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
    for table in ("outbox", "orders", "looks", "inbox", "idempotency", "entries", "communities"):
        op.drop_table(table)
