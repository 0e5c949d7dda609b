"""Which level passed a task up by hand"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("tasks", sa.Column("raised_from", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("tasks", "raised_from")
