"""Rough places"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("tasks", sa.Column("longitude", sa.Double()))
    op.add_column("tasks", sa.Column("latitude", sa.Double()))


def downgrade() -> None:
    op.drop_column("tasks", "latitude")
    op.drop_column("tasks", "longitude")
