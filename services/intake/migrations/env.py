"""Alembic's entry: intake's tables, run by the kit."""

from services.intake.store import metadata
from services.kit.migrate import run_environment

run_environment(metadata)
