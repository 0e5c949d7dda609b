"""Cases of common demand"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"

CODE = sa.Text(collation="C")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("case_id", CODE, nullable=False),
        sa.Column("community_code", CODE, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("order_ids", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("sure", sa.Double()),
        sa.Column("category", sa.Text()),
        sa.Column("suggested", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("owner_kind", sa.Text()),
        sa.Column("owner_id", sa.Text()),
        sa.Column("plan", postgresql.JSONB(), nullable=False),
        sa.Column("escalated_to", sa.Text()),
        sa.Column("opened_at", MOMENT),
        sa.Column("solved_at", MOMENT),
        sa.Column("verified_at", MOMENT),
        sa.PrimaryKeyConstraint("case_id", name="cases_pkey"),
    )
    op.create_index("cases_newest", "cases", ["community_code", "begun_at", "case_id"])
    op.create_index(
        "cases_owner", "cases", ["owner_id", "begun_at"], postgresql_where=sa.text("owner_id IS NOT NULL")
    )
    op.create_table(
        "case_orders",
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("case_id", CODE, nullable=False),
        sa.PrimaryKeyConstraint("order_id", name="case_orders_pkey"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="case_orders_case_id_fkey"),
    )
    op.create_index("case_orders_case", "case_orders", ["case_id"])
    op.create_table(
        "case_entries",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("case_id", CODE, nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.Text()),
        sa.Column("role", sa.Text()),
        sa.Column("words", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="case_entries_pkey"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="case_entries_case_id_fkey"),
    )
    op.create_index("case_entries_case", "case_entries", ["case_id", "id"])
    # Empty for orders collected before: those stand in no list by period.
    op.add_column("orders", sa.Column("collected_at", MOMENT))
    op.create_index("orders_collected", "orders", ["collected_at", "task_id"])


def downgrade() -> None:
    op.drop_index("orders_collected", "orders")
    op.drop_column("orders", "collected_at")
    for table in ("case_entries", "case_orders", "cases"):
        op.drop_table(table)
