"""Alembic's entry for dispatch."""

from services.dispatch.store import metadata
from services.kit.migrate import run_environment

run_environment(metadata)
