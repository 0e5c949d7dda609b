"""Evidence of who did not act, and residents' reminders"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    # The default is for those who write in the old way while both run.
    op.add_column("tasks", sa.Column("reminded", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.add_column("tasks", sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "lapses",
        sa.Column("task_id", sa.Text(collation="C"), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("community_code", sa.Text(collation="C"), nullable=False),
        sa.Column("member_id", sa.Text(collation="C"), nullable=True),
        sa.Column("unit_id", sa.Text(collation="C"), nullable=True),
        sa.Column("by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.task_id"], name="lapses_task_id_fkey"),
        sa.PrimaryKeyConstraint("task_id", "sequence", name="lapses_pkey"),
    )
    op.create_index("lapses_place", "lapses", ["community_code", "at"])
    for who in ("member", "unit"):
        column = f"{who}_id"
        op.create_index(
            f"lapses_{who}", "lapses", [column, "at"], postgresql_where=sa.text(f"{column} IS NOT NULL")
        )


def downgrade() -> None:
    op.drop_table("lapses")
    for name in ("reminded", "reminded_at"):
        op.drop_column("tasks", name)
