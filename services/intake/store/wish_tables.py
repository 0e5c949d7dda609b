"""The tables of small wishes."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text

from services.intake.store.tables import metadata
from services.kit.tables import MOMENT

# Small wishes. ``contact`` (sealed JSON) and ``address`` are erased when a wish is withdrawn. The claim that is on, or by which the wish was
# fulfilled, stands in the row, so that one guarded update settles who gets it; ``wish_claims`` keeps all that there were.
wishes = Table(
    "wishes",
    metadata,
    Column("wish_id", Text, primary_key=True),
    Column("community_code", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("whom", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("shown_words", Text),
    Column("cost", Integer),
    Column("month", Text, nullable=False),
    Column("wished_by", Text),
    Column("collected_by", Text),
    Column("contact", LargeBinary),
    Column("address", LargeBinary),
    Column("state", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("collected_at", MOMENT, nullable=False),
    Column("changed_at", MOMENT, nullable=False),
    Column("shown_at", MOMENT),
    Column("reason", Text),
    Column("claim_id", Text),
    Column("claimant_kind", Text),
    Column("claimed_by", Text),
    Column("claimed_unit", Text),
    Column("claimed_at", MOMENT),
    Column("claim_until", MOMENT),
    Column("report", Text),
    Column("thanks", Text),
    Column("fulfilled_at", MOMENT),
    Index("wishes_newest", "collected_at", "wish_id"),
    Index("wishes_place", "community_code", "month", postgresql_ops={"community_code": "text_pattern_ops"}),
    Index("wishes_wished_by", "wished_by", postgresql_where="wished_by IS NOT NULL"),
    Index("wishes_collected_by", "collected_by", postgresql_where="collected_by IS NOT NULL"),
    Index("wishes_claimed_by", "claimed_by", postgresql_where="claimed_by IS NOT NULL"),
    Index("wishes_claimed_unit", "claimed_unit", postgresql_where="claimed_unit IS NOT NULL"),
    Index("wishes_due", "claim_until", "wish_id", postgresql_where="state = 'claimed'"),
)

# ``ended_at`` and ``ending`` null: on, or fulfilled by it.
wish_claims = Table(
    "wish_claims",
    metadata,
    Column("claim_id", Text, primary_key=True),
    Column("wish_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("claimed_by", Text, nullable=False),
    Column("unit_id", Text),
    Column("claimed_at", MOMENT, nullable=False),
    Column("ended_at", MOMENT),
    Column("ending", Text),
    Index("wish_claims_of", "wish_id", "claimed_at"),
)

# The audit of RevealWishContact.
wish_looks = Table(
    "wish_looks",
    metadata,
    Column("look_id", Text, primary_key=True),
    Column("wish_id", Text, nullable=False),
    Column("looked_by", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("looked_at", MOMENT, nullable=False),
    Index("wish_looks_of", "wish_id", "looked_at"),
)
