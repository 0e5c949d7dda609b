"""Lessons"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "lessons",
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("category", sa.Text()),
        sa.Column("counted", sa.Text()),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("order_id", name="lessons_pkey"),
    )
    op.create_index(
        "lessons_waiting",
        "lessons",
        ["order_id"],
        postgresql_where=sa.text("category IS DISTINCT FROM counted"),
    )
    op.create_table(
        "lesson_counts",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("fragment", sa.Integer(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("lessons", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("district_code", "fragment", "category", name="lesson_counts_pkey"),
    )


def downgrade() -> None:
    op.drop_table("lesson_counts")
    op.drop_table("lessons")
