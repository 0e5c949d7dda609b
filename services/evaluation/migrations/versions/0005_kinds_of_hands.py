"""Kinds of hands: members are counted apart from the others of the pool"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    # The default is for those who write in the old way while both run.
    op.add_column("check_ins", sa.Column("kind", sa.Text(), nullable=False, server_default="member"))


def downgrade() -> None:
    op.drop_column("check_ins", "kind")
