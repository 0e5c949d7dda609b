"""Calendar feeds"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "feeds",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("token_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="feeds_account_id_fkey"),
        sa.PrimaryKeyConstraint("account_id", name="feeds_pkey"),
        sa.UniqueConstraint("digest", name="feeds_digest_key"),
    )


def downgrade() -> None:
    op.drop_table("feeds")
