"""Offers in waves"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("tasks", sa.Column("wave_minutes", sa.Integer(), nullable=True))
    op.add_column("tasks", sa.Column("ask_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("tasks", "ask_at")
    op.drop_column("tasks", "wave_minutes")
