"""Tables and queries of intake."""

from services.intake.store import wish_tables as wish_tables
from services.intake.store.tables import metadata as metadata
