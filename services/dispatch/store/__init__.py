"""Tables and queries of dispatch. Functions take the connection first and give and take the domain's values."""

from services.dispatch.store import case_tables as case_tables
from services.dispatch.store import matching_tables as matching_tables
from services.dispatch.store import register_tables as register_tables
from services.dispatch.store import terms_tables as terms_tables
from services.dispatch.store.tables import metadata as metadata
