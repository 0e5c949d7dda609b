"""People of nodes, for reports on how grids are cut"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("nodes", sa.Column("people", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("nodes", "people")
