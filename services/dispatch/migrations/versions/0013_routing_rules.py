"""Routing rules"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"

CODE = sa.Text(collation="C")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("tasks", sa.Column("channel", sa.Text(), nullable=True))
    op.create_index("assignments_of_task", "assignments", ["task_id", "id"])
    op.create_table(
        "rule_lists",
        sa.Column("node", CODE, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rules", postgresql.JSONB(), nullable=False),
        sa.Column("active_from", MOMENT, nullable=False),
        sa.Column("put_by", sa.Text(), nullable=False),
        sa.Column("put_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("node", "version", name="rule_lists_pkey"),
    )
    op.create_table(
        "registrations",
        sa.Column("task_id", CODE, nullable=False),
        sa.Column("registered_at", MOMENT, nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("community_code", CODE, nullable=False),
        sa.Column("grid_code", CODE, nullable=True),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("rule_node", sa.Text(), nullable=True),
        sa.Column("rule_version", sa.Integer(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("routed_to", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.task_id"], name="registrations_task_id_fkey"),
        sa.PrimaryKeyConstraint("task_id", name="registrations_pkey"),
    )
    op.create_index("registrations_newest", "registrations", ["registered_at", "task_id"])


def downgrade() -> None:
    op.drop_table("registrations")
    op.drop_table("rule_lists")
    op.drop_index("assignments_of_task", "assignments")
    op.drop_column("tasks", "channel")
