"""Bounds on grabbing"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

FALSE = sa.text("false")


def upgrade() -> None:
    # The defaults are for those who write in the old way while both run: what they grab counts as offered.
    op.add_column("tasks", sa.Column("grabbed", sa.Boolean(), nullable=False, server_default=FALSE))
    op.add_column("tasks", sa.Column("start_by", sa.DateTime(timezone=True), nullable=True))
    op.add_column("tasks", sa.Column("free_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("assignments", sa.Column("grabbed", sa.Boolean(), nullable=False, server_default=FALSE))
    op.add_column("assignments", sa.Column("struck", sa.Boolean(), nullable=False, server_default=FALSE))
    op.create_index(
        "assignments_grabs", "assignments", ["hand_id", "asked_at"], postgresql_where=sa.text("grabbed")
    )
    op.create_table(
        "grab_limits",
        sa.Column("node", sa.Text(collation="C"), nullable=False),
        sa.Column("most_in_hand", sa.Integer(), nullable=True),
        sa.Column("most_a_day", sa.Integer(), nullable=True),
        sa.Column("cool_down_minutes", sa.Integer(), nullable=True),
        sa.Column("hold_minutes", sa.Integer(), nullable=True),
        sa.Column("free_minutes", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("node", name="grab_limits_pkey"),
    )


def downgrade() -> None:
    op.drop_table("grab_limits")
    op.drop_index("assignments_grabs", "assignments")
    for name in ("grabbed", "struck"):
        op.drop_column("assignments", name)
    for name in ("grabbed", "start_by", "free_until"):
        op.drop_column("tasks", name)
