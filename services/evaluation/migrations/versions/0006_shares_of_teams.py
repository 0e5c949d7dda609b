"""Shares of those who did a task together"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("order_steps", sa.Column("shares", postgresql.JSONB()))


def downgrade() -> None:
    op.drop_column("order_steps", "shares")
