"""Alembic's entry: notify's tables, run by the kit."""

from services.kit.migrate import run_environment
from services.notify.store import metadata

run_environment(metadata)
