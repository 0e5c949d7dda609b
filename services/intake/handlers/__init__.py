"""Use cases of intake: load, decide, save, tell; each in the one transaction of its ``Work``."""

from services.intake.handlers.amending import amend_order as amend_order
from services.intake.handlers.contact import reveal_contact as reveal_contact
from services.intake.handlers.following import firm_paired as firm_paired
from services.intake.handlers.following import follow_up_recorded as follow_up_recorded
from services.intake.handlers.following import nodes_registered as nodes_registered
from services.intake.handlers.following import order_rated as order_rated
from services.intake.handlers.following import record_case as record_case
from services.intake.handlers.following import record_step as record_step
from services.intake.handlers.placing import place_order as place_order
from services.intake.handlers.placing import place_orders as place_orders
from services.intake.handlers.reading import follow_order as follow_order
from services.intake.handlers.reading import get_order as get_order
from services.intake.handlers.reading import list_orders as list_orders
from services.intake.handlers.similar import read_new_orders as read_new_orders
from services.intake.handlers.similar import similar_orders as similar_orders
from services.intake.handlers.similar import similar_to as similar_to
from services.intake.handlers.suggesting import count_lessons as count_lessons
from services.intake.handlers.suggesting import forget_lessons as forget_lessons
from services.intake.handlers.suggesting import read_order as read_order
from services.intake.handlers.suggesting import read_words as read_words
