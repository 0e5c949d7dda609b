"""The other reference: plain nameko with its default settings, HTTP → RPC, doing the same transaction; and an echo.

``nameko run tests.bench.plain:Front`` and ``…:Back`` are two processes, as the gateway and intake are.
"""

from __future__ import annotations

import json
import os
import time
from typing import Any

import eventlet
from nameko.extensions import DependencyProvider
from nameko.rpc import ServiceRpc, rpc
from nameko.web.handlers import http
from werkzeug.wrappers import Request

from tests.bench.limit import Desk


class DeskProvider(DependencyProvider):
    def start(self) -> None:
        self.desk = Desk(os.environ["DATABASE_URL"])

    def get_dependency(self, worker_ctx: Any) -> Desk:
        return self.desk


class Back:
    name = "plain_back"
    desk = DeskProvider()

    @rpc
    def place(self, told: dict[str, Any]) -> dict[str, str]:
        return self.desk.take_in(told)

    @rpc
    def echo(self, told: dict[str, Any]) -> dict[str, Any]:
        return told


class Front:
    name = "plain_front"
    back = ServiceRpc("plain_back")

    @http("POST", "/orders")
    def place(self, request: Request) -> tuple[int, dict[str, str], str]:
        placed = self.back.place(json.loads(request.get_data()))
        return 201, {"Content-Type": "application/json"}, json.dumps(placed)

    @http("GET", "/echoes/<int:seconds>/<int:askers>")
    def echoes(self, request: Request, seconds: int, askers: int) -> str:
        """Asks per second of ``askers`` at once."""
        end, counts = time.monotonic() + seconds, [0] * askers

        def keep_asking(asker: int) -> None:
            while time.monotonic() < end:
                self.back.echo({"words": "回声"})
                counts[asker] += 1

        pool = eventlet.GreenPool(askers)
        for asker in range(askers):
            pool.spawn(keep_asking, asker)
        pool.waitall()
        return json.dumps({"per_second": sum(counts) / seconds})
