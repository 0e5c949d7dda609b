"""The tables of dispatch"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "hands",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(collation="C"), nullable=False),
        sa.Column("skills", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name="hands_pkey"),
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
        "tasks",
        sa.Column("task_id", sa.Text(collation="C"), nullable=False),
        sa.Column("order_ids", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("residents", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("community_code", sa.Text(collation="C"), nullable=False),
        sa.Column("grid_code", sa.Text(collation="C"), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("scope", sa.Text(collation="C"), nullable=True),
        sa.Column("skill", sa.Text(), nullable=True),
        sa.Column("hand_kind", sa.Text(), nullable=True),
        sa.Column("hand_id", sa.Text(), nullable=True),
        sa.Column("hold_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("member_id", sa.Text(), nullable=True),
        sa.Column("unit_id", sa.Text(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objections_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notice_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appealed", sa.Boolean(), nullable=False),
        sa.Column("clock_urged", sa.Boolean(), nullable=False),
        sa.Column("urged", sa.Integer(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("merged_into", sa.Text(collation="C"), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("task_id", name="tasks_pkey"),
    )
    op.create_index(
        "tasks_due", "tasks", ["due_at", "task_id"], postgresql_where=sa.text("due_at IS NOT NULL")
    )
    op.create_index(
        "tasks_grid", "tasks", ["grid_code", "changed_at"], postgresql_where=sa.text("grid_code IS NOT NULL")
    )
    op.create_index(
        "tasks_hand", "tasks", ["hand_id", "changed_at"], postgresql_where=sa.text("hand_id IS NOT NULL")
    )
    op.create_index(
        "tasks_member",
        "tasks",
        ["member_id", "changed_at"],
        postgresql_where=sa.text("member_id IS NOT NULL"),
    )
    op.create_index("tasks_newest", "tasks", ["changed_at", "task_id"])
    op.create_index("tasks_open", "tasks", ["scope", "changed_at"], postgresql_where=sa.text("open"))
    op.create_index("tasks_place", "tasks", ["community_code", "state", "changed_at"])
    op.create_table(
        "assignments",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("task_id", sa.Text(collation="C"), nullable=False),
        sa.Column("hand_kind", sa.Text(), nullable=False),
        sa.Column("hand_id", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hold_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("member_id", sa.Text(), nullable=True),
        sa.Column("unit_id", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.task_id"], name="assignments_task_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="assignments_pkey"),
    )
    op.create_index(
        "assignments_one_active",
        "assignments",
        ["task_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "orders",
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("task_id", sa.Text(collation="C"), nullable=False),
        sa.Column("own_task_id", sa.Text(collation="C"), nullable=False),
        sa.ForeignKeyConstraint(["own_task_id"], ["tasks.task_id"], name="orders_own_task_id_fkey"),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.task_id"], name="orders_task_id_fkey"),
        sa.PrimaryKeyConstraint("order_id", name="orders_pkey"),
    )


def downgrade() -> None:
    for table in ("orders", "assignments", "tasks", "outbox", "inbox", "idempotency", "hands"):
        op.drop_table(table)
