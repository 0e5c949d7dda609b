"""The tables of intake."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.kit.tables import MOMENT, add_kit_tables

metadata = MetaData(
    naming_convention={"pk": "%(table_name)s_pkey", "uq": "%(table_name)s_%(column_0_name)s_key"},
)

communities = Table("communities", metadata, Column("code", Text, primary_key=True))

# ``place`` is the grid if known, else the community: what a role's node must be a prefix of. ``contact`` is sealed JSON,
# ``phone_index`` its blind index; ``longitude`` and ``latitude`` are rough. From ``state`` on: where the order stands, folded from ``entries``.
orders = Table(
    "orders",
    metadata,
    Column("order_id", Text, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("community_code", Text, nullable=False),
    Column("grid_code", Text),
    Column("place", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("category", Text),
    Column("words", Text, nullable=False),
    Column("photos", ARRAY(Text), nullable=False),
    Column("address", LargeBinary),
    Column("contact", LargeBinary),
    Column("phone_index", LargeBinary),
    Column("emergency", Boolean, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("placed_by", Text),
    Column("filed_by", Text),
    Column("collected_at", MOMENT, nullable=False),
    Column("changed_at", MOMENT, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("longitude", Double),
    Column("latitude", Double),
    Column("state", Text, nullable=False),
    Column("task_id", Text),
    Column("merged_into", Text),
    Column("settled_category", Text),
    Column("promised_at", MOMENT),
    Column("asked_member", Text),
    Column("asked_unit", Text),
    Column("acting_member", Text),
    Column("acting_unit", Text),
    Column("open_scope", Text),
    Column("called", ARRAY(Text)),
    Column("helping", ARRAY(Text)),
    Column("firm_id", Text),
    Column("client_id", Text),
    Index("orders_on_map", "longitude", "latitude", postgresql_where="longitude IS NOT NULL"),
    Index("orders_newest", "collected_at", "order_id"),
    Index("orders_place", "place", "collected_at", postgresql_ops={"place": "text_pattern_ops"}),
    Index(
        "orders_notices",
        "changed_at",
        "order_id",
        postgresql_where="state IN ('published', 'closed') AND NOT private",
    ),
    Index("orders_placed_by", "placed_by", postgresql_where="placed_by IS NOT NULL"),
    Index("orders_filed_by", "filed_by", postgresql_where="filed_by IS NOT NULL"),
    Index("orders_asked_member", "asked_member", postgresql_where="asked_member IS NOT NULL"),
    Index("orders_asked_unit", "asked_unit", postgresql_where="asked_unit IS NOT NULL"),
    Index("orders_acting_member", "acting_member", postgresql_where="acting_member IS NOT NULL"),
    Index("orders_acting_unit", "acting_unit", postgresql_where="acting_unit IS NOT NULL"),
    Index("orders_called", "called", postgresql_using="gin", postgresql_where="called IS NOT NULL"),
    Index("orders_helping", "helping", postgresql_using="gin", postgresql_where="helping IS NOT NULL"),
    Index("orders_open_scope", "open_scope", postgresql_where="open_scope IS NOT NULL"),
)

entries = Table(
    "entries",
    metadata,
    Column("order_id", Text, primary_key=True),
    Column("message_id", Text, primary_key=True),
    Column("step", Text, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("by", Text),
    Column("role", Text),
    Column("words", Text),
    Column("photos", ARRAY(Text), nullable=False),
    Column("state", Text),
    Column("task_id", Text),
    Column("sequence", Integer),
    Column("facts", JSONB, nullable=False),
    Index("entries_newest", "at"),
    Index("entries_photos", "photos", postgresql_using="gin", postgresql_where="photos <> '{}'"),
)

# ``claimed_at``: when somebody last said that something is about to refer to it; null once something does. The pictures lie
# in a storage of files, under the ids.
photos = Table(
    "photos",
    metadata,
    Column("photo_id", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("kept_by", Text),
    Column("kept_at", MOMENT, nullable=False),
    Column("claimed_at", MOMENT),
    Index("photos_claimed", "claimed_at", postgresql_where="claimed_at IS NOT NULL"),
)

looks = Table(
    "looks",
    metadata,
    Column("look_id", Text, primary_key=True),
    Column("order_id", Text, nullable=False),
    Column("looked_by", Text, nullable=False),
    Column("role", Text, nullable=False, server_default=""),
    Column("purpose", Text, nullable=False),
    Column("looked_at", MOMENT, nullable=False),
    Index("looks_of_order", "order_id", "looked_at"),
    Index("looks_newest", "looked_at", "look_id"),
)

# What an order was registered under (category, None once taken back), and what of that is in lesson_counts (counted).
lessons = Table(
    "lessons",
    metadata,
    Column("order_id", Text, primary_key=True),
    Column("district_code", Text, nullable=False),
    Column("category", Text),
    Column("counted", Text),
    Column("told_at", MOMENT, nullable=False),
    Index("lessons_waiting", "order_id", postgresql_where="category IS DISTINCT FROM counted"),
)

# How many lessons of a category had a fragment (a hash of up to three letters; -1: all lessons), district by district.
lesson_counts = Table(
    "lesson_counts",
    metadata,
    Column("district_code", Text, primary_key=True),
    Column("fragment", Integer, primary_key=True),
    Column("category", Text, primary_key=True),
    Column("lessons", Integer, nullable=False),
)

# What an open order says, without its words (``domain.similar``); ``known`` is null once it has ended. ``revision`` counts the
# changes of its street, so that an index in memory is kept fresh by reading what is newer.
likenesses = Table(
    "likenesses",
    metadata,
    Column("order_id", Text, primary_key=True),
    Column("street_code", Text, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("known", LargeBinary),
    Index("likenesses_newest", "street_code", "revision"),
)

unread = Table("unread", metadata, Column("order_id", Text, primary_key=True))

streets = Table(
    "streets",
    metadata,
    Column("street_code", Text, primary_key=True),
    Column("revision", BigInteger, nullable=False),
)

# Who may file for which firm, as members tells; a pair that has ended stays, so that an older telling cannot revive it.
firm_helpers = Table(
    "firm_helpers",
    metadata,
    Column("firm_id", Text, primary_key=True),
    Column("member_id", Text, primary_key=True),
    Column("community_code", Text, nullable=False),
    Column("lasting", Boolean, nullable=False),
    Column("sequence", Integer, nullable=False),
)

# The visit log. ``household`` is sealed, ``household_index`` its blind index together with the place: what makes two visits
# visits of one household. ``met_by``: the next visit, once it was made.
visits = Table(
    "visits",
    metadata,
    Column("visit_id", Text, primary_key=True),
    Column("place", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("found", Text, nullable=False),
    Column("household", LargeBinary),
    Column("household_index", LargeBinary),
    Column("visited_at", MOMENT, nullable=False),
    Column("recorded_at", MOMENT, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("next_due", Date),
    Column("about", Text),
    Column("met_by", Text),
    Column("changes", Integer, nullable=False),
    Index("visits_place", "place", "visited_at", postgresql_ops={"place": "text_pattern_ops"}),
    Index("visits_recorded_by", "recorded_by", "visited_at"),
    Index("visits_household", "household_index", postgresql_where="household_index IS NOT NULL"),
    Index("visits_about", "about", postgresql_where="about IS NOT NULL"),
    Index("visits_met_by", "met_by", postgresql_where="met_by IS NOT NULL"),
    Index("visits_due", "next_due", "visit_id", postgresql_where="met_by IS NULL AND next_due IS NOT NULL"),
)

# What a visit said before each correction.
visit_changes = Table(
    "visit_changes",
    metadata,
    Column("visit_id", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("changed_at", MOMENT, nullable=False),
    Column("kind", Text, nullable=False),
    Column("found", Text, nullable=False),
    Column("household", LargeBinary),
    Column("household_changed", Boolean, nullable=False),
    Column("visited_at", MOMENT, nullable=False),
    Column("next_due", Date),
)

visit_orders = Table(
    "visit_orders",
    metadata,
    Column("order_id", Text, primary_key=True),
    Column("visit_id", Text, nullable=False),
    Index("visit_orders_of", "visit_id"),
)

# The audit of RevealHousehold.
visit_looks = Table(
    "visit_looks",
    metadata,
    Column("look_id", Text, primary_key=True),
    Column("visit_id", Text, nullable=False),
    Column("looked_by", Text, nullable=False),
    Column("role", Text, nullable=False, server_default=""),
    Column("purpose", Text, nullable=False),
    Column("looked_at", MOMENT, nullable=False),
    Index("visit_looks_of", "visit_id", "looked_at"),
)

add_kit_tables(metadata)
