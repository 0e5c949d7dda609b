"""Open311 GeoReport v2, so that software made for other cities can read and file orders here. Importing this fills the table."""

from gateway.open311 import discovery as discovery
from gateway.open311 import services as services
from gateway.routing import OPEN311 as OPEN311
