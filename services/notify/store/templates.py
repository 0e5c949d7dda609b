"""A place's own words, with all versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.dialects.postgresql import distinct_on

from services.notify.contracts import ChannelKind, Language
from services.notify.domain.places import nodes_above
from services.notify.store.tables import templates

C = templates.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """One version of a row's words at a node; ``withdrawn``: it takes back the ones before."""

    node: str
    kind: str
    audience: str
    channel: ChannelKind
    language: Language
    version: int
    title: str
    words: str
    withdrawn: bool
    set_by: str
    set_at: datetime


def in_force(
    db: Connection, place: str, channel: ChannelKind, language: Language, kinds: tuple[str, ...] = ()
) -> dict[tuple[str, str], Own]:
    """By kind and audience the words of the nearest node at or above the place that has its own; of ``kinds``, or of all."""
    query = select(templates).where(
        C.node.in_(nodes_above(place)), C.channel == channel, C.language == language
    )
    if kinds:
        query = query.where(C.kind.in_(kinds))
    newest = query.ext(distinct_on(C.node, C.kind, C.audience)).order_by(
        C.node, C.kind, C.audience, C.version.desc()
    )
    found: dict[tuple[str, str], Own] = {}
    for row in sorted(db.execute(newest).mappings(), key=lambda row: len(row["node"])):
        if not row["withdrawn"]:
            found[row["kind"], row["audience"]] = Own(**row)
    return found


def newest_at(db: Connection, like: Own) -> Own | None:
    """The node's own newest version of the same row, withdrawn or not."""
    query = select(templates).where(
        C.node == like.node,
        C.kind == like.kind,
        C.audience == like.audience,
        C.channel == like.channel,
        C.language == like.language,
    )
    row = db.execute(query.order_by(C.version.desc()).limit(1)).mappings().first()
    return Own(**row) if row else None


def enter(db: Connection, new: Own) -> None:
    """As the next version. Of two at once the second waits, and comes after."""
    db.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"{new.node}:{new.kind}:{new.audience}"))))
    before = newest_at(db, new)
    values = {column.name: getattr(new, column.name) for column in templates.columns}
    db.execute(insert(templates).values(values | {"version": before.version + 1 if before else 1}))
