"""Runs services in this process until SIGTERM or SIGINT, then stops them in order, within the deadline.

Import this module only after eventlet has patched the standard library (``services.kit.__main__`` does).
"""

from __future__ import annotations

import gc
import logging
import os
import signal
from collections.abc import Callable, Sequence
from typing import Any

import eventlet
from eventlet.event import Event as Signal
from nameko import config
from nameko.containers import ServiceContainer

from services.kit import logs
from services.kit.settings import Settings, SettingsError
from services.kit.topology import service_class
from services.kit.workshop import Workshop

log = logging.getLogger(__name__)


class Runner:
    """Starts containers together and stops them together."""

    def __init__(self, classes: list[Any], deadline: float) -> None:
        self._died = False
        # A greenlet costs little; what bounds parallel work is the number of database connections.
        config["max_workers"] = Settings.load(classes[0].name).max_workers
        self.containers = [ServiceContainer(each) for each in classes]
        self.deadline = deadline
        self._told = Signal()

    def start(self) -> None:
        for container in self.containers:
            container.start()
        for workshop in self._workshops():
            workshop.started = True

    def tell_to_stop(self, *_signal: object) -> None:
        if not self._told.ready():
            self._told.send()

    def wait(self) -> int:
        """Returns the exit status: 0 after an orderly stop, 1 if a container died or the deadline passed."""
        deaths = [eventlet.spawn(self._watch, container) for container in self.containers]
        self._told.wait()
        for death in deaths:
            death.kill()
        for workshop in self._workshops():
            workshop.draining = True
        try:
            with eventlet.Timeout(self.deadline):
                for stopping in [eventlet.spawn(each.stop) for each in self.containers]:
                    stopping.wait()
        except eventlet.Timeout:
            log.error("not stopped within %.0f s; leaving at once", self.deadline)  # noqa: TRY400 - no trace helps
            return 1
        return 1 if self._died else 0

    def _workshops(self) -> list[Workshop]:
        extensions = [each for container in self.containers for each in container.subextensions]
        return [each for each in extensions if isinstance(each, Workshop)]

    def _watch(self, container: ServiceContainer) -> None:
        try:
            container.wait()
        except Exception:
            log.exception("%s died", container.service_name)
        self._died = True
        self.tell_to_stop()


def settle() -> None:
    """Collect garbage from now on, but never look again at what the start has made."""
    gc.freeze()
    gc.enable()


def load_all(names: list[str], checks: Sequence[Callable[[], None]] = ()) -> list[Settings]:
    """The settings of several services, and ``checks`` of what they look up besides; raises SettingsError with all faults."""
    found, faults = [], []
    for check in checks:
        try:
            check()
        except SettingsError as wrong:
            faults += wrong.faults
    for name in names:
        try:
            found.append(Settings.load(name))
        except SettingsError as wrong:
            faults += wrong.faults
    if faults:
        raise SettingsError(faults)
    return found


def serve(names: list[str]) -> int:
    """Run the named services until told to stop; returns the exit status."""
    classes = [service_class(name) for name in names]
    settings = load_all([each.name for each in classes], [each.check_settings for each in classes])[0]
    logs.configure(settings.log)
    runner = Runner(classes, settings.stop_deadline)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: eventlet.spawn_n(runner.tell_to_stop))
    runner.start()
    settle()
    log.info("serving %s", ", ".join(names), extra={"pid": os.getpid()})
    return runner.wait()
