"""The communities that exist, as members tells."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from sqlalchemy import Connection, text
from sqlalchemy.dialects.postgresql import insert

from services.intake.store.tables import communities

KNOWN = text("SELECT code FROM communities WHERE code = ANY(:codes)")


def known_communities(db: Connection, codes: Iterable[str]) -> frozenset[str]:
    """Those of ``codes`` that are communities."""
    return frozenset(db.scalars(KNOWN, {"codes": sorted(set(codes))}))


class Communities:
    """Those that were found to exist. None is ever removed, so what was found once needs no second look."""

    def __init__(self) -> None:
        self._found: set[str] = set()

    def among(self, db: Connection, codes: AbstractSet[str]) -> AbstractSet[str]:
        """Those of ``codes`` that are communities."""
        if unseen := codes - self._found:
            self._found |= known_communities(db, unseen)
        return self._found & codes


def add_communities(db: Connection, codes: Iterable[str]) -> None:
    """Enter new ones; in the order of their codes, so that two lots at once cannot lock each other out."""
    rows = [{"code": code} for code in sorted(set(codes))]
    if rows:
        db.execute(insert(communities).on_conflict_do_nothing(), rows)
