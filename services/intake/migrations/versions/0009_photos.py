"""Photos"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "photos",
        sa.Column("photo_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("kept_by", sa.Text()),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("photo_id", name="photos_pkey"),
    )
    op.create_index(
        "photos_claimed", "photos", ["claimed_at"], postgresql_where=sa.text("claimed_at IS NOT NULL")
    )
    op.create_index(
        "entries_photos",
        "entries",
        ["photos"],
        postgresql_using="gin",
        postgresql_where=sa.text("photos <> '{}'"),
    )


def downgrade() -> None:
    op.drop_index("entries_photos", "entries")
    op.drop_table("photos")
