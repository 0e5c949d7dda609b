"""The books compared in SQL, service by service: nothing lost, nothing twice, and everybody at the same end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, text

from services.evaluation import store
from services.evaluation.domain import points
from services.kit.db import Database
from services.kit.migrate import SERVICES
from tests.chaos.loop import Acknowledged

SHOWN = 5

RECEIVED = " UNION ALL ".join(
    f"SELECT '{service}' AS service, routing_key, message_id, state FROM {service}.inbox"
    for service in SERVICES
)

WAITING = " UNION ALL ".join(
    f"SELECT '{service} outbox', count(*) FROM {service}.outbox UNION ALL"
    f" SELECT '{service} inbox', count(*) FROM {service}.inbox WHERE state = 'retry'"
    for service in SERVICES
)

UNLIKE = """
    SELECT order_id, task_id, i.state, t.state AS task FROM intake.orders i
    FULL JOIN dispatch.orders d USING (order_id, task_id) FULL JOIN dispatch.tasks t USING (task_id)
    WHERE i.state IS DISTINCT FROM t.state OR t.state <> 'closed'"""

UNHEARD = f"""
    WITH received AS ({RECEIVED})
    SELECT service, routing_key, message_id FROM (SELECT DISTINCT routing_key, message_id FROM received) told
    JOIN (SELECT DISTINCT service, routing_key FROM received) listening USING (routing_key)
    LEFT JOIN received USING (service, routing_key, message_id) WHERE received.state IS NULL"""

MESSAGES = """
    SELECT e.message_id, a.account FROM intake.entries e JOIN intake.orders o USING (order_id)
    JOIN dispatch.tasks t ON t.task_id = o.task_id
    CROSS JOIN LATERAL (
        SELECT h.account_id FROM notify.holders h
        WHERE h.held AND h.role = 'liaison' AND h.node = o.community_code
            AND e.step IN ('order_collected', 'task_accepted', 'task_answered')
        UNION SELECT o.placed_by
        WHERE e.step IN ('task_registered', 'task_accepted', 'task_started', 'task_answered', 'task_verified',
            'task_published', 'task_closed')
        UNION SELECT t.member_id WHERE e.step = 'task_closed'
    ) a (account) WHERE a.account IS NOT NULL AND a.account IS DISTINCT FROM e.by"""

FINDINGS = {
    "acknowledged, but not in intake": "SELECT order_id FROM acknowledged EXCEPT SELECT order_id FROM intake.orders",
    "in intake, but never acknowledged": "SELECT order_id FROM intake.orders EXCEPT SELECT order_id FROM acknowledged",
    **{
        f"not the same orders in intake and {service}": f"""
            SELECT order_id, i.order_id IS NULL AS not_in_intake FROM intake.orders i
            FULL JOIN {service}.orders o USING (order_id) WHERE i.order_id IS NULL OR o.order_id IS NULL"""
        for service in ("dispatch", "evaluation", "notify")
    },
    "an order with two tasks, or a task without order": """
        SELECT t.task_id FROM dispatch.tasks t LEFT JOIN dispatch.orders o ON o.own_task_id = t.task_id
        GROUP BY t.task_id HAVING count(o.order_id) <> 1""",
    "not closed, or another end in intake than in dispatch": UNLIKE,
    "another end in evaluation": """
        SELECT DISTINCT ON (order_id) order_id, state FROM evaluation.order_steps
        WHERE (order_id, sequence) IN (SELECT order_id, max(sequence) FROM evaluation.order_steps GROUP BY order_id)
            AND state <> 'closed'""",
    "a step missing from the history, or there twice": """
        SELECT t.task_id, t.sequence, count(e.sequence), count(DISTINCT e.sequence), max(e.sequence)
        FROM dispatch.tasks t LEFT JOIN intake.entries e ON e.task_id = t.task_id
        GROUP BY t.task_id, t.sequence
        HAVING count(e.sequence) <> t.sequence OR count(DISTINCT e.sequence) <> t.sequence""",
    "other steps in evaluation than in intake": """
        SELECT e.order_id, e.sequence, e.step, s.kind FROM intake.entries e
        FULL JOIN evaluation.order_steps s ON (s.order_id, s.sequence) = (e.order_id, e.sequence)
            AND e.step IN ('task_' || s.kind, 'offer_' || s.kind, 'order_' || s.kind)
        WHERE (e.step IS NULL OR s.kind IS NULL) AND (e.sequence IS NOT NULL OR s.sequence IS NOT NULL)
            AND COALESCE(e.step, '') NOT IN
                ('task_opened', 'task_started', 'task_urged', 'task_warned', 'task_escalated',
                    'task_raised', 'task_handed_down')""",
    "an event that one service has heard of and another has not": UNHEARD,
    "a message parked or put off": f"SELECT * FROM ({RECEIVED}) received WHERE state <> 'done'",
    "a step in intake's history that its inbox has not, or the other way round": """
        SELECT e.message_id, i.message_id AS received FROM (SELECT * FROM intake.entries WHERE task_id IS NOT NULL) e
        FULL JOIN (SELECT * FROM intake.inbox WHERE routing_key LIKE 'dispatch.%') i USING (message_id)
        WHERE e.message_id IS NULL OR i.message_id IS NULL""",
    "people who were not told": f"{MESSAGES} EXCEPT SELECT told_id, recipient FROM notify.messages",
    "people told twice": """
        SELECT order_id, recipient, kind, count(*) FROM notify.messages
        WHERE kind IN ('intake.order_collected', 'dispatch.task_registered', 'dispatch.task_answered',
            'dispatch.task_verified', 'dispatch.task_published', 'dispatch.task_closed')
        GROUP BY 1, 2, 3 HAVING count(*) > 1""",
    "points that nobody was told of, or told of twice": """
        SELECT holder, booked, told FROM
            (SELECT holder_id AS holder, count(*) AS booked FROM evaluation.ledger GROUP BY 1) l
        FULL JOIN (SELECT recipient AS holder, count(*) AS told FROM notify.messages
            WHERE kind = 'evaluation.points_awarded' GROUP BY 1) m USING (holder)
        WHERE booked IS DISTINCT FROM told""",
    "an order that was not rated": "SELECT order_id FROM acknowledged EXCEPT SELECT order_id FROM evaluation.ratings",
    "a follow-up lost or recorded twice": """
        SELECT order_id, a.follow_up_id, f.follow_up_id AS found FROM
            (SELECT * FROM acknowledged WHERE follow_up_id IS NOT NULL) a
        FULL JOIN evaluation.follow_ups f USING (order_id)
        WHERE a.follow_up_id IS DISTINCT FROM f.follow_up_id""",
}


def waiting(engine: Engine) -> dict[str, int]:
    """What is still under way, by place; empty when all outboxes and inboxes are, and no queue holds what others have heard."""
    with engine.connect() as db:
        found = {place: count for place, count in db.execute(text(WAITING)).all() if count}
        # The dearest last: it looks at all that was ever told.
        if not found and (unheard := len(db.execute(text(UNHEARD)).all())):
            found["broker"] = unheard
        return found


def unlike(engine: Engine) -> int:
    """How many orders are not closed, or not everywhere."""
    with engine.connect() as db:
        found: int = db.execute(text(f"SELECT count(*) FROM ({UNLIKE}) unlike")).scalar_one()
        return found


def findings(engine: Engine, acknowledged: Sequence[Acknowledged]) -> dict[str, list[Any]]:
    """What is wrong, by kind, the first few of each; empty when all is well."""
    found: dict[str, list[Any]] = {}
    with engine.connect() as db:
        db.execute(text("CREATE TEMPORARY TABLE acknowledged (order_id text PRIMARY KEY, follow_up_id text)"))
        db.execute(
            text("INSERT INTO acknowledged VALUES (:order_id, :follow_up_id)"),
            [{"order_id": each.order_id, "follow_up_id": each.follow_up_id} for each in acknowledged],
        )
        for name, query in FINDINGS.items():
            rows = db.execute(text(query)).all()
            if rows:
                found[f"{name} ({len(rows)})"] = [tuple(row) for row in rows[:SHOWN]]
        db.rollback()
    return found


def wrong_points(url: str, acknowledged: Sequence[Acknowledged]) -> list[str]:
    """Orders whose ledger entries do not add up to what their facts are worth."""
    database, wrong = Database(url, "evaluation"), []
    with database.transaction() as db:
        for each in acknowledged:
            facts = store.facts_of(db, each.order_id)
            if facts is None or points.due(facts) != store.booked_for(db, each.order_id):
                wrong.append(each.order_id)
    database.close()
    return wrong
