"""The tables of members"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("login", sa.Text(), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("phone_index", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="accounts_pkey"),
        sa.UniqueConstraint("login", name="accounts_login_key"),
        sa.UniqueConstraint("phone_index", name="accounts_phone_index_key"),
    )
    op.create_table(
        "challenges",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("phone_index", sa.LargeBinary(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="challenges_pkey"),
    )
    op.create_index("challenges_issued_at", "challenges", ["issued_at"])
    op.create_index("challenges_phone", "challenges", ["phone_index", "issued_at"])
    op.create_table(
        "failures",
        sa.Column("login_index", sa.LargeBinary(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("login_index", name="failures_pkey"),
    )
    op.create_index("failures_last_at", "failures", ["last_at"])
    op.create_table(
        "idempotency",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key", name="idempotency_pkey"),
    )
    op.create_index("idempotency_age", "idempotency", ["written_at"])
    op.create_table(
        "imports",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("dry_run", sa.Boolean(), nullable=False),
        sa.Column("scope", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("started_by", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("errors", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="imports_pkey"),
    )
    op.create_index("imports_newest", "imports", ["started_by", "started_at", "id"])
    op.create_table(
        "inbox",
        sa.Column("consumer", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("routing_key", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("consumer", "message_id", name="inbox_pkey"),
    )
    op.create_index("inbox_done", "inbox", ["received_at"], postgresql_where="state = 'done'")
    op.create_index("inbox_due", "inbox", ["next_attempt_at"], postgresql_where="state = 'retry'")
    op.create_index("inbox_parked", "inbox", ["received_at"], postgresql_where="state = 'parked'")
    op.create_table(
        "node_revisions",
        sa.Column("top", sa.Text(collation="C"), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("top", name="node_revisions_pkey"),
    )
    op.create_table(
        "nodes",
        sa.Column("code", sa.Text(collation="C"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(collation="C"), nullable=True),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["parent"], ["nodes.code"], name="nodes_parent_fkey"),
        sa.PrimaryKeyConstraint("code", name="nodes_pkey"),
    )
    op.create_index("nodes_parent", "nodes", ["parent"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("routing_key", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="outbox_pkey"),
    )
    op.create_index("outbox_waiting", "outbox", ["not_before"], postgresql_where="not_before IS NOT NULL")
    op.create_table(
        "grants",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(collation="C"), nullable=False),
        sa.Column("granted_by", sa.Text(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="grants_account_id_fkey"),
        sa.PrimaryKeyConstraint("account_id", "role", "node", name="grants_pkey"),
    )
    op.create_table(
        "import_files",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("import_id", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name="import_files_import_id_fkey"),
        sa.PrimaryKeyConstraint("position", name="import_files_pkey"),
        sa.UniqueConstraint("import_id", name="import_files_import_id_key"),
    )
    op.create_table(
        "sessions",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="sessions_account_id_fkey"),
        sa.PrimaryKeyConstraint("digest", name="sessions_pkey"),
    )
    op.create_index("sessions_account_id", "sessions", ["account_id"])
    op.create_index("sessions_expires_at", "sessions", ["expires_at"])
    op.create_table(
        "units",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("district_code", sa.Text(collation="C"), nullable=False),
        sa.Column("community_code", sa.Text(collation="C"), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["community_code"], ["nodes.code"], name="units_community_code_fkey"),
        sa.ForeignKeyConstraint(["district_code"], ["nodes.code"], name="units_district_code_fkey"),
        sa.PrimaryKeyConstraint("id", name="units_pkey"),
        sa.UniqueConstraint("district_code", "code", name="units_district_code_key"),
    )
    op.create_index("units_newest", "units", ["registered_at", "id"])
    op.create_table(
        "members",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=True),
        sa.Column("community_code", sa.Text(collation="C"), nullable=False),
        sa.Column("grid_code", sa.Text(collation="C"), nullable=True),
        sa.Column("skills", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["community_code"], ["nodes.code"], name="members_community_code_fkey"),
        sa.ForeignKeyConstraint(["grid_code"], ["nodes.code"], name="members_grid_code_fkey"),
        sa.ForeignKeyConstraint(["id"], ["accounts.id"], name="members_id_fkey"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="members_unit_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="members_pkey"),
    )
    op.create_index("members_newest", "members", ["checked_in_at", "id"])
    op.create_index("members_place", "members", [sa.literal_column("coalesce(grid_code, community_code)")])
    op.create_index("members_skills", "members", ["skills"], postgresql_using="gin")
    op.create_index("members_unit_id", "members", ["unit_id"])


def downgrade() -> None:
    for table in (
        "members",
        "units",
        "sessions",
        "import_files",
        "grants",
        "outbox",
        "nodes",
        "node_revisions",
        "inbox",
        "imports",
        "idempotency",
        "failures",
        "challenges",
        "accounts",
    ):
        op.drop_table(table)
