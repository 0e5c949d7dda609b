"""Find what a hand was asked and did without reading what all hands did"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_index("assignments_of_doer", "assignments", [sa.text("coalesce(member_id, hand_id)")])
    op.create_index(
        "assignments_of_group",
        "assignments",
        ["hand_id"],
        postgresql_where=sa.text("hand_kind IN ('unit', 'team')"),
    )


def downgrade() -> None:
    op.drop_index("assignments_of_group", "assignments")
    op.drop_index("assignments_of_doer", "assignments")
