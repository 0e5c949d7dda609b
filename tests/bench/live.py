"""What open pages cost: memory and work while nothing changes, and how soon all of them are told when something does."""

from __future__ import annotations

import os
import selectors
import socket
import statistics
import time
from contextlib import ExitStack
from pathlib import Path
from unittest import mock
from urllib.parse import urlsplit

import requests

from services.kit.testing import fresh_database
from tests.bench.table import Row, at_most
from tests.city import APART, COMMUNITY, City, running_city
from tests.metrics import metric
from tests.waiting import until

PAGES = 500
OF_ONE = 100
"""Pages of one address."""
TIMES, TURNS = 50, 5
QUIET = 15.0
PATIENCE = 30.0
ALL_TOLD, A_STREAM, BUSY, SLOWER = 2.0, 100.0, 10.0, 2.0
KIBIBYTE = 1024


def measure(folder: Path, amqp_uri: str, postgres_url: str) -> list[Row]:
    # Addresses are told by a proxy, or one of them would have far too many pages open.
    with (
        mock.patch.dict(os.environ, {"SANDAN_PROXIES": "1"}),
        fresh_database(postgres_url) as database_url,
        running_city(amqp_uri, database_url, folder, processes=APART) as city,
        ExitStack() as opened,
    ):
        liaison, order = city.official("liaison", COMMUNITY), city.order()["order_id"]
        page = f"{city.url}/orders/{order}"
        alone, small = _first_byte(page), metric(city.url, "process_resident_memory_bytes")
        streams = [opened.enter_context(_stream(city, order, n)) for n in range(PAGES)]
        grown = metric(city.url, "process_resident_memory_bytes") - small
        worked = metric(city.url, "process_cpu_seconds_total")
        time.sleep(QUIET)
        worked = metric(city.url, "process_cpu_seconds_total") - worked
        beside = _first_byte(page)
        liaison.post(f"/orders/{order}/registration", category="other")
        told = _all_told(streams)
        opened.close()
        until(lambda: not metric(city.url, "sandan_live_streams"), "the streams to end", seconds=PATIENCE)
        # A process that has just been started is quicker than one that has worked, with pages open or without.
        alone = max(alone, _first_byte(page))
        return [
            at_most(f"Open pages: memory of each of {PAGES}", grown / PAGES / KIBIBYTE, A_STREAM, "KiB"),
            at_most("— work of the gateway while nothing changes", worked / QUIET * 100, BUSY, "% of a core"),
            at_most("— an order's page beside them, median, against none open", beside / alone, SLOWER, "×"),
            at_most(
                "— from the answer to a change until all are told that show the same", told, ALL_TOLD, "s"
            ),
        ]


def _stream(city: City, order: str, number: int) -> socket.socket:
    """An open page's connection, once its stream has begun."""
    place = urlsplit(city.url)
    connection = socket.create_connection((place.hostname or "", place.port or 80), timeout=PATIENCE)
    connection.sendall(
        f"GET /live?about=order:{order} HTTP/1.1\r\nHost: {place.netloc}\r\n"
        f"X-Forwarded-For: 192.0.2.{number // OF_ONE}\r\n\r\n".encode()
    )
    said = b""
    while b": listening" not in said:
        said += connection.recv(KIBIBYTE)
    return connection


def _all_told(streams: list[socket.socket]) -> float:
    """Seconds until each has been told; raises TimeoutError."""
    begun = time.perf_counter()
    with selectors.DefaultSelector() as waiting:
        for stream in streams:
            waiting.register(stream, selectors.EVENT_READ)
        while waiting.get_map():
            if time.perf_counter() - begun > PATIENCE:
                raise TimeoutError(f"{len(waiting.get_map())} pages were not told")
            for key, _events in waiting.select(1):
                if b"event: changed" in streams[streams.index(key.fileobj)].recv(KIBIBYTE):  # type: ignore[arg-type]
                    waiting.unregister(key.fileobj)
    return time.perf_counter() - begun


def _first_byte(url: str) -> float:
    """Milliseconds: the median of the calmest of some turns, so that what else the machine does is not taken for ours."""
    with requests.Session() as http:
        turns = [
            statistics.median(http.get(url, timeout=PATIENCE).elapsed.total_seconds() for _ in range(TIMES))
            for _ in range(TURNS)
        ]
    return min(turns) * 1000
