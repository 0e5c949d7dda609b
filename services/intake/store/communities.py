"""The communities that exist, as members tells."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, any_, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.types import Text

from services.intake.store.tables import communities


def known_communities(db: Connection, codes: Iterable[str]) -> frozenset[str]:
    """Those of ``codes`` that are communities."""
    wanted = literal(sorted(set(codes)), ARRAY(Text))
    return frozenset(db.scalars(select(communities.c.code).where(communities.c.code == any_(wanted))))


def add_communities(db: Connection, codes: Iterable[str]) -> None:
    """Enter new ones; in the order of their codes, so that two lots at once cannot lock each other out."""
    rows = [{"code": code} for code in sorted(set(codes))]
    if rows:
        db.execute(insert(communities).on_conflict_do_nothing(), rows)
