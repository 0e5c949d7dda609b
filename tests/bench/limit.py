"""The limit: one eventlet process that does nothing but the transaction of an order: ``python -m tests.bench.limit``.

Three rows (order, first entry, event) and a commit, through psycopg2 with a handful of connections; no checks, no keys,
no sealing. ``take_in`` is also what the reference of plain nameko does.
"""

# ruff: noqa: E402 - eventlet must patch the standard library before anything else is imported
import eventlet

eventlet.monkey_patch()

from psycogreen.eventlet import patch_psycopg

patch_psycopg()

import json
import os
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import psycopg2
from eventlet import wsgi
from eventlet.queue import LifoQueue

from services.kit.ids import new_id

CONNECTIONS = 8

ORDER = """INSERT INTO intake.orders (order_id, code, community_code, place, channel, category, words, photos,
    emergency, private, collected_at, changed_at, sequence, state)
    VALUES (%s, %s, %s, %s, %s, %s, %s, '{}', false, false, %s, %s, 1, 'collected')"""
ENTRY = """INSERT INTO intake.entries (order_id, message_id, step, at, photos, facts)
    VALUES (%s, %s, 'order_collected', %s, '{}', '{}')"""
EVENT = """INSERT INTO intake.outbox (message_id, routing_key, body, written_at)
    VALUES (%s, 'intake.order_collected.v1', %s, %s)"""


class Desk:
    """A few open connections to the database."""

    def __init__(self, url: str) -> None:
        self._free: LifoQueue = LifoQueue()
        for _ in range(CONNECTIONS):
            self._free.put(psycopg2.connect(url.replace("+psycopg2", "")))

    def take_in(self, told: dict[str, Any]) -> dict[str, str]:
        order_id, message_id, now = new_id(), new_id(), datetime.now(UTC)
        place = told["community_code"]
        event = json.dumps({"id": message_id, "order_id": order_id, "community_code": place}).encode()
        connection = self._free.get()
        try:
            with connection, connection.cursor() as cursor:
                order = (order_id, order_id, place, place, told["channel"], told["category"], told["words"])
                cursor.execute(ORDER, (*order, now, now))
                cursor.execute(ENTRY, (order_id, message_id, now))
                cursor.execute(EVENT, (message_id, event, now))
        finally:
            self._free.put(connection)
        return {"order_id": order_id}


def app_of(desk: Desk) -> Callable[..., Iterable[bytes]]:
    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        told = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        body = json.dumps(desk.take_in(told)).encode()
        start_response(
            "201 Created", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        )
        return [body]

    return app


if __name__ == "__main__":
    sock = eventlet.listen(("127.0.0.1", int(sys.argv[1])))
    wsgi.server(sock, app_of(Desk(os.environ["DATABASE_URL"])), log_output=False)
