"""Figures of a city: 100,000 orders of 1,650 communities, some 600,000 steps, compared as a supervisor compares them."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from services.evaluation import handlers
from services.evaluation.contracts import By, CompareFigures, Figures
from services.kit.actor import Actor, Grant
from services.kit.db import Database
from services.kit.testing import schema
from services.kit.work import begin
from services.members.contracts import Role
from tests.bench.table import Row, at_most, median_of

ORDERS, COMMUNITIES = 100_000, 1_650
LAST = date(2026, 9, 30)
NOW = datetime(2026, 10, 1, tzinfo=UTC)
NODE = "4205"
SUPERVISOR = Actor(id="supervisor", grants=(Grant(Role.SUPERVISOR, NODE),))

TOLD = """
INSERT INTO orders (order_id, place, collected_at)
SELECT n, '4205' || lpad((c % 13)::text, 2, '0') || lpad((c % 113)::text, 3, '0') || lpad(c::text, 3, '0') || '001',
       timestamptz '2026-07-01' + n * interval '75 seconds'
FROM (SELECT n, (n * 7919) % :communities AS c FROM generate_series(1, :orders) n) each;

INSERT INTO order_steps (order_id, sequence, kind, task_id, state, at, member_id, unit_id, on_time, confirmed_by)
SELECT order_id, sequence, kind, 't' || order_id, state, collected_at + sequence * interval '7 hours',
       CASE WHEN kind IN ('accepted', 'answered') THEN 'm' || n % 13000 END,
       CASE WHEN kind IN ('accepted', 'answered') THEN 'u' || n % 900 END,
       CASE WHEN kind = 'answered' THEN n % 7 > 0 END,
       CASE WHEN kind = 'published' THEN CASE WHEN n % 2 = 0 THEN 'resident' ELSE 'clock' END END
FROM (SELECT *, order_id::int AS n FROM orders) ordered
JOIN (VALUES (1, 'registered', 'registered'), (2, 'assigned', 'assigned'), (3, 'accepted', 'acting'),
             (4, 'answered', 'answered'), (5, 'verified', 'verified'), (6, 'published', 'published'),
             (7, 'closed', 'closed')) AS step (sequence, kind, state)
ON sequence <= CASE WHEN n % 10 = 0 THEN n / 10 % 7 ELSE 7 END;

INSERT INTO ratings (order_id, sequence, grade, rated_at)
SELECT order_id, 1, CASE WHEN order_id::int % 4 = 0 THEN 'dissatisfied' ELSE 'satisfied' END, collected_at + interval '40 hours'
FROM orders WHERE order_id::int % 3 = 1;

INSERT INTO follow_ups (follow_up_id, order_id, way, reached, solved, by, recorded_at)
SELECT 'f' || order_id, order_id, 'call', true, order_id::int % 5 > 0, 'liaison', collected_at + interval '50 hours'
FROM orders WHERE order_id::int % 2 = 1
"""


def measure_figures(_folder: Path, _amqp_uri: str, postgres_url: str) -> list[Row]:
    """By what is known, and for a day in the past, when of some orders less was known."""
    with schema("evaluation", postgres_url) as database:
        steps = _tell(database)
        until = CompareFigures(by=By.COMMUNITY, node=NODE, until=LAST, limit=30)
        earlier = CompareFigures(by=By.COMMUNITY, node=NODE, until=LAST - timedelta(days=30), limit=30)
        return [
            at_most(
                f"{COMMUNITIES:,} communities compared over {ORDERS:,} orders, {steps:,} steps",
                _median(database, until),
                1,
                "s",
            ),
            at_most("— as things stood a month before", _median(database, earlier), 1, "s"),
            at_most("All figures of these orders", _median(database, Figures(node=NODE, until=LAST)), 1, "s"),
        ]


def _tell(database: Database) -> int:
    """Enter the facts, as if they had been told; how many steps these are."""
    with database.transaction() as db:
        db.execute(text("SET LOCAL statement_timeout = 0"))
        for each in TOLD.split(";"):
            db.execute(text(each), {"orders": ORDERS, "communities": COMMUNITIES})
        steps = db.execute(text("SELECT count(*) FROM order_steps")).scalar_one()
    more = True
    while more:
        with begin(database, service="evaluation", now=NOW) as work:
            more = handlers.catch_up(work)
    with database.transaction() as db:
        db.execute(text("ANALYZE"))
    return int(steps)


def _median(database: Database, asked: CompareFigures | Figures) -> float:
    def once() -> float:
        began = time.monotonic()
        with begin(database, service="evaluation", now=NOW, actor=SUPERVISOR) as work:
            if isinstance(asked, CompareFigures):
                handlers.compare_figures(work, asked)
            else:
                handlers.figures(work, asked)
        return time.monotonic() - began

    return median_of(once)
