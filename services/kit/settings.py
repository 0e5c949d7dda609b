"""Settings from the environment. A wrong or missing one stops the process at its start, with one line per fault."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from services.kit.blobs import Blobs, blobs_at

KEY_BYTES = 32

N = TypeVar("N", int, float)


class SettingsError(SystemExit):
    """Raised with all faults at once; a command line prints them as one line each and exits with status 2."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


DATABASE_POOL = 8


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What one service needs to know of its surroundings.

    Each name is looked up as ``SANDAN_<SERVICE>_<NAME>`` first, then as ``SANDAN_<NAME>`` (DATABASE_URL, AMQP_URI and
    HTTP_PORT: without a prefix), so that one process can host several services. ``proxies`` is how many proxies of ours
    stand in front of the gateway: only what they add to X-Forwarded-For and X-Forwarded-Proto is believed.
    ``cheap_passwords`` are hashed as good as not at all, which is for cities of invented people. ``public_url`` is where
    phones find the gateway (empty: where it was asked), ``hotline`` the number to call instead of using it; both stand on
    what is printed. ``database_pool`` connections are kept open; two more are for moments. ``photos`` is where pictures are
    kept (see ``kit.blobs``); without it none are taken.
    """

    service: str
    database_url: str | None
    amqp_uri: str
    http_host: str
    http_port: int
    actor_key: bytes
    field_key: bytes | None
    intake_url: str | None
    photos: Blobs | None
    proxies: int
    public_url: str
    hotline: str
    simulated_time: bool
    cheap_passwords: bool
    catcher: bool
    log: str
    max_workers: int
    database_pool: int
    stop_deadline: float

    @classmethod
    def load(cls, service: str, environ: Mapping[str, str] | None = None) -> Settings:
        """Read and check the settings of ``service`` (``gateway`` has no database). Raises SettingsError."""
        look = Lookup(service, os.environ if environ is None else environ)
        settings = cls(
            service=service,
            database_url=None if service == "gateway" else look.url("DATABASE_URL", "postgres"),
            amqp_uri=look.url("AMQP_URI", "amqp", "membus"),
            http_host=look.text("HTTP_HOST", "0.0.0.0"),  # noqa: S104 - in a container the service listens on all
            http_port=look.number("HTTP_PORT", 8000, int, most=65_535),
            actor_key=look.key("ACTOR_KEY"),
            field_key=look.key("FIELD_KEY") if service in {"intake", "members", "notify"} else None,
            intake_url=look.url("INTAKE_URL", "http") if service == "gateway" else None,
            photos=look.blobs("PHOTOS") if service in {"gateway", "intake"} else None,
            proxies=look.number("PROXIES", 0, int),
            public_url=look.text("PUBLIC_URL", "").rstrip("/"),
            hotline=look.text("HOTLINE", ""),
            simulated_time=look.switch("SIMULATED_TIME", default=False),
            cheap_passwords=look.switch("CHEAP_PASSWORDS", default=False),
            catcher=look.switch("CATCHER", default=False),
            log=look.choice("LOG", "json", "text"),
            max_workers=look.number("MAX_WORKERS", 64, int, least=1),
            database_pool=look.number("DATABASE_POOL", DATABASE_POOL, int, least=2),
            stop_deadline=look.number("STOP_DEADLINE", 10.0, float),
        )
        if settings.cheap_passwords and not settings.simulated_time:
            look.faults.append(
                f"{service}: SANDAN_CHEAP_PASSWORDS protects nobody, and is for simulated time alone"
            )
        if look.faults:
            raise SettingsError(look.faults)
        return settings


class Lookup:
    """Reads values and collects what is wrong with them."""

    def __init__(self, service: str, environ: Mapping[str, str]) -> None:
        self.service = service
        self.environ = environ
        self.faults: list[str] = []

    def text(self, name: str, default: str | None = None) -> str:
        for candidate in (f"SANDAN_{self.service.upper()}_{name}", self._name(name)):
            if value := self.environ.get(candidate):
                return value
        if default is None:
            self.faults.append(f"{self.service}: {self._name(name)} is not set")
            return ""
        return default

    def url(self, name: str, *schemes: str) -> str:
        value = self.text(name)
        if value and not urlsplit(value).scheme.startswith(schemes):
            self.faults.append(f"{self.service}: {self._name(name)} must begin with {' or '.join(schemes)}")
        return value

    def number(
        self, name: str, default: N, kind: Callable[[str], N], *, least: float = 0, most: float = math.inf
    ) -> N:
        value = self.text(name, str(default))
        try:
            found = kind(value)
        except ValueError:
            found = default
            self.faults.append(f"{self.service}: {self._name(name)} must be a number, not {value!r}")
        if not least <= found <= most:
            bounds = f"at least {least}" if most == math.inf else f"from {least} to {most}"
            self.faults.append(f"{self.service}: {self._name(name)} must be {bounds}, not {value}")
        return found

    def key(self, name: str) -> bytes:
        value = self.text(name)
        try:
            found = bytes.fromhex(value)
        except ValueError:
            found = b""
        if value and len(found) != KEY_BYTES:
            self.faults.append(f"{self.service}: {self._name(name)} must be 64 hexadecimal digits (32 bytes)")
        return found

    def blobs(self, name: str) -> Blobs | None:
        """The storage whose URL is set, with the keys beside it (``<NAME>_KEY_ID``, ``<NAME>_KEY``, ``<NAME>_REGION``)."""
        url = self.text(name, "")
        if not url:
            return None
        try:
            return blobs_at(
                url,
                key_id=self.text(f"{name}_KEY_ID", ""),
                secret=self.text(f"{name}_KEY", ""),
                region=self.text(f"{name}_REGION", "us-east-1"),
            )
        except ValueError as wrong:
            self.faults.append(f"{self.service}: {self._name(name)} {wrong}")
            return None

    def switch(self, name: str, *, default: bool) -> bool:
        return self.choice(name, "on" if default else "off", "off" if default else "on") == "on"

    def choice(self, name: str, default: str, *others: str) -> str:
        value = self.text(name, default)
        if value not in (default, *others):
            self.faults.append(
                f"{self.service}: {self._name(name)} must be one of {default}, {', '.join(others)}"
            )
        return value

    def _name(self, name: str) -> str:
        return name if name in {"DATABASE_URL", "AMQP_URI", "HTTP_PORT"} else f"SANDAN_{name}"
