"""Teams"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "teams",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(collation="C"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("leader_id", sa.Text(), nullable=True),
        sa.Column("formed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["leader_id"], ["members.id"], name="teams_leader_id_fkey"),
        sa.ForeignKeyConstraint(["node"], ["nodes.code"], name="teams_node_fkey"),
        sa.PrimaryKeyConstraint("id", name="teams_pkey"),
    )
    op.create_index("teams_node", "teams", ["node"])
    op.create_index("teams_newest", "teams", ["formed_at", "id"])
    op.create_table(
        "seats",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="seats_member_id_fkey"),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name="seats_team_id_fkey"),
        sa.PrimaryKeyConstraint("position", name="seats_pkey"),
    )
    op.create_index(
        "seats_taken",
        "seats",
        ["team_id", "member_id"],
        unique=True,
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_index("seats_member", "seats", ["member_id"])


def downgrade() -> None:
    op.drop_table("seats")
    op.drop_table("teams")
