"""Returned as another's affair"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    # What was returned before is not told apart: it counts by the rules of its time, which do not ask.
    op.add_column(
        "order_steps", sa.Column("not_ours", sa.Boolean(), nullable=False, server_default=sa.text("false"))
    )


def downgrade() -> None:
    op.drop_column("order_steps", "not_ours")
