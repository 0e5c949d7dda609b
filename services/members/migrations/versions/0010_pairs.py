"""Pairs"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "pairings",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("community_code", sa.Text(collation="C"), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("paired_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["community_code"], ["nodes.code"], name="pairings_community_code_fkey"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="pairings_unit_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="pairings_pkey"),
    )
    op.create_index(
        "pairings_lasting", "pairings", ["unit_id"], unique=True, postgresql_where=sa.text("ended_at IS NULL")
    )
    op.create_index("pairings_community", "pairings", ["community_code"])
    op.create_index("pairings_newest", "pairings", ["paired_at", "id"])
    op.create_table(
        "commitments",
        sa.Column("pairing_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_words", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairings.id"], name="commitments_pairing_id_fkey"),
        sa.PrimaryKeyConstraint("pairing_id", "number", name="commitments_pkey"),
    )
    op.create_table(
        "helps",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(collation="C"), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("household_index", sa.LargeBinary(), nullable=True),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("paired_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="helps_member_id_fkey"),
        sa.ForeignKeyConstraint(["node"], ["nodes.code"], name="helps_node_fkey"),
        sa.PrimaryKeyConstraint("id", name="helps_pkey"),
    )
    op.create_index(
        "helps_member", "helps", ["member_id"], unique=True, postgresql_where=sa.text("ended_at IS NULL")
    )
    op.create_index(
        "helps_household",
        "helps",
        ["household_index"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("helps_newest", "helps", ["paired_at", "id"])
    op.create_index("helps_node", "helps", ["node"])
    op.create_table(
        "doings",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("help_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["help_id"], ["helps.id"], name="doings_help_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="doings_pkey"),
    )
    op.create_index("doings_newest", "doings", ["help_id", "at", "id"])


def downgrade() -> None:
    for table in ("doings", "helps", "commitments", "pairings"):
        op.drop_table(table)
