"""Small wishes"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "wishes",
        sa.Column("wish_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("holder_kind", sa.Text()),
        sa.Column("holder_id", sa.Text()),
        sa.Column("fulfilled_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("wish_id", name="wishes_pkey"),
    )
    op.add_column("ledger", sa.Column("wish_id", sa.Text()))
    op.create_foreign_key("ledger_wish_id_fkey", "ledger", "wishes", ["wish_id"], ["wish_id"])
    op.create_unique_constraint("ledger_once_per_wish", "ledger", ["wish_id"])
    op.alter_column("ledger", "order_id", nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM ledger WHERE order_id IS NULL")
    op.alter_column("ledger", "order_id", nullable=False)
    op.drop_column("ledger", "wish_id")
    op.drop_table("wishes")
