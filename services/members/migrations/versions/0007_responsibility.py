"""Three-level responsibility"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "responsibilities",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(collation="C"), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["node"], ["nodes.code"], name="responsibilities_node_fkey"),
        sa.ForeignKeyConstraint(["person_id"], ["accounts.id"], name="responsibilities_person_id_fkey"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="responsibilities_unit_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="responsibilities_pkey"),
    )
    op.create_index(
        "responsibilities_lasting",
        "responsibilities",
        ["node"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("responsibilities_person", "responsibilities", ["person_id"])
    op.create_index("responsibilities_newest", "responsibilities", ["assigned_at", "id"])


def downgrade() -> None:
    op.drop_table("responsibilities")
