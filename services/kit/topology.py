"""The queues of all services and what they listen to, made before anything is published, as tables are made before anything is
written: an event goes to the queues that there are, and a listener that came later would never hear of it.
"""

from __future__ import annotations

import importlib
import inspect
import os
from collections.abc import Iterable
from typing import Any

from services.kit.broker import connect, dead_queue, events_queue
from services.kit.settings import SettingsError


def service_class(name: str) -> Any:
    """``intake`` → the class in services.intake.service; ``package.module`` → its SERVICE."""
    module = name if "." in name else "gateway.service" if name == "gateway" else f"services.{name}.service"
    return importlib.import_module(module).SERVICE


def listens_to(name: str) -> list[str]:
    """The routing keys of the events for which the service has a handler."""
    methods = inspect.getmembers(service_class(name), inspect.isfunction)
    entries = [entry for _, method in methods for entry in getattr(method, "nameko_entrypoints", ())]
    return sorted(entry.event.routing_key() for entry in entries if hasattr(entry, "event"))


def declare(uri: str, names: Iterable[str]) -> None:
    """Make what is missing of the services' queues and bindings. Raises BrokerAwayError."""
    with connect(uri) as connection:
        channel = connection.channel()
        for name in names:
            if keys := listens_to(name):
                service = service_class(name).name
                for queue in (dead_queue(service), events_queue(service, keys)):
                    queue(channel).declare()


def broker_uri() -> str:
    """The broker's address from the environment; raises SettingsError when it is not set."""
    if found := os.environ.get("AMQP_URI"):
        return found
    raise SettingsError(["AMQP_URI is not set"])
