"""What was measured, as a table, and on what kind of machine."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psycopg2
from kombu import Connection

TARGET = Path(__file__).resolve().parents[2] / "docs/bench.md"
GIBIBYTE = 2**30


@dataclass(frozen=True)
class Row:
    """One line: what, how much, and the goal it is held against (``met`` is None where there is none)."""

    what: str
    figure: str
    goal: str = ""
    met: bool | None = None


def median_of(measure: Callable[[], float], times: int = 3) -> float:
    return statistics.median(measure() for _ in range(times))


def at_least(what: str, figure: float, goal: float, unit: str) -> Row:
    return Row(what, f"{figure:,.2f} {unit}", f"≥ {goal:,g}", figure >= goal)


def at_most(what: str, figure: float, goal: float, unit: str) -> Row:
    return Row(what, f"{figure:,.3g} {unit}", f"≤ {goal:,g}", figure <= goal)


def lines_of(rows: Sequence[Row]) -> str:
    marks = {None: "", True: "yes", False: "**no**"}
    return "\n".join(f"| {row.what} | {row.figure} | {row.goal} | {marks[row.met]} |" for row in rows)


def text_of(rows: Sequence[Row], about: str) -> str:
    """The rows as a Markdown table below a line about the machine."""
    head = "| measured | median | goal | met |\n|---|---|---|---|\n"
    return f"# Figures\n\nWritten by `make bench`. {about}\n\n{head}{lines_of(rows)}\n"


def machine(amqp_uri: str, postgres_url: str) -> str:
    """In general terms: what a reader needs to compare with a machine of their own."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIBIBYTE
    with Connection(amqp_uri) as connection:
        connection.connect()
        broker = connection.connection.server_properties["version"]
    database = psycopg2.connect(postgres_url)
    major, minor = divmod(database.server_version, 10_000)
    database.close()
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}; Python {platform.python_version()}, "
        f"PostgreSQL {major}.{minor}, RabbitMQ {broker}, nameko {version('nameko')}, eventlet {version('eventlet')}; "
        f"servers, services and load generator on the same machine; load average before the run {load:.1f}."
    )
