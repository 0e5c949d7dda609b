"""The tables of members. Codes are compared byte by byte (collation C), so that "below" is a range of the index."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    Select,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.kit.tables import MOMENT, add_kit_tables

AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]

CODE = Text(collation="C")

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "uq": "%(table_name)s_%(column_0_name)s_key",
        "ix": "%(table_name)s_%(column_0_name)s",
    }
)

nodes = Table(
    "nodes",
    metadata,
    Column("code", CODE, primary_key=True),
    Column("name", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("parent", CODE, ForeignKey("nodes.code"), nullable=True, index=True),
    Column("households", Integer, nullable=True),
    Column("people", Integer, nullable=True),
)

# One row for each province: counts the tellings of its nodes, which is their events' sequence. And one for each grid:
# counts the tellings of members assigned to it.
node_revisions = Table(
    "node_revisions",
    metadata,
    Column("top", CODE, primary_key=True),
    Column("revision", Integer, nullable=False),
)

units = Table(
    "units",
    metadata,
    Column("id", Text, primary_key=True),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("district_code", CODE, ForeignKey("nodes.code"), nullable=False),
    Column("community_code", CODE, ForeignKey("nodes.code"), nullable=True),
    Column("registered_at", MOMENT, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("trade", Text, nullable=True),
    Column("first_secretary", Text, ForeignKey("accounts.id"), nullable=True),
    Column("reported_at", MOMENT, nullable=True),
    UniqueConstraint("district_code", "code"),
    Index("units_newest", "registered_at", "id"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("login", Text, nullable=True, unique=True),
    Column("password_hash", Text, nullable=True),
    Column("phone_index", LargeBinary, nullable=True, unique=True),
    Column("phone_sealed", LargeBinary, nullable=True),
    Column("opened_at", MOMENT, nullable=False),
    Column("revision", Integer, nullable=False),
)

# Where accounts are reached besides their phone: the confirmed address, and one that waits for its code; both sealed.
addresses = Table(
    "addresses",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True),
    Column("way", Text, primary_key=True),
    Column("sealed", LargeBinary, nullable=True),
    Column("confirmed_at", MOMENT, nullable=True),
    Column("offered", LargeBinary, nullable=True),
    Column("digest", LargeBinary, nullable=True),
    Column("issued_at", MOMENT, nullable=True),
    Column("tries", Integer, nullable=False),
)

grants = Table(
    "grants",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("node", CODE, primary_key=True),
    Column("granted_by", Text, nullable=False),
    Column("granted_at", MOMENT, nullable=False),
)

members = Table(
    "members",
    metadata,
    Column("id", Text, ForeignKey("accounts.id"), primary_key=True),
    Column("unit_id", Text, ForeignKey("units.id"), nullable=True, index=True),
    Column("community_code", CODE, ForeignKey("nodes.code"), nullable=False),
    Column("grid_code", CODE, ForeignKey("nodes.code"), nullable=True),
    Column("skills", ARRAY(Text), nullable=False),
    Column("checked_in_at", MOMENT, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("trade", Text, nullable=True),
    Column("checked_out_at", MOMENT, nullable=True),
    Column("kind", Text, nullable=False, server_default="member"),
    Index("members_newest", "checked_in_at", "id"),
    Index("members_place", text("coalesce(grid_code, community_code)")),
    Index("members_skills", "skills", postgresql_using="gin"),
)

# What members and units have stated: free as [weekday, from, to], leave as [first, last, reason].
availability = Table(
    "availability",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("free", JSONB, nullable=False),
    Column("leave", JSONB, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("wishes", ARRAY(Text), nullable=False),
    Column("longitude", Double, nullable=True),
    Column("latitude", Double, nullable=True),
    Column("in_service", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),
)

# What a file said before each change of it, and who changed it: nothing here is ever changed or deleted.
file_changes = Table(
    "file_changes",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("file_id", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("before", Text, nullable=True),
    Column("after", Text, nullable=True),
    Column("by", Text, nullable=False),
    Column("at", MOMENT, nullable=False),
    Index("file_changes_newest", "kind", "file_id", "id"),
)

# What members and units reported of their work, to the community and unit that they had at the time.
reports = Table(
    "reports",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("file_id", Text, nullable=False),
    Column("community_code", CODE, ForeignKey("nodes.code"), nullable=False),
    Column("unit_id", Text, ForeignKey("units.id"), nullable=True),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("words", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", MOMENT, nullable=False),
    UniqueConstraint("kind", "file_id", "first", "last"),
    Index("reports_newest", "at", "id"),
    Index("reports_place", "community_code", "at"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("account_id", Text, ForeignKey("accounts.id"), nullable=False, index=True),
    Column("opened_at", MOMENT, nullable=False),
    Column("expires_at", MOMENT, nullable=False, index=True),
)

# Other software that may file orders; of its key only the digest is kept.
clients = Table(
    "clients",
    metadata,
    Column("id", Text, primary_key=True),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("district_code", CODE, nullable=False),
    Column("name", Text, nullable=False),
    Column("per_minute", Integer, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", MOMENT, nullable=False),
    Column("revoked_at", MOMENT, nullable=True),
    Index("clients_district", "district_code", "made_at"),
)

# The secret addresses of calendars: found by the digest of the token, shown to the owner by opening what is sealed.
feeds = Table(
    "feeds",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("token_sealed", LargeBinary, nullable=False),
    Column("made_at", MOMENT, nullable=False),
)

challenges = Table(
    "challenges",
    metadata,
    Column("id", Text, primary_key=True),
    Column("phone_index", LargeBinary, nullable=False),
    Column("phone_sealed", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("issued_at", MOMENT, nullable=False, index=True),
    Column("expires_at", MOMENT, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("used_at", MOMENT, nullable=True),
    Index("challenges_phone", "phone_index", "issued_at"),
)

# Wrong passwords in a row, by the keyed digest of the login: a login typed wrong may be a password.
failures = Table(
    "failures",
    metadata,
    Column("login_index", LargeBinary, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last_at", MOMENT, nullable=False, index=True),
)

imports = Table(
    "imports",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("filename", Text, nullable=False),
    Column("dry_run", Boolean, nullable=False),
    Column("scope", ARRAY(Text), nullable=False),
    Column("started_by", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("rows_done", Integer, nullable=False),
    Column("created", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("errors", JSONB, nullable=False),
    Column("started_at", MOMENT, nullable=False),
    Column("ended_at", MOMENT, nullable=True),
    Index("imports_newest", "started_by", "started_at", "id"),
)

# The files of imports that have not ended, in the order of their arrival. The row of the one being worked on is
# locked; its progress goes to ``imports`` through another connection. The file is forgotten with the import's end.
import_files = Table(
    "import_files",
    metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("import_id", Text, ForeignKey("imports.id"), nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
)

add_kit_tables(metadata)
