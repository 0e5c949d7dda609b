"""Certificates of service"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "certificate_years",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name="certificate_years_pkey"),
    )
    op.create_table(
        "certificates",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text()),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("tasks", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("issued_by", sa.Text(), nullable=False),
        sa.Column("issued_at", moment, nullable=False),
        sa.Column("revoked_by", sa.Text()),
        sa.Column("revoked_at", moment),
        sa.Column("revoked_for", sa.Text()),
        sa.PrimaryKeyConstraint("number", name="certificates_pkey"),
    )
    op.create_index("certificates_member", "certificates", ["member_id", "issued_at"])
    op.create_index(
        "certificates_place",
        "certificates",
        ["place", "issued_at"],
        postgresql_ops={"place": "text_pattern_ops"},
    )


def downgrade() -> None:
    op.drop_table("certificates")
    op.drop_table("certificate_years")
