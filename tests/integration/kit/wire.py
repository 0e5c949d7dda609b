"""A TCP wire between a process and a server, which a test can cut and mend."""

from __future__ import annotations

import contextlib
import socket
import threading
from urllib.parse import urlsplit, urlunsplit

CHUNK = 65_536


class Wire:
    """Carries the connections of ``uri`` to its server; ``uri`` of the wire is the same with the wire's address."""

    def __init__(self, uri: str, default_port: int) -> None:
        parts = urlsplit(uri)
        self._server = (parts.hostname or "127.0.0.1", parts.port or default_port)
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._left: set[socket.socket] = set()
        self._listener = self._listen(0)
        self._port: int = self._listener.getsockname()[1]
        login = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
        self.uri = urlunsplit(parts._replace(netloc=f"{login}127.0.0.1:{self._port}"))

    def cut(self) -> None:
        """Break all connections; new ones are refused."""
        # A listener that is only closed goes on while its thread waits in accept.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for each in self._sockets:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    def leave(self) -> None:
        """Break all connections for their clients; the server is not told, and new ones are let through."""
        with self._lock:
            self._left |= self._sockets
            for each in self._sockets:
                if each.getsockname()[1] == self._port:
                    with contextlib.suppress(OSError):
                        each.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Let new connections through."""
        self._listener = self._listen(self._port)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.cut()

    def _listen(self, port: int) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()
        return listener

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = listener.accept()
                try:
                    far = socket.create_connection(self._server)
                except OSError:
                    near.close()
                    continue
                with self._lock:
                    self._sockets |= {near, far}
                threading.Thread(target=self._carry_both_ways, args=(near, far), daemon=True).start()

    def _carry_both_ways(self, near: socket.socket, far: socket.socket) -> None:
        back = threading.Thread(target=self._carry, args=(far, near), daemon=True)
        back.start()
        self._carry(near, far)
        back.join()
        with self._lock:
            self._sockets -= {near, far}
        near.close()
        far.close()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while chunk := source.recv(CHUNK):
                if source not in self._left:  # what a server says to one that has left is taken, and lost
                    target.sendall(chunk)
        if source in self._left:
            return
        for each in (source, target):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


class Wires:
    """The wires of a house: one to the broker, one to the database."""

    def __init__(self) -> None:
        self._laid: list[Wire] = []

    def __call__(self, uri: str) -> str:
        """Lay a wire to the server of ``uri``; returns the URI that leads through it."""
        self._laid.append(Wire(uri, 5672 if uri.startswith("amqp") else 5432))
        return self._laid[-1].uri

    @property
    def broker(self) -> Wire:
        return self._laid[0]

    @property
    def database(self) -> Wire:
        return self._laid[1]

    def close(self) -> None:
        for wire in self._laid:
            wire.close()
