"""Rough places"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("orders", sa.Column("longitude", sa.Double()))
    op.add_column("orders", sa.Column("latitude", sa.Double()))


def downgrade() -> None:
    op.drop_column("orders", "latitude")
    op.drop_column("orders", "longitude")
