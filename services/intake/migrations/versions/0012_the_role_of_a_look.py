"""In which role somebody looked at a contact or a household"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    for table in ("looks", "visit_looks"):
        op.add_column(table, sa.Column("role", sa.Text, nullable=False, server_default=""))
    op.create_index("looks_newest", "looks", ["looked_at", "look_id"])


def downgrade() -> None:
    op.drop_index("looks_newest", "looks")
    for table in ("looks", "visit_looks"):
        op.drop_column(table, "role")
