"""Firms"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "firms",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("trade", sa.Text(), nullable=False),
        sa.Column("community_code", sa.Text(collation="C"), nullable=False),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community_code"], ["nodes.code"], name="firms_community_code_fkey"),
        sa.PrimaryKeyConstraint("id", name="firms_pkey"),
        sa.UniqueConstraint("community_code", "name", name="firms_community_code_key"),
    )
    op.create_index("firms_newest", "firms", ["registered_at", "id"])
    op.create_table(
        "firm_helpers",
        sa.Column("firm_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name="firm_helpers_firm_id_fkey"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="firm_helpers_member_id_fkey"),
        sa.PrimaryKeyConstraint("firm_id", "member_id", "revision", name="firm_helpers_pkey"),
    )
    op.create_index(
        "firm_helpers_lasting",
        "firm_helpers",
        ["firm_id", "member_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("firm_helpers_member", "firm_helpers", ["member_id"])


def downgrade() -> None:
    op.drop_table("firm_helpers")
    op.drop_table("firms")
