"""The pages, one file a place that people go to; importing this fills the table."""

from gateway.routing import PAGES as PAGES
from gateway.web.pages import appearance as appearance
from gateway.web.pages import docs as docs
from gateway.web.pages import follow as follow
from gateway.web.pages import home as home
from gateway.web.pages import messages as messages
from gateway.web.pages import needs as needs
from gateway.web.pages import new as new
from gateway.web.pages import operations as operations
from gateway.web.pages import order as order
from gateway.web.pages import posters as posters
from gateway.web.pages import problems as problems
from gateway.web.pages import sign_in as sign_in
from gateway.web.pages import static as static
from gateway.web.pages import supervising as supervising
from gateway.web.pages import supervising_comparison as supervising_comparison
from gateway.web.pages import supervising_follow_ups as supervising_follow_ups
from gateway.web.pages import supervising_lapses as supervising_lapses
from gateway.web.pages import supervising_lists as supervising_lists
from gateway.web.pages import supervising_map as supervising_map
from gateway.web.pages import supervising_report as supervising_report
from gateway.web.pages import supervising_urging as supervising_urging
from gateway.web.pages import tasks as tasks
from gateway.web.pages import work as work
from gateway.web.pages import work_task as work_task
