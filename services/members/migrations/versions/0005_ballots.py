"""Ballots"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("teams", sa.Column("term_until", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "ballots",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("runoff", sa.Boolean(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("term_months", sa.Integer(), nullable=False),
        sa.Column("elected_id", sa.Text(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["elected_id"], ["members.id"], name="ballots_elected_id_fkey"),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name="ballots_team_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="ballots_pkey"),
    )
    op.create_index(
        "ballots_open", "ballots", ["team_id"], unique=True, postgresql_where=sa.text("state = 'open'")
    )
    op.create_index("ballots_newest", "ballots", ["team_id", "opened_at", "id"])
    op.create_table(
        "ballot_candidates",
        sa.Column("ballot_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballots.id"], name="ballot_candidates_ballot_id_fkey"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="ballot_candidates_member_id_fkey"),
        sa.PrimaryKeyConstraint("ballot_id", "member_id", name="ballot_candidates_pkey"),
    )
    op.create_table(
        "ballot_voters",
        sa.Column("ballot_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballots.id"], name="ballot_voters_ballot_id_fkey"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="ballot_voters_member_id_fkey"),
        sa.PrimaryKeyConstraint("ballot_id", "member_id", name="ballot_voters_pkey"),
    )


def downgrade() -> None:
    for table in ("ballot_voters", "ballot_candidates", "ballots"):
        op.drop_table(table)
    op.drop_column("teams", "term_until")
