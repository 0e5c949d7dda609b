"""Starts everything in order, says where it is, and stops everything in order."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import eventlet
import requests
from eventlet.greenthread import GreenThread
from eventlet.support.greenlets import GreenletExit

from deploy.embedded import seed
from deploy.embedded.home import Home, HomeError
from deploy.embedded.postgres import Postgres, PostgresError
from deploy.embedded.ziyun.play import CITY
from deploy.embedded.ziyun.story import load
from services.kit import logs
from services.kit.db import Database
from services.kit.migrate import SERVICES, migrate
from services.kit.outcomes import Refused
from services.kit.run import Runner
from services.kit.settings import Settings
from services.kit.topology import declare, service_class
from services.kit.work import begin
from services.members.contracts import Slug
from services.members.handlers.accounts import open_operator
from services.members.handlers.passwords import hash_password

HOST = "127.0.0.1"
PROVINCE = "52"
READY_SECONDS = 120
HIGHEST_PORT = 65535
USAGE = 2

log = logging.getLogger(__name__)


def main() -> int:
    """Returns the exit status: 0 after Ctrl-C or SIGTERM, 2 when it cannot start."""
    environ = os.environ
    try:
        port = _port(environ.get("PORT") or "8000")
        home = Home(Path(environ.get("DATA") or "data").resolve(), reset=environ.get("RESET") == "1")
        return _with_postgres(home, port)
    except (HomeError, PostgresError) as failure:
        print(failure, file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        return 0


def _with_postgres(home: Home, port: int) -> int:
    if home.reset_wanted:
        Postgres(home.postgres, port=0, password="").stop_leftover()
        home.clear()
    keys = home.keys()
    postgres = Postgres(home.postgres, port=_free_port(), password=keys["database_password"])
    print(f"Data is kept in {home.folder}", flush=True)
    try:
        postgres.start()
        return _serve(home, port, keys, postgres.url)
    finally:
        postgres.stop()


def _serve(home: Home, port: int, keys: Mapping[str, str], database_url: str) -> int:
    os.environ.update(_settings(home, port, keys, database_url))
    logs.configure("text")
    # Stopping ends its threads, which it reports one by one as warnings.
    logging.getLogger("nameko.containers").setLevel(logging.ERROR)
    for service in SERVICES:
        migrate(service, database_url)
    declare(os.environ["AMQP_URI"], SERVICES)
    names = [*SERVICES, "gateway"]
    runner = Runner([service_class(name) for name in names], Settings.load("gateway").stop_deadline)

    def stop() -> None:
        print("Stopping …", flush=True)
        story.kill()
        runner.tell_to_stop()

    runner.start()
    story = eventlet.spawn(_live, home, port, database_url, keys["demo_password"])
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: eventlet.spawn_n(stop))
    failed = Failure(runner)
    story.link(failed)
    status = runner.wait()
    return 1 if failed.is_known else status


class Failure:
    """Called when the life of the city ends: it does so by being killed, or else it has failed and everything stops."""

    def __init__(self, runner: Runner) -> None:
        self.is_known = False
        self._runner = runner

    def __call__(self, life: GreenThread) -> None:
        try:
            life.wait()
        except GreenletExit:
            return
        except Exception:
            log.exception("stopping")
            self.is_known = True
        self._runner.tell_to_stop()


def _live(home: Home, port: int, database_url: str, password: str) -> None:
    url = f"http://{HOST}:{port}"
    _wait_until_ready(url)
    _open_first_operator(database_url, password)
    begins = home.begins(datetime.now(CITY).date())
    if not home.logins.exists():
        home.write_logins(_logins(password))
        print(home.logins.read_text(), flush=True)
    print(f"Logins are in {home.logins}; the API is described at /api/docs; Ctrl-C stops.", flush=True)
    print(f"Sandan answers at {url}/", flush=True)
    if not home.is_told():
        seed.tell(url, home, password, begins)
    while True:
        seed.run_clocks(url)
        eventlet.sleep(seed.CLOCKS_EVERY)


def _wait_until_ready(url: str) -> None:
    give_up = time.monotonic() + READY_SECONDS
    while time.monotonic() < give_up:
        try:
            if requests.get(f"{url}/api/v1/figures", timeout=5).ok:
                return
        except (requests.ConnectionError, requests.Timeout):
            pass
        eventlet.sleep(0.05)
    raise TimeoutError(f"no answer within {READY_SECONDS} s")


def _settings(home: Home, port: int, keys: Mapping[str, str], database_url: str) -> dict[str, str]:
    ports = {service: _free_port() for service in SERVICES}
    return {
        "AMQP_URI": "membus://",
        "DATABASE_URL": database_url,
        **{f"SANDAN_{service.upper()}_HTTP_PORT": str(own) for service, own in ports.items()},
        "SANDAN_GATEWAY_HTTP_PORT": str(port),
        "SANDAN_HTTP_HOST": HOST,
        "SANDAN_INTAKE_URL": f"http://{HOST}:{ports['intake']}",
        "SANDAN_ACTOR_KEY": keys["actor_key"],
        "SANDAN_FIELD_KEY": keys["field_key"],
        "SANDAN_PHOTOS": home.photos.as_uri(),
        "SANDAN_SIMULATED_TIME": "on",
        "SANDAN_CATCHER": "on",
        "SANDAN_LOG": "text",
    }


def _open_first_operator(database_url: str, password: str) -> None:
    database = Database(database_url, "members", pool_size=1)
    try:
        with begin(database, service="members") as work:
            open_operator(
                work,
                login=seed.OPERATOR,
                name="系统管理员",
                password=password,
                node=PROVINCE,
                hash_password=hash_password,
            )
    except Refused as refused:
        if refused.slug != Slug.NAME_TAKEN:
            raise
    finally:
        database.close()


def _logins(password: str) -> str:
    story = load()
    leader = next(each for each in story.officials if each.role == "unit_leader")
    liaison = next(each for each in story.officials if each.role == "liaison")
    supervisor = next(each for each in story.officials if each.role == "supervisor")
    member = story.members[0]
    people = (
        (seed.OPERATOR, "系统管理员 operator"),
        (supervisor.login, f"督查 supervisor {supervisor.name}"),
        (liaison.login, f"社区联络员 liaison {liaison.name}"),
        (leader.login, f"单位负责人 unit leader {leader.name}"),
        (member.login, f"在职党员 member {member.name}"),
    )
    lines = "\n".join(f"  {login:<20} {password}  {who}" for login, who in people)
    return (
        f"Logins and passwords of the demonstration (everybody in it is invented):\n{lines}\n"
        "  A resident signs in by a code to any phone like 13800000099; it is caught at /api/v1/catcher/messages\n"
    )


def _port(given: str) -> int:
    """The public port, if it is free. Raises HomeError."""
    if not given.isdigit() or not 0 < int(given) <= HIGHEST_PORT:
        raise HomeError(f"PORT must be a number from 1 to {HIGHEST_PORT}, not {given}")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(given)))
        except OSError as failure:
            raise HomeError(
                f"port {given} cannot be used ({failure.strerror}); choose another: PORT=…"
            ) from None
    return int(given)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
