"""Virtual hosts for tests: through RabbitMQ's management API where it answers, else through rabbitmqctl.

The API is looked for in ``RABBITMQ_API_URL``, then at port 15672 of the broker's host. rabbitmqctl is tried for a
broker on this machine alone, since it speaks to the node of this machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import Protocol
from urllib.parse import quote, urlsplit

import requests

from services.kit.ids import new_id

API_PORT = 15672
PROBE_SECONDS = 5
CALL_SECONDS = 30
EVERYTHING = ".*"


class Vhosts(Protocol):
    """Makes and removes virtual hosts on one broker."""

    def add(self) -> str:
        """The URI of a new, empty virtual host in which our user may do everything."""

    def remove(self, uri: str) -> None:
        """Remove the virtual host with all its queues and connections."""


class ApiVhosts:
    """Through the management API (RabbitMQ 3.8 and newer)."""

    def __init__(self, amqp_uri: str, api_url: str) -> None:
        self.amqp_uri = amqp_uri
        self.api_url = api_url.rstrip("/")
        self._login = _login_of(amqp_uri)

    def add(self) -> str:
        name = _new_name()
        rights = dict.fromkeys(("configure", "write", "read"), EVERYTHING)
        self._call("PUT", f"/api/vhosts/{name}")
        self._call("PUT", f"/api/permissions/{name}/{quote(self._login[0], safe='')}", rights)
        return _in_vhost(self.amqp_uri, name)

    def remove(self, uri: str) -> None:
        self._call("DELETE", f"/api/vhosts/{_name_in(uri)}")

    def answers(self) -> bool:
        try:
            answer = requests.get(f"{self.api_url}/api/whoami", auth=self._login, timeout=PROBE_SECONDS)
        except requests.RequestException:
            return False
        return answer.ok and "administrator" in answer.json()["tags"]

    def _call(self, method: str, path: str, body: dict[str, str] | None = None) -> None:
        answer = requests.request(
            method, self.api_url + path, json=body or {}, auth=self._login, timeout=CALL_SECONDS
        )
        answer.raise_for_status()


class CtlVhosts:
    """Through rabbitmqctl, for the node of this machine."""

    def __init__(self, amqp_uri: str) -> None:
        self.amqp_uri = amqp_uri

    def add(self) -> str:
        name = _new_name()
        _ctl("add_vhost", name)
        _ctl("set_permissions", "--vhost", name, _login_of(self.amqp_uri)[0], *[EVERYTHING] * 3)
        return _in_vhost(self.amqp_uri, name)

    def remove(self, uri: str) -> None:
        _ctl("delete_vhost", _name_in(uri))

    def answers(self) -> bool:
        if urlsplit(self.amqp_uri).hostname not in {"127.0.0.1", "::1", "localhost"}:
            return False
        if shutil.which("rabbitmqctl") is None:
            return False
        try:
            _ctl("list_vhosts")
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            return False
        return True


def vhosts_of(amqp_uri: str) -> Vhosts | None:
    """The way to make virtual hosts on that broker, or None if there is none."""
    by_default = f"http://{urlsplit(amqp_uri).hostname}:{API_PORT}"
    api = ApiVhosts(amqp_uri, os.environ.get("RABBITMQ_API_URL", by_default))
    if api.answers():
        return api
    ctl = CtlVhosts(amqp_uri)
    return ctl if ctl.answers() else None


def _ctl(*arguments: str) -> None:
    command = ["rabbitmqctl", "--quiet", *arguments]
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=CALL_SECONDS)


def _new_name() -> str:
    return f"sandan-test-{new_id()}"


def _name_in(uri: str) -> str:
    return urlsplit(uri).path.removeprefix("/")


def _in_vhost(uri: str, name: str) -> str:
    return urlsplit(uri)._replace(path=f"/{name}").geturl()


def _login_of(uri: str) -> tuple[str, str]:
    parts = urlsplit(uri)
    return parts.username or "guest", parts.password or "guest"
