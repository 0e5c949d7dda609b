"""Slots of a task"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    # The default is for those who write in the old way while both run.
    op.add_column(
        "tasks", sa.Column("slots", postgresql.JSONB(), nullable=False, server_default=sa.text("'[]'"))
    )


def downgrade() -> None:
    op.drop_column("tasks", "slots")
