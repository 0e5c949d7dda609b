"""Unread orders

Orders that were open before there were likenesses are read as well.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "unread",
        sa.Column("order_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("order_id", name="unread_pkey"),
    )
    op.execute(
        "INSERT INTO unread SELECT order_id FROM orders"
        " WHERE state NOT IN ('closed', 'refused', 'merged') AND NOT EXISTS"
        " (SELECT FROM likenesses WHERE likenesses.order_id = orders.order_id)"
    )


def downgrade() -> None:
    op.drop_table("unread")
