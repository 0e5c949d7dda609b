"""The tables of evaluation"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "check_ins",
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "sequence", name="check_ins_pkey"),
    )
    op.create_table(
        "idempotency",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key", name="idempotency_pkey"),
    )
    op.create_index("idempotency_age", "idempotency", ["written_at"])
    op.create_table(
        "inbox",
        sa.Column("consumer", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("routing_key", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("consumer", "message_id", name="inbox_pkey"),
    )
    op.create_index("inbox_done", "inbox", ["received_at"], postgresql_where="state = 'done'")
    op.create_index("inbox_due", "inbox", ["next_attempt_at"], postgresql_where="state = 'retry'")
    op.create_index("inbox_parked", "inbox", ["received_at"], postgresql_where="state = 'parked'")
    op.create_table(
        "ledger_holders",
        sa.Column("holder_kind", sa.Text(), nullable=False),
        sa.Column("holder_id", sa.Text(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("holder_kind", "holder_id", name="ledger_holders_pkey"),
    )
    op.create_table(
        "orders",
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("placed_by", sa.Text(), nullable=True),
        sa.Column("filed_by", sa.Text(), nullable=True),
        sa.Column("collected_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("order_id", name="orders_pkey"),
    )
    op.create_index(
        "orders_place", "orders", ["place", "collected_at"], postgresql_ops={"place": "text_pattern_ops"}
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("routing_key", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="outbox_pkey"),
    )
    op.create_index("outbox_waiting", "outbox", ["not_before"], postgresql_where="not_before IS NOT NULL")
    op.create_table(
        "units",
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", name="units_pkey"),
    )
    op.create_table(
        "follow_ups",
        sa.Column("follow_up_id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("solved", sa.Boolean(), nullable=True),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.order_id"], name="follow_ups_order_id_fkey"),
        sa.PrimaryKeyConstraint("follow_up_id", name="follow_ups_pkey"),
    )
    op.create_index("follow_ups_order", "follow_ups", ["order_id"])
    op.create_index("follow_ups_recorded", "follow_ups", ["recorded_at", "follow_up_id"])
    op.create_table(
        "ledger",
        sa.Column("entry_id", sa.Text(), nullable=False),
        sa.Column("holder_kind", sa.Text(), nullable=False),
        sa.Column("holder_id", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.order_id"], name="ledger_order_id_fkey"),
        sa.PrimaryKeyConstraint("entry_id", name="ledger_pkey"),
        sa.UniqueConstraint("holder_kind", "holder_id", "sequence", name="ledger_holder_sequence"),
        sa.UniqueConstraint(
            "order_id",
            "cause",
            "holder_kind",
            "holder_id",
            "rule",
            "rule_version",
            name="ledger_once_per_cause",
        ),
    )
    op.create_index("ledger_newest", "ledger", ["holder_id", "at", "entry_id"])
    op.create_table(
        "order_steps",
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("task_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=True),
        sa.Column("unit_id", sa.Text(), nullable=True),
        sa.Column("grabbed", sa.Boolean(), nullable=True),
        sa.Column("on_time", sa.Boolean(), nullable=True),
        sa.Column("confirmed_by", sa.Text(), nullable=True),
        sa.Column("into_task_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.order_id"], name="order_steps_order_id_fkey"),
        sa.PrimaryKeyConstraint("order_id", "sequence", "kind", name="order_steps_pkey"),
    )
    op.create_index("order_steps_task", "order_steps", ["task_id"])
    op.create_table(
        "ratings",
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.order_id"], name="ratings_order_id_fkey"),
        sa.PrimaryKeyConstraint("order_id", "sequence", name="ratings_pkey"),
    )


def downgrade() -> None:
    op.drop_table("ratings")
    op.drop_table("order_steps")
    op.drop_table("ledger")
    op.drop_table("follow_ups")
    op.drop_table("units")
    op.drop_table("outbox")
    op.drop_table("orders")
    op.drop_table("ledger_holders")
    op.drop_table("inbox")
    op.drop_table("idempotency")
    op.drop_table("check_ins")
