"""Tables and queries of notify."""

from services.notify.store.tables import metadata as metadata
