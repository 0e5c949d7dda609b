"""Tables and queries of members. Functions take the connection first and give and take the domain's values."""

from services.members.store import bond_tables as bond_tables
from services.members.store import pair_tables as pair_tables
from services.members.store import shapes as shapes
from services.members.store.tables import metadata as metadata
