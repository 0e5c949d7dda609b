"""Pauses and returns with their kinds, and last resorts by place"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

NAMES = ("named_unit_id", "duty_member_id", "duty_unit_id")


def upgrade() -> None:
    # The default is for those who write in the old way while both run.
    op.add_column(
        "tasks", sa.Column("last_resort", sa.Boolean(), nullable=False, server_default=sa.text("false"))
    )
    op.execute("UPDATE tasks SET last_resort = true WHERE returns >= 3")
    op.add_column("tasks", sa.Column("pause_kind", sa.Text(), nullable=True))
    op.add_column("tasks", sa.Column("resume_by", sa.DateTime(timezone=True), nullable=True))
    for name in NAMES:
        op.add_column("tasks", sa.Column(name, sa.Text(), nullable=True))
    for who in ("member", "unit"):
        column = f"duty_{who}_id"
        op.create_index(
            f"tasks_duty_{who}", "tasks", [column], postgresql_where=sa.text(f"{column} IS NOT NULL")
        )
    op.create_table(
        "last_resorts",
        sa.Column("node", sa.Text(collation="C"), nullable=False),
        sa.Column("most_returns", sa.Integer(), nullable=False),
        sa.Column("hand_kind", sa.Text(), nullable=True),
        sa.Column("hand_id", sa.Text(), nullable=True),
        sa.Column("hold_minutes", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("node", name="last_resorts_pkey"),
    )


def downgrade() -> None:
    op.drop_table("last_resorts")
    for who in ("member", "unit"):
        op.drop_index(f"tasks_duty_{who}", "tasks")
    for name in ("last_resort", "pause_kind", "resume_by", *NAMES):
        op.drop_column("tasks", name)
