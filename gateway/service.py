"""The gateway as a process: one HTTP entrypoint in front of the table of routes."""

from __future__ import annotations

from nameko.extensions import DependencyProvider
from werkzeug.wrappers import Request, Response

from gateway.accept import Accept
from gateway.app import App
from gateway.desk import Desk
from services.kit.rpc import RpcConnection
from services.kit.service import Front
from services.kit.web import http
from services.kit.workshop import Workshop

METHODS = "GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS"


class AppProvider(DependencyProvider):
    """The process's one app, so that what it remembers outlives a request."""

    connection = RpcConnection()
    workshop = Workshop()
    app: App | None = None

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


SERVICE = Gateway
