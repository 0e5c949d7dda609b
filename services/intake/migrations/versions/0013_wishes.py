"""Small wishes"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "wishes",
        sa.Column("wish_id", sa.Text(), nullable=False),
        sa.Column("community_code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("shown_words", sa.Text()),
        sa.Column("cost", sa.Integer()),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("wished_by", sa.Text()),
        sa.Column("collected_by", sa.Text()),
        sa.Column("contact", sa.LargeBinary()),
        sa.Column("address", sa.LargeBinary()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("collected_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("shown_at", MOMENT),
        sa.Column("reason", sa.Text()),
        sa.Column("claim_id", sa.Text()),
        sa.Column("claimant_kind", sa.Text()),
        sa.Column("claimed_by", sa.Text()),
        sa.Column("claimed_unit", sa.Text()),
        sa.Column("claimed_at", MOMENT),
        sa.Column("claim_until", MOMENT),
        sa.Column("report", sa.Text()),
        sa.Column("thanks", sa.Text()),
        sa.Column("fulfilled_at", MOMENT),
        sa.PrimaryKeyConstraint("wish_id", name="wishes_pkey"),
    )
    op.create_index("wishes_newest", "wishes", ["collected_at", "wish_id"])
    op.create_index(
        "wishes_place",
        "wishes",
        ["community_code", "month"],
        postgresql_ops={"community_code": "text_pattern_ops"},
    )
    for column in ("wished_by", "collected_by", "claimed_by", "claimed_unit"):
        op.create_index(
            f"wishes_{column}", "wishes", [column], postgresql_where=sa.text(f"{column} IS NOT NULL")
        )
    op.create_index(
        "wishes_due", "wishes", ["claim_until", "wish_id"], postgresql_where=sa.text("state = 'claimed'")
    )
    op.create_table(
        "wish_claims",
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("wish_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("claimed_by", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text()),
        sa.Column("claimed_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("ending", sa.Text()),
        sa.PrimaryKeyConstraint("claim_id", name="wish_claims_pkey"),
    )
    op.create_index("wish_claims_of", "wish_claims", ["wish_id", "claimed_at"])
    op.create_table(
        "wish_looks",
        sa.Column("look_id", sa.Text(), nullable=False),
        sa.Column("wish_id", sa.Text(), nullable=False),
        sa.Column("looked_by", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("looked_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("look_id", name="wish_looks_pkey"),
    )
    op.create_index("wish_looks_of", "wish_looks", ["wish_id", "looked_at"])


def downgrade() -> None:
    for table in ("wish_looks", "wish_claims", "wishes"):
        op.drop_table(table)
