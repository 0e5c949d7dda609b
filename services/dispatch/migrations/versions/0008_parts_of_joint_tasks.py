"""Parts of joint tasks"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    # The default is for those who write in the old way while both run.
    op.add_column(
        "tasks", sa.Column("parts", postgresql.JSONB(), nullable=False, server_default=sa.text("'[]'"))
    )
    op.add_column("tasks", sa.Column("helpers", postgresql.ARRAY(sa.Text())))
    op.create_index(
        "tasks_helpers",
        "tasks",
        ["helpers"],
        postgresql_using="gin",
        postgresql_where=sa.text("helpers IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("tasks_helpers", "tasks")
    op.drop_column("tasks", "helpers")
    op.drop_column("tasks", "parts")
