"""Members from a terminal, directly on its database: the first operator, and imports.

    python -m services.members.cli operator LOGIN --node 52 [--name NAME] [--password-stdin]
    python -m services.members.cli import divisions FILE [--dry-run]

Settings come from the environment, as the service's do. The exit status is 0 when it was done, 1 when it was refused
(one line for each problem), 2 when the call or the settings are wrong.
"""

from __future__ import annotations

import argparse
import getpass
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from services.kit.db import Database
from services.kit.outcomes import Refused
from services.kit.sealing import Sealer
from services.kit.settings import Settings
from services.kit.work import begin
from services.members.contracts import ImportKind
from services.members.handlers.accounts import open_operator
from services.members.handlers.passwords import hash_password
from services.members.handlers.registers import take_in


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    asked = _parser().parse_args(arguments)
    settings = Settings.load("members")
    database = Database(settings.database_url or "", "members", pool_size=1)
    try:
        if asked.command == "operator":
            return operator(database, asked.login, asked.name or asked.login, asked.node, _password(asked))
        sealer = Sealer(settings.field_key or b"")
        return import_file(database, sealer, ImportKind(asked.kind), asked.file, dry_run=asked.dry_run)
    finally:
        database.close()


def operator(database: Database, login: str, name: str, node: str, password: str) -> int:
    """Open an operator's account at a node."""
    try:
        with begin(database, service="members") as work:
            account = open_operator(
                work, login=login, name=name, password=password, node=node, hash_password=hash_password
            )
    except Refused as refused:
        print(f"{refused.field}: {refused.message}", file=sys.stderr)
        return 1
    print(f"{account.login}: operator at {node} ({account.account_id})")
    return 0


def import_file(database: Database, sealer: Sealer, kind: ImportKind, file: Path, *, dry_run: bool) -> int:
    """Import one file, all or nothing, showing how far it is."""
    try:
        content = file.read_bytes()
    except OSError as failure:
        print(f"{file}: {failure.strerror}", file=sys.stderr)
        return 2
    started = time.monotonic()
    with begin(database, service="members") as work:
        outcome = take_in(
            work,
            kind,
            content,
            scope=("",),
            dry_run=dry_run,
            report=_show,
            sealer=sealer,
            hash_password=hash_password,
        )
    _end_line()
    for cell in outcome.errors:
        print(f"{file.name}: line {cell.line}, {cell.column or 'file'}: {cell.message}", file=sys.stderr)
    if outcome.errors:
        print(f"{file.name}: rejected, nothing was changed", file=sys.stderr)
        return 1
    print(
        f"{file.name}: {outcome.rows} rows; {outcome.created} created, {outcome.changed} changed,"
        f" {outcome.unchanged} unchanged{' (dry run, nothing written)' if dry_run else ''};"
        f" {time.monotonic() - started:.1f} s"
    )
    return 0


def _show(state: str, rows: int, rows_done: int) -> None:
    end = "" if sys.stdout.isatty() else "\n"
    start = "\r\033[K" if sys.stdout.isatty() else ""
    print(f"{start}{state} {rows_done}/{rows}", end=end, flush=True)


def _end_line() -> None:
    if sys.stdout.isatty():
        print("\r\033[K", end="")


def _password(asked: argparse.Namespace) -> str:
    if asked.password_stdin:
        return sys.stdin.readline().rstrip("\n")
    return getpass.getpass("Password: ")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m services.members.cli", description=(__doc__ or "").split("\n", 1)[0]
    )
    commands = parser.add_subparsers(dest="command", required=True)
    first = commands.add_parser("operator", help="open an operator's account")
    first.add_argument("login")
    first.add_argument("--node", required=True, help="division code at which the operator stands, e.g. 52")
    first.add_argument("--name", help="what pages call the person (default: the login)")
    first.add_argument(
        "--password-stdin", action="store_true", help="read the password's line from standard input"
    )
    register = commands.add_parser(
        "import", help="import a register from CSV or XLSX, or shapes from GeoJSON"
    )
    register.add_argument("kind", choices=[kind.value for kind in ImportKind])
    register.add_argument("file", type=Path)
    register.add_argument("--dry-run", action="store_true", help="check and count, write nothing")
    return parser


if __name__ == "__main__":
    sys.exit(main())
