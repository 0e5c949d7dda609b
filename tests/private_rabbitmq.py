"""A RabbitMQ node of our own: own name, ports, data and port mapper, so that it can be killed and started again.

Where RabbitMQ is not installed, root on Debian gets it from Debian's packages.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

from tests.debian import install
from tests.vhosts import ApiVhosts
from tests.waiting import free_port, until

# Debian's /usr/sbin/rabbitmq-server is a wrapper that drops to another user and forgets the environment.
DEBIAN_FOLDER = Path("/usr/lib/rabbitmq/bin")
START_SECONDS = 90


class PrivateRabbitMQ:
    """Listens on ports of 127.0.0.1 that stay the same over kills and restarts; user guest, password guest."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self._api_port = free_port()
        self._distribution_port = free_port()
        self._mapper_port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def uri(self) -> str:
        return f"amqp://guest:guest@127.0.0.1:{self._port}/"

    @property
    def vhosts(self) -> ApiVhosts:
        return ApiVhosts(self.uri, f"http://127.0.0.1:{self._api_port}")

    @property
    def log(self) -> Path:
        return self._folder / "log"

    def start(self) -> None:
        """Start, keeping what is durable from before a stop or kill; return when it answers.

        Raises FileNotFoundError where RabbitMQ is neither installed nor can be.
        """
        command = _server_command()
        self._write_configuration()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [command],
                cwd=self._folder,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until(self._answers, f"RabbitMQ to start (see {self.log})", seconds=START_SECONDS)

    def has_saved(self, queue: str) -> bool:
        """Whether the declaration of a quorum queue is on disk.

        RabbitMQ 3.10 answers a declaration up to a second earlier; a queue killed in that second never finds a
        leader again. Wait for this before the first ``kill``.
        """
        names = (self._folder / "data").glob("*/quorum/*/names.dets")
        return any(queue.encode() in file.read_bytes() for file in names)

    def kill(self) -> None:
        """SIGKILL, to the node and all its children: as when memory runs out."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """End it, with the port mapper that the node started. Its data are of no more use, and a clean stop takes 10 s."""
        self.kill()
        mapper = shutil.which("epmd")
        if mapper is not None:
            subprocess.run(
                [mapper, "-port", str(self._mapper_port), "-kill"], capture_output=True, check=False
            )

    def _write_configuration(self) -> None:
        (self._folder / "rabbitmq.conf").write_text(
            f"listeners.tcp.local = 127.0.0.1:{self._port}\n"
            "management.tcp.ip = 127.0.0.1\n"
            f"management.tcp.port = {self._api_port}\n"
            "log.console = true\n"
            "log.file = false\n"
        )
        (self._folder / "enabled_plugins").write_text("[rabbitmq_management].\n")
        (self._folder / "rabbitmq-env.conf").write_text("")

    def _environment(self) -> dict[str, str]:
        ours = {
            name: value for name, value in os.environ.items() if not name.startswith(("RABBITMQ_", "ERL_"))
        }
        return ours | {
            "HOME": str(self._folder),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_EPMD_PORT": str(self._mapper_port),
            "RABBITMQ_CONF_ENV_FILE": str(self._folder / "rabbitmq-env.conf"),
            "RABBITMQ_CONFIG_FILE": str(self._folder / "rabbitmq.conf"),
            "RABBITMQ_DIST_PORT": str(self._distribution_port),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self._folder / "enabled_plugins"),
            "RABBITMQ_LOG_BASE": str(self._folder / "logs"),
            "RABBITMQ_MNESIA_BASE": str(self._folder / "data"),
            "RABBITMQ_NODENAME": f"sandan-{self._port}@localhost",
            "RABBITMQ_PID_FILE": str(self._folder / "pid"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
        }

    def _answers(self) -> bool:
        if self._process is not None and self._process.poll() is not None:
            raise RuntimeError(f"RabbitMQ ended at its start:\n{self.log.read_text()}")
        return self.vhosts.answers()


def _server_command() -> Path:
    if found := _installed():
        return found
    install("rabbitmq-server", what="RabbitMQ, which AMQP_URI may name,")
    if found := _installed():
        return found
    raise FileNotFoundError("RabbitMQ was installed, but rabbitmq-server is not where Debian puts it")


def _installed() -> Path | None:
    on_debian = DEBIAN_FOLDER / "rabbitmq-server"
    if on_debian.exists():
        return on_debian
    found = shutil.which("rabbitmq-server")
    return None if found is None else Path(found)
