"""When hands are free"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "availability",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("free", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("leave", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("wishes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("in_service", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="availability_pkey"),
    )


def downgrade() -> None:
    op.drop_table("availability")
