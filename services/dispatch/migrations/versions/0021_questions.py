"""Questions to those who order, and what other software is told of a category"""

from __future__ import annotations

import csv
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0021"
down_revision = "0020"

SHIPPED = Path(__file__).resolve().parents[1]


def upgrade() -> None:
    for column in (
        sa.Column("reply", sa.Text()),
        sa.Column("keywords", ARRAY(sa.Text())),
        sa.Column("note", sa.Text()),
    ):
        op.add_column("categories", column)
    table = op.create_table(
        "questions",
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("variable", sa.Boolean(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=True),
        sa.Column("choices", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("category", "code", name="questions_pkey"),
    )
    changes = op.create_table(
        "table_changes", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False)
    )
    op.execute(changes.insert().values(changed_at=sa.func.now()))
    categories = sa.table(
        "categories",
        sa.column("code"),
        sa.column("reply"),
        sa.column("keywords", ARRAY(sa.Text())),
        sa.column("note"),
    )
    for row in _shipped("categories.csv"):
        op.execute(
            categories.update()
            .where(categories.c.code == row["code"])
            .values(
                reply=row["reply"] or None,
                keywords=[word for word in row["keywords"].split("、") if word],
                note=row["note"] or None,
            )
        )
    op.bulk_insert(
        table,
        [
            {
                **{name: row[name] for name in ("category", "code", "kind", "question")},
                "position": position,
                "required": row["required"] == "yes",
                "variable": row["variable"] != "no",
                "hint": row["hint"] or None,
                "choices": [
                    dict(zip(("key", "name"), choice.split("=", 1), strict=True))
                    for choice in row["choices"].split("|")
                    if choice
                ],
            }
            for position, row in enumerate(_shipped("questions.csv"))
        ],
    )


def downgrade() -> None:
    op.drop_table("table_changes")
    op.drop_table("questions")
    for name in ("note", "keywords", "reply"):
        op.drop_column("categories", name)


def _shipped(name: str) -> list[dict[str, str]]:
    with (SHIPPED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
