"""The gateway as a process: one HTTP entrypoint in front of the table of routes."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from eventlet import tpool
from nameko.extensions import DependencyProvider
from werkzeug.wrappers import Request, Response

from gateway.accept import Accept
from gateway.app import App
from gateway.desk import Desk
from gateway.live.topics import HEARD
from gateway.pictures import picture_of
from services.kit.envelope import Envelope, Event
from services.kit.overhearing import overhears
from services.kit.rpc import RpcConnection
from services.kit.service import Front
from services.kit.web import http
from services.kit.workshop import Workshop

METHODS = "GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS"


P = ParamSpec("P")
R = TypeVar("R")


def _aside(work: Callable[P, R]) -> Callable[P, R]:
    """What computes for long, in a thread of its own, so that others are answered meanwhile."""

    def in_thread(*args: P.args, **kwargs: P.kwargs) -> R:
        found: R = tpool.execute(work, *args, **kwargs)
        return found

    return in_thread


class AppProvider(DependencyProvider):
    """The process's one app, so that what it remembers outlives a request."""

    connection = RpcConnection()
    workshop = Workshop()
    app: App | None = None

    def start(self) -> None:
        self.workshop.at_drain.append(lambda: self.get_dependency(None).end_streams())
        self.workshop.at_gap.append(lambda: self.get_dependency(None).missed())

    def get_dependency(self, worker_ctx: object) -> App:  # noqa: ARG002 - nameko's signature
        if self.app is None:
            settings, rpc = self.workshop.settings, self.connection.rpc
            self.app = App(
                Desk(
                    asks=rpc,
                    accepts=Accept(settings.intake_url or "", settings.actor_key),
                    simulated=settings.simulated_time,
                    catcher=settings.catcher,
                    proxies=settings.proxies,
                    public_url=settings.public_url,
                    hotline=settings.hotline,
                    photos=settings.photos,
                    develop=_aside(picture_of),
                )
            )
        return self.app


class Gateway(Front):
    """The front door: what it answers is in ``gateway.routes`` and ``gateway.web.pages``."""

    name = "gateway"
    app: App = AppProvider()

    @http(METHODS, "/")
    @http(METHODS, "/<path:path>")
    def answer(self, request: Request, path: str = "") -> Response:  # noqa: ARG002 - the app has its own table
        return self.app.answer(request)

    @overhears(*HEARD)
    def overhear(self, told: Envelope[Event]) -> None:
        self.app.overhear(told.body)


SERVICE = Gateway
