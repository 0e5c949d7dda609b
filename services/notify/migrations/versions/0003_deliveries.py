"""Deliveries, preferences, bounds of places, templates"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

MOMENT = sa.DateTime(timezone=True)
TEXTS = postgresql.ARRAY(sa.Text)


def upgrade() -> None:
    for name, usual in (("audience", ""), ("theme", "orders"), ("place", ""), ("act", "")):
        op.add_column("messages", sa.Column(name, sa.Text, nullable=False, server_default=usual))
    op.add_column("messages", sa.Column("bundle_of", sa.Text))
    op.add_column(
        "messages", sa.Column("said", postgresql.JSONB, nullable=False, server_default=sa.text("'{}'"))
    )
    op.create_index(
        "messages_bundled", "messages", ["bundle_of"], postgresql_where=sa.text("bundle_of IS NOT NULL")
    )
    op.add_column(
        "orders", sa.Column("emergency", sa.Boolean, nullable=False, server_default=sa.text("false"))
    )
    _deliveries()
    op.create_table(
        "carried",
        sa.Column("delivery_id", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("delivery_id", "message_id", name="carried_pkey"),
    )
    op.create_table(
        "preferences",
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("off", TEXTS, nullable=False),
        sa.Column("digest_hour", sa.Integer),
        sa.Column("quiet_from", sa.Time),
        sa.Column("quiet_until", sa.Time),
        sa.Column("language", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("account_id", name="preferences_pkey"),
    )
    op.create_table(
        "tell_bounds",
        sa.Column("node", sa.Text, nullable=False),
        sa.Column("most_a_day", sa.Integer),
        sa.Column("most_a_week", sa.Integer),
        sa.Column("quiet_from", sa.Time),
        sa.Column("quiet_until", sa.Time),
        sa.Column("set_by", sa.Text, nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("node", name="tell_bounds_pkey"),
    )
    op.create_table(
        "templates",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("node", "kind", "audience", "channel")),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("set_by", sa.Text, nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint(
            "node", "kind", "audience", "channel", "language", "version", name="templates_pkey"
        ),
    )
    op.create_table(
        "channel_days",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("sent", "confirmed", "failed")),
        sa.PrimaryKeyConstraint("day", "channel", name="channel_days_pkey"),
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("delivery_id", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("left", TEXTS, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "theme", "place")),
        sa.Column("order_id", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("digest", sa.Boolean, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("until", MOMENT),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("attempts", "unsure", "revision")),
        sa.Column("provider_id", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("sent_at", MOMENT),
        sa.Column("settled_at", MOMENT),
        sa.Column("sealed", sa.LargeBinary),
        sa.PrimaryKeyConstraint("delivery_id", name="deliveries_pkey"),
    )
    pending = sa.text("state IN ('waiting', 'sending')")
    op.create_index("deliveries_due", "deliveries", ["due_at"], postgresql_where=pending)
    waiting = sa.text("state = 'waiting'")
    op.create_index("deliveries_gathering", "deliveries", ["recipient", "kind"], postgresql_where=waiting)
    op.create_index("deliveries_of", "deliveries", ["recipient", "sent_at"])
    op.create_index("deliveries_newest", "deliveries", ["made_at", "delivery_id"])
    known = sa.text("provider_id IS NOT NULL")
    op.create_index("deliveries_provider", "deliveries", ["channel", "provider_id"], postgresql_where=known)


def downgrade() -> None:
    for table in ("channel_days", "templates", "tell_bounds", "preferences", "carried", "deliveries"):
        op.drop_table(table)
    op.drop_column("orders", "emergency")
    op.drop_index("messages_bundled", "messages")
    for name in ("said", "bundle_of", "act", "place", "theme", "audience"):
        op.drop_column("messages", name)
