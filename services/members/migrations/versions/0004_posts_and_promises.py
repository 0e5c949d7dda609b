"""Posts and promises"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "posts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(collation="C"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("duties", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("skill", sa.Text(), nullable=True),
        sa.Column("for_member_id", sa.Text(), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("taken BETWEEN 0 AND places", name="posts_taken"),
        sa.ForeignKeyConstraint(["for_member_id"], ["members.id"], name="posts_for_member_id_fkey"),
        sa.ForeignKeyConstraint(["node"], ["nodes.code"], name="posts_node_fkey"),
        sa.PrimaryKeyConstraint("id", name="posts_pkey"),
    )
    op.create_index("posts_node", "posts", ["node"])
    op.create_index("posts_newest", "posts", ["set_at", "id"])
    op.create_table(
        "post_holders",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("post_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="post_holders_member_id_fkey"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="post_holders_post_id_fkey"),
        sa.PrimaryKeyConstraint("position", name="post_holders_pkey"),
    )
    op.create_index(
        "post_holders_held",
        "post_holders",
        ["post_id", "member_id"],
        unique=True,
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_index("post_holders_member", "post_holders", ["member_id"])
    op.create_table(
        "promises",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("post_id", sa.Text(), nullable=True),
        sa.Column("node", sa.Text(collation="C"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retracted_why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="promises_member_id_fkey"),
        sa.ForeignKeyConstraint(["node"], ["nodes.code"], name="promises_node_fkey"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="promises_post_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="promises_pkey"),
    )
    op.create_index("promises_newest", "promises", ["made_at", "id"])
    op.create_index("promises_member", "promises", ["member_id"])
    op.create_index("promises_node", "promises", ["node"])
    op.create_table(
        "promise_items",
        sa.Column("promise_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_words", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["promise_id"], ["promises.id"], name="promise_items_promise_id_fkey"),
        sa.PrimaryKeyConstraint("promise_id", "number", name="promise_items_pkey"),
    )
    op.create_index(
        "promise_items_due", "promise_items", ["due"], postgresql_where=sa.text("done_at IS NULL")
    )


def downgrade() -> None:
    for table in ("promise_items", "promises", "post_holders", "posts"):
        op.drop_table(table)
