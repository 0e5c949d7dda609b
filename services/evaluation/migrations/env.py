"""Alembic's entry: the migrations of evaluation's schema."""

from services.evaluation.store import metadata
from services.kit.migrate import run_environment

run_environment(metadata)
