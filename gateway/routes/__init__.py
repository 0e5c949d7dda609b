"""The API, one file a resource; importing this fills the table."""

from gateway.routes import accounts as accounts
from gateway.routes import ballots as ballots
from gateway.routes import calendar as calendar
from gateway.routes import catcher as catcher
from gateway.routes import categories as categories
from gateway.routes import clocks as clocks
from gateway.routes import figures as figures
from gateway.routes import files as files
from gateway.routes import follow_ups as follow_ups
from gateway.routes import grab_limits as grab_limits
from gateway.routes import imports as imports
from gateway.routes import ledger as ledger
from gateway.routes import members as members
from gateway.routes import messages as messages
from gateway.routes import nodes as nodes
from gateway.routes import order_steps as order_steps
from gateway.routes import orders as orders
from gateway.routes import parts as parts
from gateway.routes import posts as posts
from gateway.routes import readings as readings
from gateway.routes import services as services
from gateway.routes import sessions as sessions
from gateway.routes import tasks as tasks
from gateway.routes import teams as teams
from gateway.routes import units as units
from gateway.routing import ROUTES as ROUTES
