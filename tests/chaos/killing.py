"""kill -9 at random moments of a run, and a supervisor that starts again what died, on the same data."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence

from tests.chaos.fleet import Fleet
from tests.private_postgres import PrivatePostgres
from tests.private_rabbitmq import PrivateRabbitMQ
from tests.waiting import until

BROKER, POSTGRES = "broker", "postgres"
RECEIVED = "sandan_inbox_total"


class Killer:
    """Kills one target after another, each when ``progress()`` has reached a random point of the way to ``goal``."""

    def __init__(
        self, fleet: Fleet, broker: PrivateRabbitMQ, postgres: PrivatePostgres, chance: random.Random
    ) -> None:
        self.fleet = fleet
        self.servers: dict[str, PrivateRabbitMQ | PrivatePostgres] = {BROKER: broker, POSTGRES: postgres}
        self.chance = chance
        self.killed: Counter[str] = Counter()
        self.duplicates = 0.0
        self.last_kill = time.monotonic()
        self.failures: list[BaseException] = []
        self._away: set[str] = set()
        self._restarts: list[threading.Thread] = []
        self._ended = threading.Event()

    def targets(self, kills: int) -> list[str]:
        """``kills`` names in random order; the two servers, a relay, intake and dispatch are always among them."""
        processes = list(self.fleet.processes)
        relays = [name for name in processes if name.startswith("relay-")]
        sure = [BROKER, POSTGRES, self.chance.choice(relays), "intake", "dispatch"]
        others = self.chance.choices([*processes, BROKER, POSTGRES], k=max(0, kills - len(sure)))
        chosen = (sure + others)[:kills]
        self.chance.shuffle(chosen)
        return chosen

    def run(self, targets: Sequence[str], progress: Callable[[], int], goal: int) -> None:
        """Returns when all are killed; what was killed last may still be starting."""
        points = sorted(self.chance.uniform(0.02, 0.9) * goal for _ in targets)
        for target, point in zip(targets, points, strict=True):
            until(lambda point=point: progress() >= point or self.failures, "progress", seconds=600)  # type: ignore[misc]
            until(lambda target=target: self._is_up(target) or self.failures, f"{target}", seconds=120)  # type: ignore[misc]
            if self.failures:
                return
            self._kill(target)

    def supervise(self) -> None:
        """Start whatever died, until ``end``."""
        while not self._ended.wait(0.1):
            for process in self.fleet.processes.values():
                if not process.alive:
                    process.start()

    def count_duplicates(self) -> float:
        """Messages that inboxes knew already, of processes killed since and of those that run."""
        return self.duplicates + sum(self._duplicates_of(name) for name in self.fleet.processes)

    def end(self) -> None:
        for restart in self._restarts:
            restart.join()
        self._ended.set()

    def _kill(self, target: str) -> None:
        if target in self.servers:
            self._away.add(target)
            self.servers[target].kill()
            restart = threading.Thread(target=self._restart, args=(target,))
            self._restarts.append(restart)
            restart.start()
        else:
            self.duplicates += self._duplicates_of(target)
            self.fleet.processes[target].kill()
        self.killed[target] += 1
        self.last_kill = time.monotonic()

    def _restart(self, target: str) -> None:
        try:
            self.servers[target].start()
        except BaseException as failure:
            self.failures.append(failure)
            raise
        self._away.discard(target)

    def _is_up(self, target: str) -> bool:
        if target in self.servers:
            return target not in self._away
        return self.fleet.processes[target].alive and self.fleet.listens(target)

    def _duplicates_of(self, name: str) -> float:
        return self.fleet.metric(name, RECEIVED, outcome="duplicate") if self.fleet.port_of(name) else 0.0
