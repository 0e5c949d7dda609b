"""``make bench``: measures, prints the table, and writes docs/bench.md. ``python -m tests.bench NAME …`` measures a part."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench import (
    behaviour,
    figures,
    intake,
    live,
    matching,
    pages,
    registers,
    relay,
    rpc,
    similar,
    start,
)
from tests.bench.table import TARGET, Row, lines_of, machine, text_of
from tests.servers import Servers, choose

PARTS: dict[str, Callable[[Path, str, str], list[Row]]] = {
    "start": start.measure_start,
    "intake": intake.measure,
    "rpc": rpc.measure,
    "relay": relay.measure,
    "pages": pages.measure,
    "live": live.measure,
    "races": behaviour.measure_races,
    "outage": behaviour.measure_outage,
    "matching": matching.measure,
    "similar": similar.measure_likeness,
    "registers": registers.measure_registers,
    "figures": figures.measure_figures,
}


def main(names: list[str]) -> int:
    """Exit status 1 if a goal is missed."""
    servers = Servers(choose(os.environ))
    rows: list[Row] = []
    about = ""
    try:
        # Servers of our own: those of the tests may be busy, and have other people's data in them.
        vhosts, postgres_url = servers.private_rabbitmq().vhosts, servers.private_postgres().url
        for name in names or list(PARTS):
            uri = vhosts.add()
            about = about or machine(uri, postgres_url)
            with tempfile.TemporaryDirectory(prefix="sandan-bench-") as folder:
                print(f"measuring {name} …", flush=True)
                rows += (measured := PARTS[name](Path(folder), uri, postgres_url))
                print(lines_of(measured), flush=True)
            vhosts.remove(uri)
    finally:
        servers.close()
    if not names:
        TARGET.write_text(text_of(rows, about), encoding="utf-8")
    return 1 if any(row.met is False for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
