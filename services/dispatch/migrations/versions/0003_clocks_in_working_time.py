"""Clocks in working time"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    # The defaults are for those who write in the old way while both run.
    op.add_column("tasks", sa.Column("urgency", sa.Text(), nullable=False, server_default="ordinary"))
    op.add_column(
        "tasks", sa.Column("round_the_clock", sa.Boolean(), nullable=False, server_default=sa.text("false"))
    )
    for name in ("respond_by", "warn_at", "escalate_at"):
        op.add_column("tasks", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("tasks", sa.Column("escalated_to", sa.Text(), nullable=True))


def downgrade() -> None:
    for name in ("urgency", "round_the_clock", "respond_by", "warn_at", "escalate_at", "escalated_to"):
        op.drop_column("tasks", name)
