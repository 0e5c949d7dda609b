"""Facts are dated rows that are only ever added; figures of any past day are queries over them.

``orders_known`` is no fact: it is what all facts of an order say together (``known.py``), kept so that the figures of a
city need not look at each of them.

``place`` is a grid's or a community's code, so that "at and below a node" is "starts with the node's code".
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Interval,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB

from services.kit.tables import MOMENT, add_kit_tables

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
    }
)

orders = Table(
    "orders",
    metadata,
    Column("order_id", Text, primary_key=True),
    Column("place", Text, nullable=False),
    Column("placed_by", Text),
    Column("filed_by", Text),
    Column("collected_at", MOMENT, nullable=False),
    Column("private", Boolean, nullable=False, server_default=false()),
    Index("orders_place", "place", "collected_at", postgresql_ops={"place": "text_pattern_ops"}),
)

order_steps = Table(
    "order_steps",
    metadata,
    Column("order_id", Text, ForeignKey("orders.order_id"), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("task_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("member_id", Text),
    Column("unit_id", Text),
    Column("grabbed", Boolean),
    Column("on_time", Boolean),
    Column("confirmed_by", Text),
    Column("into_task_id", Text),
    Column("not_ours", Boolean, nullable=False, server_default=text("false")),
    Column("shares", JSONB(none_as_null=True)),
    Index("order_steps_task", "task_id"),
    Index("order_steps_into", "into_task_id", postgresql_where=text("into_task_id IS NOT NULL")),
)

orders_known = Table(
    "orders_known",
    metadata,
    Column("order_id", Text, ForeignKey("orders.order_id"), primary_key=True),
    Column("place", Text, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("last_at", MOMENT, nullable=False),
    Column("furthest", Integer, nullable=False),
    Column("unit_id", Text),
    Column("calls", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("triaged_after", Interval),
    Column("accepted", Boolean, nullable=False),
    Column("returned", Boolean, nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("on_time", Boolean, nullable=False),
    Column("redone", Boolean, nullable=False),
    Column("solved", Boolean),
    Column("rated", Text),
    Column("grade", Text),
    Column("facts", Integer, nullable=False),
    Index("orders_known_place", "place", "at", postgresql_ops={"place": "text_pattern_ops"}),
    Index("orders_known_last", "last_at"),
)

ratings = Table(
    "ratings",
    metadata,
    Column("order_id", Text, ForeignKey("orders.order_id"), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("grade", Text, nullable=False),
    Column("words", Text),
    Column("by", Text),
    Column("rated_at", MOMENT, nullable=False),
)

follow_ups = Table(
    "follow_ups",
    metadata,
    Column("follow_up_id", Text, primary_key=True),
    Column("order_id", Text, ForeignKey("orders.order_id"), nullable=False),
    Column("way", Text, nullable=False),
    Column("reached", Boolean, nullable=False),
    Column("solved", Boolean),
    Column("grade", Text),
    Column("words", Text),
    Column("by", Text, nullable=False),
    Column("recorded_at", MOMENT, nullable=False),
    Index("follow_ups_order", "order_id"),
    Index("follow_ups_recorded", "recorded_at", "follow_up_id"),
)

units = Table(
    "units",
    metadata,
    Column("unit_id", Text, primary_key=True),
    Column("place", Text, nullable=False),
    Column("reported_at", MOMENT, nullable=False),
    Column("sequence", Integer, nullable=False),
)

check_ins = Table(
    "check_ins",
    metadata,
    Column("member_id", Text, primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("unit_id", Text),
    Column("place", Text, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("serving", Boolean, nullable=False, server_default=true()),
    Column("kind", Text, nullable=False, server_default="member"),
)

# Small wishes that were fulfilled, and the member or unit whose doing it was; None where it was somebody without a ledger.
wishes = Table(
    "wishes",
    metadata,
    Column("wish_id", Text, primary_key=True),
    Column("place", Text, nullable=False),
    Column("holder_kind", Text),
    Column("holder_id", Text),
    Column("fulfilled_at", MOMENT, nullable=False),
)

ledger_holders = Table(
    "ledger_holders",
    metadata,
    Column("holder_kind", Text, primary_key=True),
    Column("holder_id", Text, primary_key=True),
    Column("entries", Integer, nullable=False),
)

ledger = Table(
    "ledger",
    metadata,
    Column("entry_id", Text, primary_key=True),
    Column("holder_kind", Text, nullable=False),
    Column("holder_id", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("points", Integer, nullable=False),
    Column("rule", Text, nullable=False),
    Column("rule_version", Integer, nullable=False),
    Column("order_id", Text, ForeignKey("orders.order_id")),
    Column("wish_id", Text, ForeignKey("wishes.wish_id")),
    Column("cause", Text, nullable=False),
    Column("at", MOMENT, nullable=False),
    UniqueConstraint("holder_kind", "holder_id", "sequence", name="ledger_holder_sequence"),
    UniqueConstraint(
        "order_id", "cause", "holder_kind", "holder_id", "rule", "rule_version", name="ledger_once_per_cause"
    ),
    UniqueConstraint("wish_id", name="ledger_once_per_wish"),
    Index("ledger_newest", "holder_id", "at", "entry_id"),
)

certificate_years = Table(
    "certificate_years",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("issued", Integer, nullable=False),
)

certificates = Table(
    "certificates",
    metadata,
    Column("number", Text, primary_key=True),
    Column("member_id", Text, nullable=False),
    Column("unit_id", Text),
    Column("place", Text, nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("tasks", Integer, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("points", Integer, nullable=False),
    Column("rule_version", Integer, nullable=False),
    Column("issued_by", Text, nullable=False),
    Column("issued_at", MOMENT, nullable=False),
    Column("revoked_by", Text),
    Column("revoked_at", MOMENT),
    Column("revoked_for", Text),
    Index("certificates_member", "member_id", "issued_at"),
    Index("certificates_place", "place", "issued_at", postgresql_ops={"place": "text_pattern_ops"}),
)

add_kit_tables(metadata)
