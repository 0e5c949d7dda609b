"""A city in which every service, the gateway, and some standby relays are processes of their own."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import requests

from services.kit.migrate import SERVICES
from tests.city import OPERATOR, City, Person, furnish, settings_of
from tests.integration.kit.process import Process
from tests.metrics import metric
from tests.waiting import PATIENCE, free_port, until

GATEWAY = "gateway"
STOP_SECONDS = 20


class Fleet:
    """``processes`` by name: the services, ``gateway``, and ``relay-<service>`` for each of ``standbys``."""

    def __init__(
        self, folder: Path, *, amqp_uri: str, database_url: str, standbys: Sequence[str] = ()
    ) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.environment = settings_of(amqp_uri, database_url, port)
        furnish(database_url, {**os.environ, **self.environment})
        self.processes = {
            name: self._process(folder, name, "serve", name) for name in (*SERVICES, GATEWAY)
        } | {f"relay-{name}": self._process(folder, f"relay-{name}", "relay", name) for name in standbys}

    def start(self, *names: str) -> None:
        """Start the named processes (all, if none is named) and wait until they are ready."""
        chosen = names or tuple(self.processes)
        for name in chosen:
            self.processes[name].start()
        for name in chosen:
            until(lambda name=name: self.is_ready(name), f"{name} to be ready", seconds=2 * PATIENCE)  # type: ignore[misc]

    def is_ready(self, name: str) -> bool:
        """A relay alone has no page to ask, so it counts as ready once it runs."""
        assert self.processes[name].alive, f"{name} ended:\n{self.processes[name].said()[-4000:]}"
        port = self.port_of(name)
        if port is None:
            return True
        try:
            return requests.get(f"http://127.0.0.1:{port}/readyz", timeout=5).ok
        except requests.RequestException:
            return False

    def listens(self, name: str) -> bool:
        """Whether the process has come as far as opening its port; a relay alone has none."""
        port = self.port_of(name)
        if port is None:
            return self.processes[name].alive
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", int(port))) == 0

    def port_of(self, name: str) -> str | None:
        return self.environment.get(f"SANDAN_{name.upper()}_HTTP_PORT")

    def metric(self, name: str, sample: str, **labels: str) -> float:
        """The sum of a metric's samples in one process; 0 if the process does not answer."""
        try:
            return metric(f"http://127.0.0.1:{self.port_of(name)}", sample, labels, timeout=2)
        except requests.RequestException:
            return 0.0

    def city(self) -> City:
        city = City(self.url, Person(self.url))
        city.operator = city.sign_in(OPERATOR)
        return city

    def stop(self) -> dict[str, int]:
        """SIGTERM to all at once; their exit statuses."""
        for process in self.processes.values():
            process.signal(signal.SIGTERM)
        return {name: process.wait(STOP_SECONDS) for name, process in self.processes.items()}

    def end(self) -> None:
        for process in self.processes.values():
            process.kill()

    def _process(self, folder: Path, name: str, *arguments: str) -> Process:
        return Process(folder / f"{name}.log", *arguments, environment=self.environment)


@contextmanager
def running_fleet(
    folder: Path, *, amqp_uri: str, database_url: str, standbys: Sequence[str] = ()
) -> Iterator[Fleet]:
    """Everything started and ready; nothing of it runs afterwards."""
    fleet = Fleet(folder, amqp_uri=amqp_uri, database_url=database_url, standbys=standbys)
    try:
        fleet.start()
        yield fleet
    finally:
        fleet.end()
