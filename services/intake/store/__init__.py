"""Tables and queries of intake."""

from services.intake.store.tables import metadata as metadata
