"""Several asked at once, on the terms of a place"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"

ASKED = sa.text("ended_at IS NULL")
ACTING = sa.text("ended_at IS NULL AND accepted_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("tasks", sa.Column("also_asked", postgresql.ARRAY(sa.Text()), nullable=True))
    op.add_column("tasks", sa.Column("wave_size", sa.Integer(), nullable=True))
    op.add_column("tasks", sa.Column("quiet", postgresql.JSONB(none_as_null=True), nullable=True))
    # What is being asked goes on as it began: one at a time, and not at night.
    op.execute("UPDATE tasks SET wave_size = 1 WHERE wave_minutes IS NOT NULL")
    op.execute(
        """UPDATE tasks SET quiet = '{"from_minute": 1260, "until_minute": 480}'"""
        " WHERE wave_minutes IS NOT NULL AND urgency <> 'emergency'"
    )
    op.create_index(
        "tasks_also_asked",
        "tasks",
        ["also_asked"],
        postgresql_using="gin",
        postgresql_where=sa.text("also_asked IS NOT NULL"),
    )
    op.create_index(
        "assignments_one_acting", "assignments", ["task_id"], unique=True, postgresql_where=ACTING
    )
    op.create_index(
        "assignments_asked_once", "assignments", ["task_id", "hand_id"], unique=True, postgresql_where=ASKED
    )
    op.drop_index("assignments_one_active", "assignments")
    op.create_table(
        "offer_terms",
        sa.Column("node", sa.Text(collation="C"), nullable=False),
        sa.Column("most_a_day", sa.Integer(), nullable=False),
        sa.Column("most_a_week", sa.Integer(), nullable=False),
        sa.Column("most_a_task", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_until", sa.Integer(), nullable=False),
        sa.Column("hold_minutes", sa.Integer(), nullable=False),
        sa.Column("emergency_hold_minutes", sa.Integer(), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("urgent_wave", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("node", name="offer_terms_pkey"),
    )


def downgrade() -> None:
    op.drop_table("offer_terms")
    op.create_index("assignments_one_active", "assignments", ["task_id"], unique=True, postgresql_where=ASKED)
    op.drop_index("assignments_asked_once", "assignments")
    op.drop_index("assignments_one_acting", "assignments")
    op.drop_index("tasks_also_asked", "tasks")
    for name in ("quiet", "wave_size", "also_asked"):
        op.drop_column("tasks", name)
