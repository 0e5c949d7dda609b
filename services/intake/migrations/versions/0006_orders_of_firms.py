"""Orders of firms"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("orders", sa.Column("firm_id", sa.Text()))
    op.create_table(
        "firm_helpers",
        sa.Column("firm_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("community_code", sa.Text(), nullable=False),
        sa.Column("lasting", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("firm_id", "member_id", name="firm_helpers_pkey"),
    )


def downgrade() -> None:
    op.drop_table("firm_helpers")
    op.drop_column("orders", "firm_id")
