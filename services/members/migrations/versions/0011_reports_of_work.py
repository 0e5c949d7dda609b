"""Reports of work, and when units reported to a community"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("community_code", sa.Text(collation="C"), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community_code"], ["nodes.code"], name="reports_community_code_fkey"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="reports_unit_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="reports_pkey"),
        sa.UniqueConstraint("kind", "file_id", "first", "last", name="reports_kind_key"),
    )
    op.create_index("reports_newest", "reports", ["at", "id"])
    op.create_index("reports_place", "reports", ["community_code", "at"])
    op.add_column("units", sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("units", "reported_at")
    op.drop_table("reports")
