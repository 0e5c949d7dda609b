"""The tables of what binds members to places, to each other: teams, posts, promises, responsibility."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
)

from services.kit.tables import MOMENT
from services.members.store.tables import CODE, metadata

teams = Table(
    "teams",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("node", CODE, ForeignKey("nodes.code"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("leader_id", Text, ForeignKey("members.id"), nullable=True),
    Column("term_until", MOMENT, nullable=True),
    Column("formed_at", MOMENT, nullable=False),
    Column("revision", Integer, nullable=False),
    Index("teams_node", "node"),
    Index("teams_newest", "formed_at", "id"),
)

# Who has been in which team, and when; a seat without an end is taken.
seats = Table(
    "seats",
    metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("team_id", Text, ForeignKey("teams.id"), nullable=False),
    Column("member_id", Text, ForeignKey("members.id"), nullable=False),
    Column("why", Text, nullable=False),
    Column("joined_at", MOMENT, nullable=False),
    Column("left_at", MOMENT, nullable=True),
    Index("seats_taken", "team_id", "member_id", unique=True, postgresql_where="left_at IS NULL"),
    Index("seats_member", "member_id"),
)

posts = Table(
    "posts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("node", CODE, ForeignKey("nodes.code"), nullable=False),
    Column("title", Text, nullable=False),
    Column("duties", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("places", Integer, nullable=False),
    Column("taken", Integer, nullable=False),
    Column("skill", Text, nullable=True),
    Column("for_member_id", Text, ForeignKey("members.id"), nullable=True),
    Column("open", Boolean, nullable=False),
    Column("set_at", MOMENT, nullable=False),
    CheckConstraint("taken BETWEEN 0 AND places", name="posts_taken"),
    Index("posts_node", "node"),
    Index("posts_newest", "set_at", "id"),
)

# Who has had which post, and when; one without an end is held.
post_holders = Table(
    "post_holders",
    metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("post_id", Text, ForeignKey("posts.id"), nullable=False),
    Column("member_id", Text, ForeignKey("members.id"), nullable=False),
    Column("chosen_at", MOMENT, nullable=False),
    Column("left_at", MOMENT, nullable=True),
    Index("post_holders_held", "post_id", "member_id", unique=True, postgresql_where="left_at IS NULL"),
    Index("post_holders_member", "member_id"),
)

promises = Table(
    "promises",
    metadata,
    Column("id", Text, primary_key=True),
    Column("member_id", Text, ForeignKey("members.id"), nullable=False),
    Column("post_id", Text, ForeignKey("posts.id"), nullable=True),
    Column("node", CODE, ForeignKey("nodes.code"), nullable=False),
    Column("made_at", MOMENT, nullable=False),
    Column("retracted_why", Text, nullable=True),
    Index("promises_newest", "made_at", "id"),
    Index("promises_member", "member_id"),
    Index("promises_node", "node"),
)

promise_items = Table(
    "promise_items",
    metadata,
    Column("promise_id", Text, ForeignKey("promises.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("words", Text, nullable=False),
    Column("due", Date, nullable=False),
    Column("done_at", MOMENT, nullable=True),
    Column("done_words", Text, nullable=True),
    Index("promise_items_due", "due", postgresql_where="done_at IS NULL"),
)

# Who voted stands in ``ballot_voters``, what was voted in the counters of ``ballot_candidates``: nothing links the two.
ballots = Table(
    "ballots",
    metadata,
    Column("id", Text, primary_key=True),
    Column("team_id", Text, ForeignKey("teams.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("runoff", Boolean, nullable=False),
    Column("members", Integer, nullable=False),
    Column("term_months", Integer, nullable=False),
    Column("elected_id", Text, ForeignKey("members.id"), nullable=True),
    Column("opened_at", MOMENT, nullable=False),
    Column("closed_at", MOMENT, nullable=True),
    Index("ballots_open", "team_id", unique=True, postgresql_where="state = 'open'"),
    Index("ballots_newest", "team_id", "opened_at", "id"),
)

ballot_candidates = Table(
    "ballot_candidates",
    metadata,
    Column("ballot_id", Text, ForeignKey("ballots.id"), primary_key=True),
    Column("member_id", Text, ForeignKey("members.id"), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("votes", Integer, nullable=False),
)

ballot_voters = Table(
    "ballot_voters",
    metadata,
    Column("ballot_id", Text, ForeignKey("ballots.id"), primary_key=True),
    Column("member_id", Text, ForeignKey("members.id"), primary_key=True),
)

responsibilities = Table(
    "responsibilities",
    metadata,
    Column("id", Text, primary_key=True),
    Column("node", CODE, ForeignKey("nodes.code"), nullable=False),
    Column("level", Text, nullable=False),
    Column("person_id", Text, ForeignKey("accounts.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("unit_id", Text, ForeignKey("units.id"), nullable=True),
    Column("since", Date, nullable=False),
    Column("assigned_at", MOMENT, nullable=False),
    Column("ended_at", MOMENT, nullable=True),
    Column("ended_why", Text, nullable=True),
    Index("responsibilities_lasting", "node", unique=True, postgresql_where="ended_at IS NULL"),
    Index("responsibilities_person", "person_id"),
    Index("responsibilities_newest", "assigned_at", "id"),
)
