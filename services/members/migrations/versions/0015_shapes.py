"""Outlines of places"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "shapes",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("rings", postgresql.JSONB(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["code"], ["nodes.code"], name="shapes_code_fkey"),
        sa.PrimaryKeyConstraint("code", name="shapes_pkey"),
    )


def downgrade() -> None:
    op.drop_table("shapes")
