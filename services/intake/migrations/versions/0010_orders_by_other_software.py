"""Orders that other software filed, and the lists that it reads"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("orders", sa.Column("client_id", sa.Text()))
    op.create_index(
        "orders_on_map",
        "orders",
        ["longitude", "latitude"],
        postgresql_where=sa.text("longitude IS NOT NULL"),
    )
    op.create_index("entries_newest", "entries", ["at"])


def downgrade() -> None:
    op.drop_index("entries_newest", "entries")
    op.drop_index("orders_on_map", "orders")
    op.drop_column("orders", "client_id")
