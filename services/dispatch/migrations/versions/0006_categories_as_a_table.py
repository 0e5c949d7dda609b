"""Categories as a table"""

from __future__ import annotations

import csv
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

TEXTS = ("code", "label", "parent", "gb_39666", "gb_30428", "skill")
SHIPPED = Path(__file__).resolve().parents[1] / "categories.csv"


def upgrade() -> None:
    table = op.create_table(
        "categories",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("gb_39666", sa.Text(), nullable=True),
        sa.Column("gb_30428", sa.Text(), nullable=True),
        sa.Column("skill", sa.Text(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="categories_pkey"),
    )
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = [
            {name: row[name] or None for name in TEXTS}
            | {"position": position, "days": int(row["days"]), "retired": False}
            for position, row in enumerate(csv.DictReader(file))
        ]
    op.bulk_insert(table, rows)


def downgrade() -> None:
    op.drop_table("categories")
