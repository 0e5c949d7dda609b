"""What a service does for its operators: counts what waits, lists parked messages, sends them round again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, text

from services.kit.actor import Actor
from services.kit.asking import Page
from services.kit.envelope import UndecodableError, describe
from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_cursor, encode_cursor
from services.kit.status import ListParked, ParkedMessage, Replayed, ReplayParked
from services.kit.work import Work

ROLES = ("operator", "system")
PLACES = ("place", "node", "community_code", "district_code", "grid_code")
"""Under these names events say where they belong."""

OUTBOX = text("SELECT count(*), min(written_at), count(not_before) FROM outbox")
# Each count by the index of its own state: what is done, by far the most, is never read.
INBOX = text(
    "SELECT (SELECT count(*) FROM inbox WHERE state = 'retry'), (SELECT count(*) FROM inbox WHERE state = 'parked')"
)
PARKED = text(
    "SELECT consumer, message_id, routing_key, reason, attempts, received_at, body FROM inbox WHERE state = 'parked'"
    " AND (CAST(:consumer AS text) IS NULL OR consumer = :consumer)"
    " AND (CAST(:received_at AS timestamptz) IS NULL"
    " OR (received_at, message_id, consumer) < (:received_at, :message_id, :last_consumer))"
    " ORDER BY received_at DESC, message_id DESC, consumer DESC LIMIT :limit"
)
REPLAY = text(
    "UPDATE inbox SET state = 'retry', attempts = 0, next_attempt_at = :now WHERE state = 'parked'"
    " AND consumer = :consumer AND (CAST(:message_id AS text) IS NULL OR message_id = :message_id)"
)


@dataclass(frozen=True)
class Counts:
    """What waits in a service's outbox and inbox. ``oldest`` is the age in seconds of the outbox's first event."""

    depth: int
    oldest: float
    unwanted: int
    retrying: int
    parked: int


def count(db: Connection) -> Counts:
    depth, oldest, unwanted = db.execute(OUTBOX).one()
    retrying, parked = db.execute(INBOX).one()
    age = max(0.0, (datetime.now(UTC) - oldest).total_seconds()) if oldest else 0.0
    return Counts(depth, age, unwanted, retrying, parked)


def require_operator(actor: Actor) -> None:
    """Raises Refused (403) unless the actor operates something, or is the system."""
    if not actor.nodes_of(*ROLES):
        raise Refused("not-allowed", "只有运维人员可以查看和重放消息", status=403)


def list_parked(work: Work, ask: ListParked) -> Page[ParkedMessage]:
    """All of them for the city's operators; for those of a district the ones that say that they are the district's."""
    require_operator(work.actor)
    citywide = work.actor.holds_citywide(*ROLES)
    received_at, message_id, last_consumer = _after(ask.cursor)
    limit = bounded(ask.limit)
    names = {
        "consumer": ask.consumer,
        "received_at": received_at,
        "message_id": message_id,
        "last_consumer": last_consumer,
        "limit": limit + 1 if citywide else None,
    }
    found: Iterator[Row[Any]] = iter(work.db.execute(PARKED, names))
    if not citywide:
        found = (row for row in found if _lies_below(work.actor.nodes_of(*ROLES), bytes(row.body)))
    rows = list(islice(found, limit + 1))
    items = tuple(
        ParkedMessage(
            consumer=row.consumer,
            message_id=row.message_id,
            event_type=row.routing_key.rpartition(".v")[0],
            reason=row.reason,
            attempts=row.attempts,
            received_at=row.received_at,
            body=bytes(row.body).decode(errors="replace"),
        )
        for row in rows[:limit]
    )
    if len(rows) <= limit:
        return Page(items=items)
    last = items[-1]
    return Page(items=items, next=encode_cursor(last.received_at.isoformat(), last.message_id, last.consumer))


def replay_parked(work: Work, ask: ReplayParked) -> Replayed:
    """Due at once, with as many attempts as a new message has. For the city's operators: a consumer is every district's."""
    if not work.actor.holds_citywide(*ROLES):
        raise Refused("not-allowed", "只有全市的运维人员可以重放消息", status=403)
    names = {"consumer": ask.consumer, "message_id": ask.message_id, "now": datetime.now(UTC)}
    replayed = work.db.execute(REPLAY, names).rowcount
    if ask.message_id and not replayed:
        raise Refused("no-such-message", "没有这条搁置的消息", status=404, field="message_id")
    return Replayed(count=replayed)


def _lies_below(nodes: tuple[str, ...], body: bytes) -> bool:
    """Whether a message names places, all of them below ``nodes``; one that cannot be read is nobody's but the city's."""
    try:
        told = describe(body).get("body")
    except UndecodableError:
        return False
    if not isinstance(told, dict):
        return False
    places = [told[name] for name in PLACES if isinstance(told.get(name), str)]
    return bool(places) and all(place.startswith(nodes) for place in places)


def _after(cursor: str | None) -> tuple[datetime | None, str | None, str | None]:
    if cursor is None:
        return None, None, None
    moment, message_id, consumer = decode_cursor(cursor, 3)
    try:
        return datetime.fromisoformat(moment), message_id, consumer
    except ValueError as wrong:
        raise Refused("invalid", "翻页标记无效，请从第一页重新开始", status=400, field="cursor") from wrong
