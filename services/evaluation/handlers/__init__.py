"""The use cases of evaluation: load, decide, save, tell. One transaction each."""

from services.evaluation.handlers.cells import intake_by_hour as intake_by_hour
from services.evaluation.handlers.cells import open_by_age as open_by_age
from services.evaluation.handlers.cells import orders_in_cell as orders_in_cell
from services.evaluation.handlers.comparing import compare_figures as compare_figures
from services.evaluation.handlers.comparing import figures_over_time as figures_over_time
from services.evaluation.handlers.comparing import funnel as funnel
from services.evaluation.handlers.comparing import orders_at_step as orders_at_step
from services.evaluation.handlers.comparing import orders_by_place_and_time as orders_by_place_and_time
from services.evaluation.handlers.figures import figures as figures
from services.evaluation.handlers.figures import orders_behind as orders_behind
from services.evaluation.handlers.hands import member_checked_in as member_checked_in
from services.evaluation.handlers.hands import member_checked_out as member_checked_out
from services.evaluation.handlers.hands import unit_registered as unit_registered
from services.evaluation.handlers.ledger import ledger as ledger
from services.evaluation.handlers.lists import problem_list as problem_list
from services.evaluation.handlers.lists import result_list as result_list
from services.evaluation.handlers.lists import task_list as task_list
from services.evaluation.handlers.steps import catch_up as catch_up
from services.evaluation.handlers.steps import order_collected as order_collected
from services.evaluation.handlers.steps import task_stepped as task_stepped
from services.evaluation.handlers.wishes import wish_fulfilled as wish_fulfilled
from services.evaluation.handlers.words import get_rating as get_rating
from services.evaluation.handlers.words import list_due_follow_ups as list_due_follow_ups
from services.evaluation.handlers.words import list_follow_ups as list_follow_ups
from services.evaluation.handlers.words import rate_order as rate_order
from services.evaluation.handlers.words import record_follow_up as record_follow_up
