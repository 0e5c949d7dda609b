"""An echo over the kit's asks, and a front that asks it: the two halves of the RPC measurement."""

from __future__ import annotations

import time
from dataclasses import dataclass

import eventlet
import msgspec
from werkzeug.wrappers import Request

from services.kit.asking import Ask
from services.kit.rpc import TIMEOUT, Rpc, RpcProvider
from services.kit.service import Front, Service, answers
from services.kit.web import http
from services.kit.work import Work


@dataclass(frozen=True, kw_only=True)
class Echoed:
    words: str


@dataclass(frozen=True, kw_only=True)
class Echo(Ask[Echoed], service="echo"):
    words: str


class Echoing(Service):
    name = "echo"

    @answers(Echo)
    def echo(self, work: Work, ask: Echo) -> Echoed:
        return Echoed(words=ask.words)


class Asking(Front):
    """Has the gateway's name, and like it no database."""

    name = "gateway"
    rpc: Rpc = RpcProvider()

    @http("GET", "/echoes/<int:seconds>/<int:askers>")
    def echoes(self, request: Request, seconds: int, askers: int) -> str:
        """Asks per second of ``askers`` at once, and the longest wait. An ask over its time fails the request."""
        end, waits = time.monotonic() + seconds, []

        def keep_asking() -> None:
            while (asked_at := time.monotonic()) < end:
                self.rpc.ask(Echo(words="回声"), timeout=TIMEOUT)
                waits.append(time.monotonic() - asked_at)

        pool = eventlet.GreenPool(askers)
        for asker in [pool.spawn(keep_asking) for _ in range(askers)]:
            asker.wait()
        return msgspec.json.encode({"per_second": len(waits) / seconds, "longest": max(waits)}).decode()


SERVICE = Echoing
