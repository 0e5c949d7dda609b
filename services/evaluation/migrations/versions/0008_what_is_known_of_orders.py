"""What is known of each order, kept for the figures"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "orders_known",
        sa.Column("order_id", sa.Text(), sa.ForeignKey("orders.order_id"), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("last_at", moment, nullable=False),
        sa.Column("furthest", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Text()),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("triaged_after", sa.Interval()),
        *(
            sa.Column(name, sa.Boolean(), nullable=False)
            for name in ("accepted", "returned", "answered", "on_time", "redone")
        ),
        sa.Column("solved", sa.Boolean()),
        sa.Column("rated", sa.Text()),
        sa.Column("grade", sa.Text()),
        sa.Column("facts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("order_id", name="orders_known_pkey"),
    )
    # Whose last fact is never over is looked up as before, until the service has caught up with it.
    op.execute(
        """
        INSERT INTO orders_known
        SELECT order_id, place, collected_at, 'infinity', 0, NULL, 0, 'collected', NULL,
               false, false, false, false, false, NULL, NULL, NULL, -1
        FROM orders
        """
    )
    op.create_index(
        "orders_known_place", "orders_known", ["place", "at"], postgresql_ops={"place": "text_pattern_ops"}
    )
    op.create_index("orders_known_last", "orders_known", ["last_at"])


def downgrade() -> None:
    op.drop_table("orders_known")
