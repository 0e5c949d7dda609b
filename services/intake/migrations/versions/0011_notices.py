"""Notices, the last changed first"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_index(
        "orders_notices",
        "orders",
        ["changed_at", "order_id"],
        postgresql_where=sa.text("state IN ('published', 'closed') AND NOT private"),
    )


def downgrade() -> None:
    op.drop_index("orders_notices", "orders")
