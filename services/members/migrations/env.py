"""Alembic's entry for members."""

from services.kit.migrate import run_environment
from services.members.store import metadata

run_environment(metadata)
