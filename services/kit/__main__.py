"""The command line of the kit: ``python -m services.kit serve|relay|migrate|catalogue``."""

# ruff: noqa: E402 - eventlet must patch the standard library before anything else is imported
import gc
import os
import warnings

# What the modules make stays for good; looking through it while they load is a fifth of a start (run.settle turns it on).
gc.disable()
# Threads hash passwords, each in 19 MB that the allocator keeps; more of them than processors gain nothing.
os.environ.setdefault("EVENTLET_THREADPOOL_SIZE", "2")
# We know that eventlet is in maintenance (docs/adr/0007); saying so at each start helps no operator.
warnings.filterwarnings("ignore", message="\nEventlet is deprecated")

import eventlet

eventlet.monkey_patch()

from psycogreen.eventlet import patch_psycopg

patch_psycopg()

import sys
from typing import NoReturn

import click

from services.kit import relay as relays
from services.kit import run
from services.kit.broker import BrokerAwayError
from services.kit.settings import Settings, SettingsError
from services.kit.topology import broker_uri, declare, service_class

WRONG_SETTINGS = 2


@click.group()
def main() -> None:
    """Run and look after Sandan's services."""


@main.command()
@click.argument("services", nargs=-1, required=True)
def serve(services: tuple[str, ...]) -> None:
    """Run SERVICES in this process until SIGTERM."""
    _leave(run.serve(list(services)))


@main.command()
@click.argument("service")
def relay(service: str) -> None:
    """Run a standby relay for SERVICE: it takes over when the active one dies."""
    settings = Settings.load(service_class(service).name)
    run.settle()
    relays.run_alone(settings)
    _leave(0)


@main.command()
@click.argument("service")
def migrate(service: str) -> None:
    """Bring the schema and the queues of SERVICE, or of all, to the newest revision."""
    # Alembic makes up a quarter of a start, and no process that serves needs it.
    from services.kit import migrate as migrations  # noqa: PLC0415

    if service not in {*migrations.SERVICES, "all"}:
        raise click.BadParameter(f"{service} is none of {', '.join(migrations.SERVICES)}, all")
    names = migrations.SERVICES if service == "all" else (service,)
    try:
        # First: with its tables a service could publish, and somebody would not hear it yet.
        declare(broker_uri(), names)
    except BrokerAwayError as away:
        raise click.ClickException(f"the broker is away ({away}); run this again when it is there") from away
    click.echo("queues: there, with all that they listen to")
    for name in names:
        migrations.migrate(name, migrations.url_of(name))
        click.echo(f"{name}: at the newest revision")


@main.command()
@click.option("--check", is_flag=True, help="Fail if docs/events.md is not what the contracts say.")
def catalogue(check: bool) -> None:
    """Write the event catalogue from the contracts."""
    from services.kit import catalogue as catalogues  # noqa: PLC0415 - as above

    sys.exit(catalogues.write_or_check(check=check))


def _leave(status: int) -> NoReturn:
    sys.stdout.flush()
    sys.stderr.flush()
    # Everything is settled; interpreter teardown under a patched standard library only risks hanging.
    os._exit(status)


try:
    main()
except SettingsError as wrong:
    click.echo(wrong, err=True)
    sys.exit(WRONG_SETTINGS)
