"""Which orders were merged into a task, for the list of tasks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "order_steps_into",
        "order_steps",
        ["into_task_id"],
        postgresql_where=sa.text("into_task_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("order_steps_into", "order_steps")
