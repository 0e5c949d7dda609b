"""When hands are free, and their trades"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "availability",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("free", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("leave", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("wishes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("in_service", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name="availability_pkey"),
    )
    op.add_column("members", sa.Column("trade", sa.Text(), nullable=True))
    op.add_column("units", sa.Column("trade", sa.Text(), nullable=True))
    op.add_column("units", sa.Column("first_secretary", sa.Text(), nullable=True))
    op.create_foreign_key("units_first_secretary_fkey", "units", "accounts", ["first_secretary"], ["id"])


def downgrade() -> None:
    op.drop_constraint("units_first_secretary_fkey", "units")
    op.drop_column("units", "first_secretary")
    op.drop_column("units", "trade")
    op.drop_column("members", "trade")
    op.drop_table("availability")
