"""Find a person's unread messages of one act without reading all that lie unread"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_index(
        "messages_of_act",
        "messages",
        ["act", "recipient", "kind", "message_id"],
        postgresql_where=sa.text("read_at IS NULL AND bundle_of IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("messages_of_act", "messages")
