"""An open page's stream of news, read in a thread of its own."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

import requests

from tests.city import Person
from tests.waiting import until

WITHIN = 2.0
"""Seconds in which a change has to reach an open page."""


def ask(person: Person, about: str, since: str | None = None) -> requests.Response:
    """The answer to an open page, as far as its head."""
    told = {"Authorization": f"Bearer {person.token}" if person.token else None, "X-Order-Code": person.code}
    return requests.get(
        f"{person.url}/live",
        params={"about": about, "since": since},
        headers={name: value for name, value in told.items() if value},
        stream=True,
        timeout=(5, 60),
    )


class News:
    """What a stream has told, in order; ``ended`` once it is closed."""

    def __init__(self, answer: requests.Response) -> None:
        assert answer.status_code == 200, answer.text
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        assert answer.headers["X-Accel-Buffering"] == "no"
        self.answer = answer
        self.told: list[str] = []
        self.listening = self.ended = False
        self.mark = ""
        threading.Thread(target=self._read, daemon=True).start()
        until(lambda: self.listening, "the stream to begin")

    def _read(self) -> None:
        with contextlib.suppress(requests.RequestException, AttributeError, ValueError):
            for line in self.answer.iter_lines(chunk_size=1, decode_unicode=True):
                if line == ": listening":
                    self.listening = True
                elif line.startswith("id: "):
                    self.mark = line.removeprefix("id: ")
                elif line.startswith("data: "):
                    self.told.append(line.removeprefix("data: "))
        self.ended = True

    def wait_for(self, count: int = 1) -> None:
        until(lambda: len(self.told) >= count, "the open page to be told", seconds=WITHIN)


@contextlib.contextmanager
def listening(person: Person, about: str, since: str | None = None) -> Iterator[News]:
    answer = ask(person, about, since)
    try:
        yield News(answer)
    finally:
        # Closing alone would wait for the thread that reads, and so for the next heartbeat.
        if (connection := answer.raw.connection) is not None:
            connection.sock.shutdown(socket.SHUT_RDWR)
        answer.close()
