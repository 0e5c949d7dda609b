"""Like orders"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "likenesses",
        sa.Column("order_id", sa.Text, nullable=False),
        sa.Column("street_code", sa.Text, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("known", sa.LargeBinary),
        sa.PrimaryKeyConstraint("order_id", name="likenesses_pkey"),
    )
    op.create_index("likenesses_newest", "likenesses", ["street_code", "revision"])
    op.create_table(
        "streets",
        sa.Column("street_code", sa.Text, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("street_code", name="streets_pkey"),
    )


def downgrade() -> None:
    op.drop_table("streets")
    op.drop_table("likenesses")
