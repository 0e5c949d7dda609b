"""The event catalogue: docs/events.md, made from the contracts and the services' handlers."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import sys
from pathlib import Path

from services.kit.envelope import Event
from services.kit.migrate import SERVICES
from services.kit.topology import listens_to

CATALOGUE = Path("docs/events.md")

HEAD = """# Event catalogue

Generated from `services/*/contracts.py` by `make catalogue`; CI checks that it is fresh. Every event travels in an envelope
(`services/kit/envelope.py`): `id`, `type`, `version`, `occurred_at`, `aggregate`, `sequence`, `correlation`, `causation`,
`body`. Routing key: `<type>.v<version>` on the topic exchange `sandan.events`.
"""


def events_of(service: str) -> list[type[Event]]:
    """All events that a service publishes, in the order in which its contracts tell them."""
    contracts = importlib.import_module(f"services.{service}.contracts")
    found = [
        each
        for each in vars(contracts).values()
        if inspect.isclass(each)
        and issubclass(each, Event)
        and each.__module__.startswith(contracts.__name__)
        and not each.type.endswith("*")
    ]
    return sorted(found, key=lambda event: inspect.getsourcelines(event)[1])


def heard_by() -> dict[str, list[str]]:
    """Routing key → the services that have a handler for it."""
    found: dict[str, list[str]] = {}
    for service in SERVICES:
        for key in listens_to(service):
            found.setdefault(key, []).append(service)
    return found


def render() -> str:
    listeners = heard_by()
    parts = [HEAD]
    for service in SERVICES:
        events = events_of(service)
        if not events:
            continue
        parts.append(f"## {service}\n")
        for event in events:
            parts.append(f"### `{event.type}` v{event.version}\n")
            parts.append(f"{inspect.getdoc(event)}\n")
            parts.append(f"Heard by: {', '.join(listeners.get(event.routing_key(), [])) or 'nobody yet'}.\n")
            parts.append("| field | type |\n|---|---|")
            parts.extend(
                f"| `{field.name}` | `{field.type}` |".replace(" | None`", " or None`")
                for field in _fields(event)
            )
            parts.append("")
    return "\n".join(parts)


def write_or_check(*, check: bool) -> int:
    """Write the catalogue, or compare it (exit status 1 and one line when it is stale)."""
    text = render()
    if not check:
        CATALOGUE.parent.mkdir(exist_ok=True)
        CATALOGUE.write_text(text, encoding="utf-8")
        return 0
    if CATALOGUE.exists() and CATALOGUE.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write(f"{CATALOGUE} is stale: run `make catalogue`\n")
    return 1


def _fields(event: type[Event]) -> tuple[dataclasses.Field[object], ...]:
    return dataclasses.fields(event)
