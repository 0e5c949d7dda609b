"""The visit log"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "visits",
        sa.Column("visit_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("household", sa.LargeBinary()),
        sa.Column("household_index", sa.LargeBinary()),
        sa.Column("visited_at", MOMENT, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("next_due", sa.Date()),
        sa.Column("about", sa.Text()),
        sa.Column("met_by", sa.Text()),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("visit_id", name="visits_pkey"),
    )
    op.create_index(
        "visits_place", "visits", ["place", "visited_at"], postgresql_ops={"place": "text_pattern_ops"}
    )
    op.create_index("visits_recorded_by", "visits", ["recorded_by", "visited_at"])
    for column in ("household_index", "about", "met_by"):
        op.create_index(
            f"visits_{column.removesuffix('_index')}",
            "visits",
            [column],
            postgresql_where=sa.text(f"{column} IS NOT NULL"),
        )
    op.create_index(
        "visits_due",
        "visits",
        ["next_due", "visit_id"],
        postgresql_where=sa.text("met_by IS NULL AND next_due IS NOT NULL"),
    )
    op.create_table(
        "visit_changes",
        sa.Column("visit_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("household", sa.LargeBinary()),
        sa.Column("household_changed", sa.Boolean(), nullable=False),
        sa.Column("visited_at", MOMENT, nullable=False),
        sa.Column("next_due", sa.Date()),
        sa.PrimaryKeyConstraint("visit_id", "number", name="visit_changes_pkey"),
    )
    op.create_table(
        "visit_orders",
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("visit_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("order_id", name="visit_orders_pkey"),
    )
    op.create_index("visit_orders_of", "visit_orders", ["visit_id"])
    op.create_table(
        "visit_looks",
        sa.Column("look_id", sa.Text(), nullable=False),
        sa.Column("visit_id", sa.Text(), nullable=False),
        sa.Column("looked_by", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("looked_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("look_id", name="visit_looks_pkey"),
    )
    op.create_index("visit_looks_of", "visit_looks", ["visit_id", "looked_at"])


def downgrade() -> None:
    for table in ("visit_looks", "visit_orders", "visit_changes", "visits"):
        op.drop_table(table)
