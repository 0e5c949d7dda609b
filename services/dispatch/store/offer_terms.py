"""Terms of offers by node."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from services.dispatch.domain.matching.budget import USUAL, OfferTerms, Quiet
from services.dispatch.store import rules
from services.dispatch.store.terms_tables import offer_terms

SETTINGS = (
    "most_a_day",
    "most_a_week",
    "most_a_task",
    "hold_minutes",
    "emergency_hold_minutes",
    "wave",
    "urgent_wave",
)


@dataclass(frozen=True, slots=True)
class SetTerms:
    """Terms with who set them, and when."""

    terms: OfferTerms
    set_by: str
    set_at: datetime


def terms_at(db: Connection, node: str) -> SetTerms | None:
    """Those of the nearest node at or above ``node`` that has any."""
    row = rules.nearest(db, offer_terms, node)
    return None if row is None else SetTerms(_terms(row), row.set_by, row.set_at)


def terms_of(db: Connection, nodes: Iterable[str]) -> dict[str, OfferTerms]:
    """The terms that hold at each of these nodes."""
    wanted = set(nodes)
    above = {each for node in wanted for each in rules.nodes_above(node)}
    rows = db.execute(select(offer_terms).where(offer_terms.c.node.in_(above)))
    known = {row.node: _terms(row) for row in rows}
    return {
        node: next((known[each] for each in reversed(rules.nodes_above(node)) if each in known), USUAL)
        for node in wanted
    }


def keep(db: Connection, new: SetTerms) -> None:
    """Enter the terms of a node, or replace them."""
    values = {name: getattr(new.terms, name) for name in SETTINGS}
    quiet = {"quiet_from": new.terms.quiet.from_minute, "quiet_until": new.terms.quiet.until_minute}
    rules.keep(db, offer_terms, new.terms.node, values | quiet | {"set_by": new.set_by, "set_at": new.set_at})


def drop(db: Connection, node: str) -> bool:
    """Forget the terms of a node; False if it had none of its own."""
    return rules.drop(db, offer_terms, node)


def _terms(row: Row[Any]) -> OfferTerms:
    return OfferTerms(
        node=row.node,
        quiet=Quiet(from_minute=row.quiet_from, until_minute=row.quiet_until),
        **{name: getattr(row, name) for name in SETTINGS},
    )
