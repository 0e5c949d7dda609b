"""Seven kinds of hands"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    # The default is for those who write in the old way while both run.
    op.add_column("members", sa.Column("kind", sa.Text(), nullable=False, server_default="member"))


def downgrade() -> None:
    op.drop_column("members", "kind")
