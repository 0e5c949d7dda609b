"""Addresses"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "addresses",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary()),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.Column("offered", sa.LargeBinary()),
        sa.Column("digest", sa.LargeBinary()),
        sa.Column("issued_at", sa.DateTime(timezone=True)),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="addresses_account_id_fkey"),
        sa.PrimaryKeyConstraint("account_id", "way", name="addresses_pkey"),
    )


def downgrade() -> None:
    op.drop_table("addresses")
