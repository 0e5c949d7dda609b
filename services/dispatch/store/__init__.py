"""Tables and queries of dispatch. Functions take the connection first and give and take the domain's values."""

from services.dispatch.store.tables import metadata as metadata
