"""HTTP on nameko's web server, with a graceful stop, and the pages every process has: /healthz, /readyz, /metrics."""

from __future__ import annotations

import json
import logging
import socket
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import parse_qs

import eventlet
from nameko.extensions import DependencyProvider
from nameko.web.handlers import HttpRequestHandler
from nameko.web.server import BindAddress
from nameko.web.server import WebServer as NamekoWebServer
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from services.kit import logs, metrics
from services.kit.workshop import Workshop

log = logging.getLogger(__name__)

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
LAG_EVERY = 1.0
STREAM = "sandan.stream"
"""Set in the environment of a request whose answer goes on until somebody ends it: it has no time of its own to measure."""


class WebServer(NamekoWebServer):
    """Listens on the settings' port; ``drain`` stops accepting and returns when every started answer is out.

    A connection has a greenlet of its own and takes no worker, so that answers that go on keep no others waiting.
    """

    workshop = Workshop()

    def __init__(self) -> None:
        super().__init__()
        self._active = 0
        self._is_accepting: bool = True

    @property
    def bind_addr(self) -> BindAddress:
        settings = self.workshop.settings
        return BindAddress(settings.http_host, settings.http_port)

    def start(self) -> None:
        if not self._starting:
            self.container.spawn_managed_thread(self._measure_lag, "hub lag")
        super().start()

    def get_wsgi_server(self, sock: Any, wsgi_app: WsgiApp, **options: Any) -> Any:
        server = super().get_wsgi_server(sock, wsgi_app, **options)
        server.log_output = False
        # What an answer yields is sent; by default some kilobytes are gathered first, which may take a stream for ever.
        server.minimum_chunk_size = 1
        return server

    def get_wsgi_app(self) -> WsgiApp:
        return self._counted(self._with_probes(super().get_wsgi_app()))

    def drain(self) -> None:
        if not self._is_accepting:
            return
        self._is_accepting = False
        self._gt.kill()
        self._sock.close()
        for end in self.workshop.at_drain:
            end()
        while self._active:
            eventlet.sleep(0.01)

    def stop(self) -> None:
        self.drain()
        self.wait_for_providers()

    def _counted(self, app: WsgiApp) -> WsgiApp:
        def counted(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            self._active += 1
            started = time.perf_counter()
            status = ["500"]

            def start(line: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
                status[0] = line[:3]
                if not self._is_accepting:
                    headers.append(("Connection", "close"))
                return start_response(line, headers, *exc_info)

            try:
                yield from app(environ, start)
            finally:
                self._active -= 1
                elapsed = time.perf_counter() - started
                if STREAM not in environ:
                    metrics.HTTP_SECONDS.labels(self.container.service_name, status[0]).observe(elapsed)

        return counted

    def _with_probes(self, app: WsgiApp) -> WsgiApp:
        probes = {"/healthz": self._healthz, "/readyz": self._readyz, "/metrics": self._metrics}

        def routed(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            probe = probes.get(environ["PATH_INFO"])
            if probe is None:
                return app(environ, start_response)
            status, content_type, body = probe(environ.get("QUERY_STRING", ""))
            start_response(status, [("Content-Type", content_type), ("Content-Length", str(len(body)))])
            return [body]

        return routed

    def _healthz(self, _query: str) -> tuple[str, str, bytes]:
        # That this runs at all says that the hub is alive.
        return "200 OK", "application/json", b'{"status": "alive"}'

    def _readyz(self, query: str) -> tuple[str, str, bytes]:
        """``?without=broker`` asks for the rest: orders are taken in while the broker is away, so its being away is no
        reason to send the residents elsewhere.
        """
        without = parse_qs(query).get("without", [])
        faults = {part: fault for part, fault in self.workshop.faults().items() if part not in without}
        body = json.dumps({"status": "not ready" if faults else "ready", "faults": faults}).encode()
        return "503 Service Unavailable" if faults else "200 OK", "application/json", body

    def _metrics(self, _query: str) -> tuple[str, str, bytes]:
        return "200 OK", CONTENT_TYPE_LATEST, generate_latest()

    def _measure_lag(self) -> None:
        while True:
            due = time.monotonic() + LAG_EVERY
            eventlet.sleep(LAG_EVERY)
            metrics.HUB_LAG.labels(self.container.service_name).set(max(0.0, time.monotonic() - due))


def has_hung_up(environ: Mapping[str, Any]) -> bool:
    """Whether the one who asked has closed the connection, which nobody notices before the next line is sent to them."""
    asked = environ.get("eventlet.input")
    if asked is None:
        return False
    try:
        ended: bool = asked.get_socket().fd.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
    return ended


class Health(DependencyProvider):
    """Makes the web server run in a service that has no HTTP routes of its own."""

    server = WebServer()

    def start(self) -> None:
        self.server.start()

    def get_dependency(self, _worker_ctx: object) -> None:
        return None


class Http(HttpRequestHandler):
    """One HTTP route: ``@http("POST", "/orders")``; the method gets a werkzeug Request and the path's values."""

    server = WebServer()

    def handle_request(self, request: Any) -> Any:
        """In the connection's own greenlet: another worker beside it would cost more than most answers do."""
        request.shallow = False
        service = self.container.service_cls()
        for provider in self.container.dependencies:
            setattr(service, provider.attr_name, provider.get_dependency(None))
        try:
            act = getattr(service, self.method_name)
            return self.response_from_result(act(request, **request.path_values))
        except Exception as failure:
            log.exception("%s.%s failed", self.container.service_name, self.method_name)
            return self.response_from_exception(failure)
        finally:
            logs.unbind()

    def stop(self) -> None:
        self.server.drain()
        super().stop()


http = Http.decorator
