"""Teams"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "teams",
        sa.Column("team_id", sa.Text, nullable=False),
        sa.Column("node", sa.Text(collation="C"), nullable=False),
        sa.Column("leader_id", sa.Text),
        sa.Column("members", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("team_id", name="teams_pkey"),
    )
    op.add_column("tasks", sa.Column("named_team_id", sa.Text()))


def downgrade() -> None:
    op.drop_column("tasks", "named_team_id")
    op.drop_table("teams")
