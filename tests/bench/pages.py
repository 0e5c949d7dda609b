"""What a resident waits for and pays for: the order form's first byte, its weight, and how often the browser asks."""

from __future__ import annotations

import re
import statistics
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests

from services.kit.testing import fresh_database
from tests.bench.table import Row, at_most
from tests.city import COMMUNITY, City, running_city

TIMES = 200
WARM = 20
FIRST_BYTE, WEIGHT, REQUESTS = 60.0, 100.0, 3
KIBIBYTE = 1024
SCREENS = {"an order's first screen": "/new", "the same for a community": f"/new?node={COMMUNITY}"}
ASSET = re.compile(r"""(?:href|src)="(/static/[^"]+)\"""")


def measure(folder: Path, amqp_uri: str, postgres_url: str) -> list[Row]:
    with fresh_database(postgres_url) as database_url, running_city(amqp_uri, database_url, folder) as city:
        rows: list[Row] = []
        for name, path in SCREENS.items():
            weight, asked = _weight(city, path)
            rows += [
                at_most(f"First byte of {name}, median", _first_byte(city, path), FIRST_BYTE, "ms"),
                at_most("— its weight with all that belongs to it", weight / KIBIBYTE, WEIGHT, "KiB"),
                at_most("— requests, nothing cached", asked, REQUESTS, ""),
            ]
        return rows


def _first_byte(city: City, path: str) -> float:
    """Milliseconds from the request to the first byte of the answer, over a connection that is kept open."""
    place = urlsplit(city.url)
    connection = HTTPConnection(place.hostname or "", place.port, timeout=30)
    waits = []
    for turn in range(WARM + TIMES):
        begun = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        waited = time.perf_counter() - begun
        answer.read()
        if turn >= WARM:
            waits.append(waited * 1000)
    connection.close()
    return statistics.median(waits)


def _weight(city: City, path: str) -> tuple[float, int]:
    """Bytes as they cross the wire without compression, and how many requests: the page and each file that it names."""
    page = requests.get(city.url + path, timeout=30)
    files = [
        requests.get(urljoin(city.url, each), timeout=30) for each in sorted(set(ASSET.findall(page.text)))
    ]
    return float(sum(len(each.content) for each in (page, *files))), 1 + len(files)
