"""Units called to act beside the one acting"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

COLUMNS = ("called", "helping")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("orders", sa.Column(name, postgresql.ARRAY(sa.Text())))
        op.create_index(
            f"orders_{name}",
            "orders",
            [name],
            postgresql_using="gin",
            postgresql_where=sa.text(f"{name} IS NOT NULL"),
        )


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_index(f"orders_{name}", "orders")
        op.drop_column("orders", name)
