"""The load generator, a process of its own: ``python -m tests.bench.load URL CONNECTIONS SECONDS [keys]``.

Raw sockets in one event loop, each connection posting its next order when the answer to the last is in. It costs about a
tenth of what the leanest server here does, so that it is not what is measured. Prints one line of JSON.
"""

from __future__ import annotations

import json
import re
import selectors
import socket
import statistics
import sys
import time
import uuid
from dataclasses import dataclass, field
from urllib.parse import urlsplit

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
WARM_UP = 1.0
CREATED = b"201"


def an_order(number: int) -> bytes:
    """The body of an order, about as long as one that a resident types."""
    told = {
        "community_code": "520425001001",
        "channel": "community_page",
        "words": f"第{number}件:三单元楼道的灯坏了,老人晚上上下楼不方便,请尽快来人看看。",
        "address": "测试小区三单元",
        "contact": {"name": "测试居民", "phone": "13800000002"},
        "category": "facilities",
    }
    return json.dumps(told, ensure_ascii=False).encode()


@dataclass
class Connection:
    sock: socket.socket
    sent_at: float = 0.0
    received: bytearray = field(default_factory=bytearray)


class Load:
    """``seconds`` of waiting by finished request, and how many answers were not 201."""

    def __init__(self, url: str, connections: int, *, keys: bool) -> None:
        place = urlsplit(url)
        self.path = place.path or "/"
        self.keys = keys
        self.number = 0
        self.waits: list[float] = []
        self.refused: list[bytes] = []
        self.selector = selectors.DefaultSelector()
        for _ in range(connections):
            sock = socket.create_connection((place.hostname, place.port), timeout=10)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.selector.register(sock, selectors.EVENT_READ, Connection(sock))

    def run(self, seconds: float) -> float:
        """Returns the seconds that were measured, after a second of warming up."""
        for key in list(self.selector.get_map().values()):
            self.send(key.data)
        measured_from = time.perf_counter() + WARM_UP
        end = measured_from + seconds
        while (now := time.perf_counter()) < end:
            for key, _ in self.selector.select(timeout=1):
                self.receive(key.data, counting=now > measured_from)
        return time.perf_counter() - measured_from

    def send(self, connection: Connection) -> None:
        self.number += 1
        body = an_order(self.number)
        key = f"Idempotency-Key: {uuid.uuid4()}\r\n" if self.keys else ""
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
            f"{key}Content-Length: {len(body)}\r\n\r\n"
        )
        connection.received.clear()
        connection.sent_at = time.perf_counter()
        connection.sock.sendall(head.encode() + body)

    def receive(self, connection: Connection, *, counting: bool) -> None:
        got = connection.sock.recv(65536)
        if not got:
            raise ConnectionError("the server closed a connection that it should keep")
        connection.received += got
        head, found, body = bytes(connection.received).partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        if not found or length is None or len(body) < int(length[1]):
            return
        if counting:
            self.waits.append(time.perf_counter() - connection.sent_at)
            if head[9:12] != CREATED:
                self.refused.append(head[9:12] + b" " + body[:200])
        self.send(connection)


def main(url: str, connections: str, seconds: str, *more: str) -> None:
    load = Load(url, int(connections), keys="keys" in more)
    measured = load.run(float(seconds))
    if load.refused:
        raise SystemExit(f"{len(load.refused)} answers were not 201: {load.refused[0]!r}")
    cuts = statistics.quantiles(load.waits, n=100)
    print(json.dumps({"per_second": len(load.waits) / measured, "p50": cuts[49], "p99": cuts[98]}))


if __name__ == "__main__":
    main(*sys.argv[1:])
