"""Open311 GeoReport v2, so that software made for other cities can read and file orders here. Importing this fills the table."""

from gateway.open311 import discovery as discovery
from gateway.open311 import posting as posting
from gateway.open311 import requests as requests
from gateway.open311 import services as services
from gateway.open311 import tokens as tokens
from gateway.open311 import updates as updates
from gateway.routing import OPEN311 as OPEN311
